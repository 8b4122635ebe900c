import assert from 'node:assert/strict';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';

const config: SimulationConfig = { ...defaultSimulation, seed: 1, learningRate: 0.3 };

function trained(changes: Partial<SimulationConfig>, steps: number): TrainingRun {
  const run = new TrainingRun({ ...config, ...changes });
  run.advance(steps);
  return run;
}

describe('probabilities of 0 and 1 in the simulator', () => {
  for (const [conditionals, only] of [
    [[0, 0], 0],
    [[1, 1], 7],
  ] as const)
    for (const gradient of ['sampled', 'population'] as const)
      it(`leave one token if every conditional is ${conditionals[0]} (${gradient})`, () => {
        const { world } = new TrainingRun({ ...config, conditionals });
        assert.deepEqual(
          [...world.law],
          Array.from({ length: 8 }, (_, c) => (c === only ? 1 : 0)),
        );
        // Contexts with other values do not occur.
        assert.equal(world.weights.length, 8);
        world.values.forEach((values, place) => {
          assert.equal(values, only & world.known[place]!);
        });
        assert.equal(world.entropyFloor, 0);
        const run = trained({ conditionals, gradient }, 2000);
        const { loss, divergence, u, e, perConcept } = run.snapshot();
        assert.equal(loss, divergence);
        assert.ok(loss > 0 && loss < 0.02, `${loss}`);
        assert.ok(Number.isFinite(u));
        // No context has a partner that differs in one value.
        assert.ok(Number.isNaN(e));
        for (const { embeddingNorm, ue } of perConcept) assert.ok(Number.isNaN(embeddingNorm + ue));
        for (const table of [run.embeddings(), run.unembeddings()])
          assert.ok(table.data.every((value) => Number.isFinite(value)));
      });

  it('are learned down to the floor with conditionals from the full range of 0 to 1', () => {
    for (let seed = 0; seed < 3; seed++) {
      const { loss, entropyFloor, divergence } = trained(
        { conditionals: [0, 1], seed, dimension: 8 },
        10_000,
      ).snapshot();
      assert.ok(divergence > 0 && Math.abs(loss - entropyFloor - divergence) < 1e-12);
      assert.ok(divergence < 0.05, `${divergence}`);
    }
  });

  it('push tokens that never occur away from every context', () => {
    const run = trained({ conditionals: [0, 0], gradient: 'population' }, 2000);
    const [f, g] = [run.embeddings(), run.unembeddings()];
    for (let context = 0; context < f.rows; context++) {
      const logit = (token: number): number =>
        Array.from({ length: 3 }, (_, j) => f.data[context * 3 + j]! * g.data[token * 3 + j]!).reduce(
          (sum, value) => sum + value,
          0,
        );
      for (let token = 1; token < 8; token++) assert.ok(logit(token) < logit(0) - 1);
    }
  });

  it('are rejected if none of the chosen tokens or contexts can occur', () => {
    const impossible = { ...config, conditionals: [0, 0] as const };
    assert.throws(
      () => new TrainingRun({ ...impossible, contexts: ['1⋄⋄'] }),
      /UserError: None of the contexts chosen ever occurs/u,
    );
    const refused = Array.from({ length: 20 }, (_, seed) => seed).filter((seed) => {
      try {
        new TrainingRun({ ...impossible, tokens: 2, seed });
        return false;
      } catch (error) {
        assert.match(String(error), /UserError: The 2 tokens chosen have probability 0 together/u);
        return true;
      }
    });
    assert.ok(refused.length > 0 && refused.length < 20);
  });
});
