import { lnDeterministic } from './elementary';
import type { Kernel } from './kernel';
import { tokenLosses } from './losses';
import { forEachAgreeing, type World } from '../world/world';

/**
 * How far the expected loss of a context is above the least possible one, for the kernel's loss.
 *
 * @returns a function of a context and of the kernel's row with its probabilities, of weight 1
 */
export function rowExcess(world: World, kernel: Kernel): (place: number, row: number) => number {
  const { shape, probabilities, stride } = kernel;
  const own = (row: number): Float32Array =>
    probabilities.subarray(row * stride, row * stride + shape.tokens);
  if (shape.loss === 'softmax') return (place, row) => softmaxExcess(world, place, own(row));
  const conditional = new Float64Array(shape.tokens);
  const { loss } = shape;
  return (place, row) => {
    conditional.fill(0);
    forEachAgreeing(world, place, (assignment) => {
      const token = world.tokenOf[assignment]!;
      if (token >= 0) conditional[token] = world.law[assignment]! / world.agreement[place]!;
    });
    return loss === 'squared'
      ? squaredExcess(conditional, own(row))
      : logisticExcess(conditional, own(row), (token) => logitOf(kernel, row, token));
  };
}

/** KL(p(·|d) ‖ p̂(·|d)). */
function softmaxExcess(world: World, place: number, learned: Float32Array): number {
  let sum = 0;
  forEachAgreeing(world, place, (assignment) => {
    const p = world.law[assignment]! / world.agreement[place]!;
    if (p > 0) sum += p * (lnDeterministic(p) - lnDeterministic(learned[world.tokenOf[assignment]!]!));
  });
  return sum;
}

function squaredExcess(conditional: Float64Array, learned: Float32Array): number {
  return conditional.reduce((sum, p, token) => sum + tokenLosses.squared.excess(p, learned[token]!), 0);
}

/**
 * Most tokens have p = 0 and a p̂ below ½, and add −ln(1 − p̂): one logarithm of a product for many of them. The others need
 * their logits, because p̂ may round to 1.
 */
function logisticExcess(
  conditional: Float64Array,
  learned: Float32Array,
  logit: (token: number) => number,
): number {
  let [sum, product] = [0, 1];
  learned.forEach((estimate, token) => {
    const p = conditional[token]!;
    if (p > 0 || !(estimate < 0.5)) sum += tokenLosses.logistic.excess(p, logit(token));
    else product *= 1 - estimate;
    if (product > 1e-100) return;
    sum -= lnDeterministic(product);
    product = 1;
  });
  return sum - lnDeterministic(product);
}

function logitOf({ shape, rows, g, stride }: Kernel, row: number, token: number): number {
  const { dimension } = shape;
  let sum = 0;
  for (let j = 0; j < dimension; j++) sum += rows[row * dimension + j]! * g.values[j * stride + token]!;
  return sum;
}
