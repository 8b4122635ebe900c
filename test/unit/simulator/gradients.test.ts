import assert from 'node:assert/strict';
import type { Matrix } from '../../../src/geometry/matrix';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { chooseKernel, type KernelChoice } from '../../../src/simulator/training/chooseKernel';
import { Learner } from '../../../src/simulator/training/learner';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { expectedLoss, losses } from './support/plainLoss';

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

/** After a step on all contexts. */
function learnerOf(config: SimulationConfig, kernel: KernelChoice): Learner {
  const { world } = new TrainingRun(config);
  const learner = new Learner(world, config, chooseKernel(world, config, kernel));
  learner.stepOnPopulation(Int32Array.from(world.weights, (_, place) => place));
  return learner;
}

describe('gradients of the simulator', () => {
  for (const loss of losses)
    it(`match finite differences of the expected ${loss} loss, for both tables`, () => {
      const { f, g, before } = usedGradient({ ...base, loss, gradient: 'population' });
      const tables = { f: before.embeddings(), g: before.unembeddings() };
      for (const [name, gradient] of Object.entries({ f, g }) as ['f' | 'g', Float64Array][]) {
        gradient.forEach((value, at) => {
          const lossAt = (shift: number): number => {
            const data = Float64Array.from(tables[name].data);
            data[at]! += shift;
            const changed = { ...tables, [name]: { ...tables[name], data } };
            return expectedLoss(before.world, loss, changed.f, changed.g);
          };
          const numeric = (lossAt(1e-4) - lossAt(-1e-4)) / 2e-4;
          // Values are in single precision, and dividing by the rate magnifies their rounding errors.
          assert.ok(
            Math.abs(value - numeric) < 2e-5 / rate / 10,
            `${name} ${at}: ${value} is not ${numeric}`,
          );
        });
      }
    });

  for (const loss of losses)
    it(`of sampled batches average to the exact one of ${loss} loss`, () => {
      // Steps so small that the tables hardly change.
      const slow = { ...base, loss, learningRate: 0.001 };
      const exact = usedGradient({ ...slow, gradient: 'population' }, 20);
      const sampled = usedGradient({ ...slow, batch: 10_000 }, 20);
      for (const table of ['f', 'g'] as const) {
        const scale = Math.max(...exact[table].map(Math.abs));
        exact[table].forEach((value, at) => {
          assert.ok(Math.abs(sampled[table][at]! - value) < 0.03 * scale, `${table} ${at}`);
        });
      }
    });

  it('of sign descent are the signs of the others, also in sampled batches, where absent contexts stay', () => {
    for (const gradient of ['population', 'sampled'] as const) {
      const config = { ...base, gradient, batch: 5 };
      const plain = usedGradient(config);
      const signs = usedGradient({ ...config, optimizer: 'sign' });
      for (const table of ['f', 'g'] as const) {
        assert.ok(plain[table].some((value) => Math.abs(value) > 1e-3));
        // Changes are rounded to single precision.
        plain[table].forEach((value, at) => {
          const sign = Math.abs(value) < 1e-4 ? Math.round(signs[table][at]!) : Math.sign(value);
          assert.ok(Math.abs(signs[table][at]! - sign) < 1e-4, `${table} ${at}: ${value}`);
        });
      }
      assert.equal(gradient === 'sampled', signs.f.includes(0), 'only a batch leaves contexts out');
    }
  });

  for (const optimizer of ['sgd', 'momentum', 'adam', 'sign'] as const)
    it(`are apart from weight decay with ${optimizer}, which shrinks f and g but not the bias`, () => {
      const config = { ...base, optimizer, bias: true, batch: 5 };
      const plain = usedGradient(config);
      const weightDecay = 0.5;
      const { f, g, before } = usedGradient({ ...config, weightDecay });
      const [tableF, tableG] = [before.embeddings(), before.unembeddings()];
      for (const [decayed, kept, table] of [
        [f, plain.f, tableF],
        [g, plain.g, tableG],
      ] as const) {
        decayed.forEach((value, at) => {
          const expected = kept[at]! + weightDecay * table.data[at]!;
          assert.ok(Math.abs(value - expected) < 1e-4, `${at}: ${value} is not ${expected}`);
        });
      }
      const [free, decaying] = [learnerOf(config, 'scalar'), learnerOf({ ...config, weightDecay }, 'scalar')];
      const { stride, shape } = free.kernel;
      const [bias, columns] = [shape.dimension - 1, shape.dimension];
      assert.deepEqual(
        decaying.kernel.g.values.slice(bias * stride),
        free.kernel.g.values.slice(bias * stride),
        'the bias does not decay',
      );
      const ones = decaying.kernel.f.values.filter((_, i) => i % columns === bias);
      assert.ok(ones.length === shape.parameters / columns && ones.every((value) => value === 1));
    });

  it('move the tables alike in both kernels, with every loss, optimizer and weight decay', () => {
    for (const [loss, optimizer] of losses.flatMap((one) =>
      (['sgd', 'momentum', 'adam', 'sign'] as const).map((other) => [one, other] as const),
    )) {
      const config = { ...base, loss, optimizer, weightDecay: 0.1, bias: true };
      const [scalar, simd] = [learnerOf(config, 'scalar').kernel, learnerOf(config, 'simd').kernel];
      for (const table of ['f', 'g'] as const)
        scalar[table].values.forEach((value, at) => {
          assert.ok(
            Math.abs(value - simd[table].values[at]!) < 1e-5,
            `${loss}, ${optimizer}: ${table} ${at}`,
          );
        });
    }
  });

  it('bring f and g to zero under weight decay alone', () => {
    const run = new TrainingRun({ ...base, learningRate: 1e-6, weightDecay: 10, optimizer: 'sgd' });
    const norm = () => Math.hypot(...run.embeddings().data, ...run.unembeddings().data);
    const first = norm();
    run.advance(1000);
    assert.ok(Math.abs(norm() / first - (1 - 1e-5) ** 1000) < 1e-3);
  });

  for (const optimizer of ['sgd', 'momentum', 'adam', 'sign'] as const)
    it(`bring the loss down to its floor with ${optimizer}, also with a bias`, () => {
      const learningRate = { sgd: 0.1, momentum: 0.1, adam: 0.01, sign: 0.002 }[optimizer];
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
