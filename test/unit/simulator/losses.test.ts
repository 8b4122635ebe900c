import assert from 'node:assert/strict';
import { lossWords } from '../../../src/format/lossWords';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { startingLoss, tokenLosses } from '../../../src/simulator/training/losses';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { conditionalLaw, expectedLoss, losses, lossOf } from './support/plainLoss';

const base = { ...defaultSimulation, seed: 3 };
const near = (a: number, b: number, most: number): boolean => Math.abs(a - b) <= most;

describe('the losses of the simulator', () => {
  for (const loss of losses)
    for (const change of [{}, { tokens: 6, masks: 3 }, { conditionals: [0, 1] as const, bias: true }])
      it(`report the expected ${loss} loss of all contexts, in both kernels, with ${JSON.stringify(change)}`, () => {
        for (const kernel of ['scalar', 'simd'] as const) {
          const config = { ...base, ...change, loss, bias: false };
          const run = new TrainingRun(config, kernel);
          run.advance(300);
          const snapshot = run.snapshot();
          const expected = expectedLoss(run.world, loss, run.embeddings(), run.unembeddings());
          assert.ok(near(snapshot.loss, expected, 1e-5), `${snapshot.loss} is not ${expected}`);
          assert.ok(near(run.glance().loss, expected, 1e-5));
        }
      });

  it('have as floor the expected loss of the true probabilities', () => {
    for (const loss of losses) {
      const run = new TrainingRun({ ...base, loss, concepts: 4, tokens: 12 });
      const { world } = run;
      let floor = 0;
      world.weights.forEach((weight, place) => {
        const law = conditionalLaw(world, place);
        const best = law.map((p) =>
          loss === 'squared'
            ? p
            : loss === 'softmax'
              ? Math.log(p + 1e-15)
              : Math.log((p + 1e-15) / (1 - p + 1e-15)),
        );
        law.forEach((p, token) => {
          if (p > 0) floor += weight * p * lossOf(loss, best, token);
        });
      });
      const { entropyFloor, divergence, loss: value } = run.snapshot();
      assert.ok(near(entropyFloor, floor, 1e-9), `${loss}: ${entropyFloor} is not ${floor}`);
      assert.ok(near(value, floor + divergence, 1e-9) && divergence > 0.1);
    }
  });

  it('have their minimum at the true probability, with the slope estimate − probability', () => {
    for (const [name, { least, excess }] of Object.entries(tokenLosses))
      for (const p of [0, 0.001, 0.3, 0.5, 1]) {
        const estimate = (z: number): number => (name === 'squared' ? z : 1 / (1 + Math.exp(-z)));
        for (const z of [-30, -2, 0, 0.4, 3, 30]) {
          const slope = (excess(p, z + 1e-5) - excess(p, z - 1e-5)) / 2e-5;
          assert.ok(near(slope, estimate(z) - p, 1e-6), `${name} ${p} ${z}`);
          assert.ok(excess(p, z) >= -1e-12);
          const plain =
            p * lossOf(name as keyof typeof tokenLosses, [z], 0) +
            (1 - p) * lossOf(name as keyof typeof tokenLosses, [z], 1);
          assert.ok(near(least(p) + excess(p, z), plain, 1e-9), `${name} ${p} ${z}`);
        }
      }
  });

  it('start where all logits are 0', () => {
    for (const loss of losses)
      for (const tokens of ['all', 5] as const) {
        const config = { ...base, loss, tokens, initialisation: 'zero-f' as const };
        assert.ok(near(new TrainingRun(config).snapshot().loss, startingLoss(config), 1e-6), loss);
      }
  });

  it('stay finite in the numbers for estimates that round to 0 and 1', () => {
    const config = { ...base, loss: 'logistic', initialisation: 'normal', initialScale: 8 } as const;
    for (const kernel of ['scalar', 'simd'] as const) {
      const run = new TrainingRun(config, kernel);
      const expected = expectedLoss(run.world, 'logistic', run.embeddings(), run.unembeddings());
      // Math.exp(z) overflows only beyond 709.
      assert.ok(expected > 100 && near(run.snapshot().loss / expected, 1, 1e-5), `${expected}`);
    }
  });

  it('come down to their floor where the logits they need fit: logistic in m + 1 dimensions, squared in 2^m', () => {
    const exact = { ...base, gradient: 'population', optimizer: 'adam', learningRate: 0.01 } as const;
    for (const change of [
      { loss: 'logistic', dimension: 4 },
      { loss: 'squared', dimension: 8 },
    ] as const) {
      const run = new TrainingRun({ ...exact, edges: [], ...change });
      run.advance(4000);
      const { loss, entropyFloor, u } = run.snapshot();
      assert.ok(loss < 1.02 * entropyFloor, `${change.loss}: ${loss}, ${entropyFloor}`);
      assert.equal(u > 0.9, change.loss === 'logistic', `${change.loss}: U ${u}`);
    }
  });

  it('have words of their own: nats only for logarithms', () => {
    const words = losses.map((loss) => lossWords({ ...base, loss }));
    assert.deepEqual(
      words.map(({ label, title }) => [label, title]),
      [
        ['loss in nats', 'Loss in nats'],
        ['loss in nats', 'Loss in nats'],
        ['loss', 'Loss'],
      ],
    );
    assert.equal(new Set(words.map(({ meaning }) => meaning)).size, 3);
    assert.deepEqual(
      words.map(({ floor }) => floor(0.5)),
      ['entropy floor 0.500', 'floor 0.500', 'floor 0.500'],
    );
  });
});
