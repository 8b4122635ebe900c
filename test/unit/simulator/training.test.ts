import assert from 'node:assert/strict';
import { expDeterministic, lnDeterministic } from '../../../src/simulator/training/elementary';
import { graphOf, moralNeighbours, separated } from '../../../src/simulator/world/graph';
import type { Kernel, KernelShape } from '../../../src/simulator/training/kernel';
import { scalarKernel } from '../../../src/simulator/training/scalarKernel';
import { simdKernel } from '../../../src/simulator/training/simdKernel';
import { defaultSimulation, type Loss } from '../../../src/simulator/config/simulationConfig';
import { theoremChecks } from '../../../src/simulator/paper/theoremChecks';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { forEachAgreeing } from '../../../src/simulator/world/world';

const config = { ...defaultSimulation, seed: 1 };

function step(make: (shape: KernelShape) => Kernel, loss: Loss, tokens: number, dimension: number): Kernel {
  const kernel = make({ loss, parameters: 9 * dimension, tokens, dimension, moments: 0, isSparse: true });
  kernel.g.values.forEach((_, i) => {
    if (i % kernel.stride < tokens) kernel.g.values[i] = Math.sin(i % kernel.stride) + Math.cos(i);
  });
  for (let i = 0; i < 7 * dimension; i++) kernel.rows[i] = Math.sin(3 * i);
  kernel.weights.fill(0.1, 0, 7);
  kernel.predict(7);
  return kernel;
}

describe('the simulator', () => {
  it('has its own exponential and logarithm', () => {
    for (let x = -50; x < 50; x += 0.37) {
      assert.ok(Math.abs(expDeterministic(x) / Math.exp(x) - 1) < 1e-14);
      assert.ok(Math.abs(lnDeterministic(Math.exp(x)) - x) < 1e-13);
    }
  });

  it('gives the same probabilities and gradients in both kernels, for every loss', () => {
    for (const [loss, tokens, dimension] of (['softmax', 'logistic', 'squared'] as const).flatMap((loss) =>
      (
        [
          [2, 1],
          [6, 3],
          [128, 7],
        ] as const
      ).map((sizes) => [loss, ...sizes] as const),
    )) {
      const [simd, scalar] = [simdKernel, scalarKernel].map((make) =>
        step(make, loss, tokens, dimension),
      ) as [Kernel, Kernel];
      simd.gradients(7);
      scalar.gradients(7);
      for (let row = 0; row < 7; row++) {
        for (let c = 0; c < tokens; c++) {
          const at = row * simd.stride + c;
          assert.ok(Math.abs(simd.probabilities[at]! - scalar.probabilities[at]!) < 1e-6);
        }
        for (let j = 0; j < dimension; j++) {
          const at = row * dimension + j;
          assert.ok(Math.abs(simd.rowGradients[at]! - scalar.rowGradients[at]!) < 1e-6);
        }
      }
      simd.g.gradient.forEach((value, i) => {
        assert.ok(Math.abs(value - scalar.g.gradient[i]!) < 1e-6);
      });
    }
  });

  it('gives the same result however its steps are divided', () => {
    const [whole, parts] = [new TrainingRun(config), new TrainingRun(config)];
    whole.advance(300);
    for (let part = 0; part < 3; part++) {
      parts.advance(100);
      parts.snapshot();
    }
    assert.deepEqual(whole.embeddings(), parts.embeddings());
    assert.deepEqual(whole.unembeddings(), parts.unembeddings());
  });

  it('learns until the loss reaches the entropy of its world', () => {
    const run = new TrainingRun(config);
    run.advance(5000);
    const { loss, entropyFloor, u } = run.snapshot();
    assert.ok(loss > entropyFloor && loss < 1.02 * entropyFloor);
    assert.ok(u > 0.95);
  });

  it('learns the conditionals of each context', () => {
    const { world } = new TrainingRun(config);
    let total = 0;
    world.weights.forEach((weight, place) => {
      let sum = 0;
      forEachAgreeing(world, place, (assignment) => (sum += world.law[assignment]!));
      assert.ok(Math.abs(sum - world.agreement[place]!) < 1e-12);
      total += weight;
    });
    assert.ok(Math.abs(total - 1) < 1e-12);
  });

  it('connects the parents of a child, and names a cycle', () => {
    const neighbours = moralNeighbours(
      graphOf(3, [
        [0, 2],
        [1, 2],
      ]),
    );
    assert.deepEqual([...neighbours], [6, 5, 3]);
    assert.ok(
      separated(
        moralNeighbours(
          graphOf(3, [
            [0, 1],
            [1, 2],
          ]),
        ),
        0,
        2,
        2,
      ),
    );
    assert.throws(
      () =>
        graphOf(2, [
          [0, 1],
          [1, 0],
        ]),
      /UserError: The edges close a cycle: 0 → 1 → 0/u,
    );
  });

  for (const [name, check] of Object.entries(theoremChecks))
    it(`finds that ${name} holds`, () => {
      const { holds, verdict } = check(0);
      assert.ok(holds, verdict);
    });
});
