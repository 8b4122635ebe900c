import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import {
  defaultSimulation,
  dimensionOf,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';
import { chooseKernel, neededBytes, type KernelChoice } from '../../../src/simulator/training/chooseKernel';
import type { Kernel } from '../../../src/simulator/training/kernel';
import { Learner } from '../../../src/simulator/training/learner';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { createWorld } from '../../../src/simulator/world/world';
import { plainEmbeddings, type Numbers } from './support/plainEncoders';
import { expectedLoss, losses } from './support/plainLoss';

const rate = 0.01;
const base: SimulationConfig = {
  ...defaultSimulation,
  concepts: 3,
  dimension: 2,
  seed: 5,
  initialisation: 'uniform',
  initialScale: 1,
  learningRate: rate,
  gradient: 'population',
};
const optimizers = ['sgd', 'momentum', 'adam', 'sign'] as const;

/** How the embeddings of contexts are computed. */
const encoders: Readonly<Record<string, Partial<SimulationConfig>>> = {
  'a table': {},
  'tied weights': { tied: true },
  'a hidden layer (ReLU)': { learner: 'hidden', hiddenWidth: 12 },
  'a hidden layer (GELU)': { learner: 'hidden', hiddenWidth: 12, activation: 'gelu' },
  'a hidden layer with tied weights': { learner: 'hidden', hiddenWidth: 12, activation: 'gelu', tied: true },
};

function numbersOf({ f, g, shape, stride }: Kernel): Numbers {
  const vector = (token: number): number[] =>
    Array.from({ length: shape.dimension }, (_, j) => g.values[j * stride + token]!);
  return { f: [...f.values], g: Array.from({ length: shape.tokens }, (_, token) => vector(token)) };
}

/** The numbers before and after one step on all contexts. */
function step(config: SimulationConfig, choice: KernelChoice) {
  const world = createWorld(config);
  const kernel = chooseKernel(world, config, choice);
  const learner = new Learner(world, config, kernel);
  const before = numbersOf(kernel);
  const all = Int32Array.from(world.weights, (_, place) => place);
  const embeddings = learner.embeddings(all);
  learner.stepOnPopulation(all);
  return { world, before, after: numbersOf(kernel), embeddings, kernel };
}

const flat = ({ f, g }: Numbers): number[] => [...f, ...g.flat()];

function unflat(values: readonly number[], { f, g }: Numbers): Numbers {
  const columns = g[0]!.length;
  return {
    f: values.slice(0, f.length),
    g: g.map((_, token) => values.slice(f.length + token * columns, f.length + (token + 1) * columns)),
  };
}

describe('contexts encoded by', () => {
  for (const [name, change] of Object.entries(encoders)) {
    for (const loss of losses)
      it(`${name} have gradients of ${loss} loss that match finite differences, in both kernels, with a bias`, () => {
        for (const [choice, tokens] of [
          ['scalar', 'all'],
          ['simd', 6],
        ] as const) {
          const config = { ...base, ...change, loss, tokens, bias: true };
          const { world, before, after } = step(config, choice);
          const lossOf = (numbers: Numbers): number => {
            const f = plainEmbeddings(world, config, numbers);
            const g = matrix(before.g.length, f.columns, Float64Array.from(numbers.g.flat()));
            return expectedLoss(world, loss, f, g);
          };
          const [start, end] = [flat(before), flat(after)];
          assert.ok(start.length >= 18);
          start.forEach((value, at) => {
            const shifted = (by: number): number => lossOf(unflat(start.with(at, value + by), before));
            // The ones that multiply the bias are no parameters.
            const columns = dimensionOf(config) + 1;
            const isOne =
              config.learner === 'table' &&
              !config.tied &&
              at < before.f.length &&
              at % columns === columns - 1;
            const numeric = isOne ? 0 : (shifted(1e-4) - shifted(-1e-4)) / 2e-4;
            const used = (value - end[at]!) / rate;
            assert.ok(Math.abs(used - numeric) < 1e-4, `${choice} ${at}: ${used} is not ${numeric}`);
          });
        }
      });

    it(`${name} are those of the definition`, () => {
      for (const kernelChoice of ['scalar', 'simd'] as const)
        for (const more of [{}, { bias: true, masks: 3 }, { concepts: 5, tokens: 20 }]) {
          const config = { ...base, ...change, ...more };
          const { world, before, embeddings } = step(config, kernelChoice);
          const plain = plainEmbeddings(world, config, before);
          const k = dimensionOf(config);
          assert.deepEqual([embeddings.rows, embeddings.columns], [world.weights.length, k]);
          embeddings.data.forEach((value, at) => {
            const expected = plain.data[Math.floor(at / k) * plain.columns + (at % k)]!;
            assert.ok(Math.abs(value - expected) < 1e-6, `${at}: ${value} is not ${expected}`);
          });
        }
    });

    it(`${name} move alike in both kernels, with every loss and optimizer`, () => {
      for (const loss of losses)
        for (const optimizer of optimizers) {
          const config = { ...base, ...change, loss, optimizer, weightDecay: 0.1 };
          const [scalar, simd] = [step(config, 'scalar'), step(config, 'simd')];
          const other = flat(simd.after);
          flat(scalar.after).forEach((value, at) => {
            assert.ok(Math.abs(value - other[at]!) < 1e-5, `${loss}, ${optimizer}: ${at}`);
          });
        }
    });

    it(`${name} come down to the floor of the loss with every optimizer`, () => {
      for (const optimizer of optimizers) {
        const learningRate = { sgd: 1, momentum: 0.1, adam: 0.01, sign: 0.002 }[optimizer];
        const config = {
          ...defaultSimulation,
          ...change,
          seed: 2,
          gradient: 'population',
          optimizer,
        } as const;
        const run = new TrainingRun({ ...config, learningRate });
        run.advance(3000);
        const { loss, entropyFloor, divergence } = run.snapshot();
        assert.ok(divergence > 0 && loss < 1.03 * entropyFloor, `${optimizer}: ${loss}, ${entropyFloor}`);
      }
    });

    it(`${name} have sampled gradients that average to the exact ones, and the same numbers however they are divided`, () => {
      const config = { ...base, ...change, gradient: 'sampled', batch: 1000, learningRate: 0.001 } as const;
      const [exact, whole, parts] = [
        new TrainingRun({ ...config, gradient: 'population' }),
        new TrainingRun(config),
        new TrainingRun(config),
      ];
      const first = whole.unembeddings();
      exact.advance(60);
      whole.advance(60);
      for (let part = 0; part < 6; part++) {
        parts.advance(10);
        parts.glance();
        parts.snapshot();
      }
      assert.deepEqual(
        [whole.unembeddings(), whole.embeddings()],
        [parts.unembeddings(), parts.embeddings()],
      );
      const moved = (run: TrainingRun): number[] =>
        Array.from(run.unembeddings().data, (value, at) => value - first.data[at]!);
      const [a, b] = [moved(exact), moved(whole)];
      const scale = Math.max(...a.map(Math.abs));
      a.forEach((value, at) => {
        assert.ok(scale > 1e-3 && Math.abs(value - b[at]!) < 0.05 * scale, `${at}: ${value}, ${b[at]!}`);
      });
    });

    it(`${name} shrink under weight decay alone`, () => {
      const config = { ...base, ...change, learningRate: 1e-6, weightDecay: 10, optimizer: 'sgd' } as const;
      const run = new TrainingRun(config);
      const norm = (): number => Math.hypot(...run.unembeddings().data);
      const start = norm();
      run.advance(1000);
      assert.ok(Math.abs(norm() / start - (1 - 1e-5) ** 1000) < 1e-3);
    });
  }

  it('tied weights have embedding steering vectors that are means of unembedding ones', () => {
    const run = new TrainingRun({ ...base, tied: true, concepts: 4, dimension: 3, initialisation: 'normal' });
    const { embeddingNorm, unembeddingNorm, e, u } = run.snapshot().perConcept[0]!;
    // Random vectors: means of them are shorter, and more parallel, because they share terms.
    assert.ok(embeddingNorm < unembeddingNorm && e > u);
  });

  it('a hidden layer has as many numbers as its width and input say, and biases that do not decay', () => {
    for (const tied of [false, true]) {
      const config = { ...base, learner: 'hidden', hiddenWidth: 7, tied } as const;
      const [free, decayed] = [step(config, 'simd'), step({ ...config, weightDecay: 0.5 }, 'simd')];
      const inputs = tied ? 2 : 9;
      const parts = [inputs * 7, 7, 2 * 7, 2];
      assert.equal(
        free.after.f.length,
        parts.reduce((sum, length) => sum + length),
      );
      let at = 0;
      for (const [part, length] of parts.entries()) {
        const isBias = part % 2 === 1;
        for (const end = at + length; at < end; at++) {
          const change = decayed.after.f[at]! - free.after.f[at]!;
          const expected = isBias ? 0 : -0.5 * rate * free.before.f[at]!;
          assert.ok(Math.abs(change - expected) < 1e-6, `${part}, ${at}: ${change} is not ${expected}`);
        }
      }
    }
  });

  it('a hidden layer starts in the range of a linear layer, or at zero', () => {
    const config = { ...base, learner: 'hidden', hiddenWidth: 64 } as const;
    const { f } = step({ ...config, initialisation: 'fan-in' }, 'simd').before;
    const [first, second] = [f.slice(0, 10 * 64), f.slice(10 * 64)].map((part) =>
      Math.max(...part.map(Math.abs)),
    );
    assert.ok(first! <= 1 / 3 && first! > 0.3, `${first}`);
    assert.ok(second! <= 1 / 8 && second! > 0.11, `${second}`);
    const { embeddings } = step({ ...config, initialisation: 'zero-f', tied: true }, 'simd');
    assert.ok(embeddings.data.every((value) => value === 0));
  });

  it('a hidden layer counts in the memory that a run needs, the contexts only once', () => {
    const config = { ...base, concepts: 12, dimension: 12 };
    const [table, hidden] = [neededBytes(config), neededBytes({ ...config, learner: 'hidden' })];
    assert.ok(table - hidden > 4 * 12 * 3 ** 12 - 1e5 && hidden > 0);
  });

  it('tied weights cannot start at zero', () => {
    assert.throws(
      () => new TrainingRun({ ...base, tied: true, initialisation: 'zero-f' }),
      /UserError: With tied weights, f follows from g and cannot start at zero; choose another initialisation\./u,
    );
  });
});
