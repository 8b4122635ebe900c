import { matrix, type Matrix } from './matrix';
import { negligible } from './negligible';
import { clampCosine } from './vector';

/**
 * table[i][k] = cos(tₖ − bᵢ, S − (tₖ − bᵢ)): the leave-one-out cosine that base i and target k have when they are a
 * pair, with the mean direction. The sum S of all differences is Σt − Σb however the words are paired, so this depends
 * on i and k alone and every pairing is a path through one table. Undefined cosines count 0.
 *
 * @param gram inner products of the rows b₀ … bₙ₋₁, t₀ … tₙ₋₁: `[2n, 2n]`. A component that all rows share has no effect but
 *   costs precision: subtract their mean first
 * @returns `[n, n]`
 */
export function pairingTable(gram: Matrix): Matrix {
  const n = gram.rows / 2;
  const at = (i: number, j: number): number => gram.data[i * gram.columns + j]!;
  // ⟨row, S⟩ of every base and target.
  const withSum = Float64Array.from({ length: 2 * n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += at(i, n + j) - at(i, j);
    return sum;
  });
  let sumNorm2 = 0;
  let lengths = 0;
  for (let i = 0; i < 2 * n; i++) {
    sumNorm2 += i < n ? -withSum[i]! : withSum[i]!;
    lengths += Math.sqrt(at(i, i));
  }
  // Share of a squared length that is only rounding error.
  const rounding = gram.data instanceof Float32Array ? negligible : negligible ** 2;
  const table = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const parts = at(i, i) + at(n + k, n + k);
      const difference2 = parts - 2 * at(i, n + k);
      const differenceWithSum = withSum[n + k]! - withSum[i]!;
      const others2 = sumNorm2 - 2 * differenceWithSum + difference2;
      const isDefined = difference2 > rounding * parts && others2 > rounding * lengths ** 2;
      if (!isDefined) continue;
      table[i * n + k] = clampCosine((differenceWithSum - difference2) / Math.sqrt(difference2 * others2));
    }
  }
  return matrix(n, n, table);
}
