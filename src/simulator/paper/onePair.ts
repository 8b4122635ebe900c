import { cosine, dot, norm } from '../../geometry/vector';
import { expDeterministic } from '../training/elementary';

export interface OnePairPoint {
  readonly step: number;
  readonly loss: number;
  readonly cosine: number;
  /** The smaller of both norms. */
  readonly norm: number;
}

/**
 * Gradient descent on exp(−uᵀv), both trained (J, Theorem 12), from `u` and `v`.
 *
 * @param share the learning rate as a share of 1 / loss(0), below which the cosine never decreases
 * @returns a point before the first step and after each
 */
export function trainOnePair(u: Float64Array, v: Float64Array, share: number, steps: number): OnePairPoint[] {
  const [left, right] = [u.slice(), v.slice()];
  const lossNow = (): number => expDeterministic(-dot(left, right));
  const rate = share / lossNow();
  const points: OnePairPoint[] = [];
  for (let step = 0; step <= steps; step++) {
    const loss = lossNow();
    points.push({ step, loss, cosine: cosine(left, right), norm: Math.min(norm(left), norm(right)) });
    for (let j = 0; j < left.length; j++) {
      const [a, b] = [left[j]!, right[j]!];
      left[j] = a + rate * loss * b;
      right[j] = b + rate * loss * a;
    }
  }
  return points;
}
