import type { Panels } from './columnPanels';

/** A pivot of at most this share of the mean diagonal is rounding error of the preceding single-precision products. */
export const smallestPivot = 1e-6;

/**
 * Cholesky factorization of one diagonal block in place: the lower triangle of the row-major `[n, n]` block becomes L, the
 * upper one 0.
 *
 * @param least pivots (squared diagonal elements of L) up to this count as zero
 * @returns whether the block is positive definite
 */
export function factorizeBlock(block: Float64Array, n: number, least: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = block[i * n + j]! - productOfRows(block, i * n, j * n, j);
      if (j < i) block[i * n + j] = sum / block[j * n + j]!;
      else if (sum > least) block[i * n + i] = Math.sqrt(sum);
      else return false;
    }
    block.fill(0, i * n + i + 1, (i + 1) * n);
  }
  return true;
}

/**
 * Σₖ block[a + k]·block[b + k] over the first `count`, in four independent sums: a single one would wait for each addition.
 */
function productOfRows(block: Float64Array, a: number, b: number, count: number): number {
  const whole = count - (count % 4);
  let sum = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let k = 0; k < whole; k += 4) {
    sum += block[a + k]! * block[b + k]!;
    sum1 += block[a + k + 1]! * block[b + k + 1]!;
    sum2 += block[a + k + 2]! * block[b + k + 2]!;
    sum3 += block[a + k + 3]! * block[b + k + 3]!;
  }
  for (let k = whole; k < count; k++) sum += block[a + k]! * block[b + k]!;
  return sum + sum1 + (sum2 + sum3);
}

/** L⁻¹ of a lower triangular row-major `[n, n]` block. */
export function invertBlock(block: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    // Row by row: Σₖ L[i,k]·inverse[k,·] must be the unit row i. Above the diagonal the inverse is zero. Taking two rows at
    // a time halves the reads and writes of row i.
    for (let k = 0; k < i; k += 2) {
      const factor = block[i * n + k]!;
      const next = k + 1 < i ? block[i * n + k + 1]! : 0;
      const [first, second] = [k * n, (k + 1) * n];
      for (let j = 0; j <= k + 1; j++)
        inverse[i * n + j]! -= factor * inverse[first + j]! + next * inverse[second + j]!;
    }
    inverse[i * n + i]! += 1;
    const diagonal = block[i * n + i]!;
    for (let j = 0; j <= i; j++) inverse[i * n + j]! /= diagonal;
  }
  return inverse;
}

/** Mean of the diagonal, trace / size. */
export function meanDiagonal({ panels, size, width }: Panels): number {
  let trace = 0;
  panels.forEach((panel, k) => {
    const columns = Math.min(width, size - k * width);
    for (let i = 0; i < columns; i++) trace += panel[i * columns + i]!;
  });
  return trace / size;
}
