import assert from 'node:assert/strict';
import { row, type Matrix } from '../../../src/geometry/matrix';
import { dot } from '../../../src/geometry/vector';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { forEachAgreeing, type World } from '../../../src/simulator/world/world';

const rate = 0.01;
const base: SimulationConfig = {
  ...defaultSimulation,
  concepts: 3,
  dimension: 2,
  seed: 5,
  initialScale: 1,
  initialisation: 'uniform',
  learningRate: rate,
};

/** Expected cross-entropy over all contexts, from the definition: J § 2. */
function expectedLoss(world: World, f: Matrix, g: Matrix): number {
  let loss = 0;
  world.weights.forEach((weight, place) => {
    const logits = Array.from({ length: g.rows }, (_, token) => dot(row(f, place), row(g, token)));
    const normalizer = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    forEachAgreeing(world, place, (assignment) => {
      const p = world.law[assignment]! / world.agreement[place]!;
      loss -= weight * p * (logits[world.tokenOf[assignment]!]! - normalizer);
    });
  });
  return loss;
}

/** The total change of each value, divided by the number of steps and the rate: the gradient that the learner used. */
function usedGradient(
  config: SimulationConfig,
  steps = 1,
): { f: Float64Array; g: Float64Array; before: TrainingRun } {
  const [before, after] = [new TrainingRun(config), new TrainingRun(config)];
  after.advance(steps);
  const over = (a: Matrix, b: Matrix): Float64Array =>
    Float64Array.from(a.data, (value, i) => (value - b.data[i]!) / config.learningRate / steps);
  return {
    f: over(before.embeddings(), after.embeddings()),
    g: over(before.unembeddings(), after.unembeddings()),
    before,
  };
}

describe('gradients of the simulator', () => {
  it('match finite differences of the expected loss, for both tables', () => {
    const { f, g, before } = usedGradient({ ...base, gradient: 'population' });
    const tables = { f: before.embeddings(), g: before.unembeddings() };
    for (const [name, gradient] of Object.entries({ f, g }) as ['f' | 'g', Float64Array][]) {
      gradient.forEach((value, at) => {
        const lossAt = (shift: number): number => {
          const data = Float64Array.from(tables[name].data);
          data[at]! += shift;
          const changed = { ...tables, [name]: { ...tables[name], data } };
          return expectedLoss(before.world, changed.f, changed.g);
        };
        const numeric = (lossAt(1e-4) - lossAt(-1e-4)) / 2e-4;
        // Values are in single precision, and dividing by the rate magnifies their rounding errors.
        assert.ok(Math.abs(value - numeric) < 2e-5 / rate / 10, `${name} ${at}: ${value} is not ${numeric}`);
      });
    }
  });

  it('of sampled batches average to the exact one', () => {
    // Steps so small that the tables hardly change.
    const slow = { ...base, learningRate: 0.001 };
    const exact = usedGradient({ ...slow, gradient: 'population' }, 20);
    const sampled = usedGradient({ ...slow, batch: 10_000 }, 20);
    for (const table of ['f', 'g'] as const) {
      const scale = Math.max(...exact[table].map(Math.abs));
      exact[table].forEach((value, at) => {
        assert.ok(Math.abs(sampled[table][at]! - value) < 0.03 * scale, `${table} ${at}`);
      });
    }
  });

  for (const optimizer of ['sgd', 'momentum', 'adam'] as const)
    it(`bring the loss down to its floor with ${optimizer}, also with a bias`, () => {
      const learningRate = optimizer === 'adam' ? 0.01 : 0.1;
      const config = { ...defaultSimulation, seed: 2, bias: true, optimizer, learningRate };
      const run = new TrainingRun({ ...config, gradient: 'population' });
      const first = run.snapshot().loss;
      run.advance(3000);
      const { loss, entropyFloor } = run.snapshot();
      assert.ok(
        first > 1.5 * entropyFloor && loss < 1.02 * entropyFloor,
        `${first} → ${loss}, ${entropyFloor}`,
      );
    });
});
