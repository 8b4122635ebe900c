/** A pivot this small beside the matrix's mean diagonal is rounding of the single-precision products before it. */
export const smallestPivot = 1e-6;

/**
 * Cholesky of one diagonal block, in place: the lower triangle of the row-major `[n, n]` block becomes L, the upper 0.
 *
 * @param least pivots (squared diagonal elements of L) up to this are taken for zero
 * @returns whether the block is positive definite
 */
export function factorizeBlock(block: Float64Array, n: number, least: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = block[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= block[i * n + k]! * block[j * n + k]!;
      if (j < i) block[i * n + j] = sum / block[j * n + j]!;
      else if (sum > least) block[i * n + i] = Math.sqrt(sum);
      else return false;
    }
    block.fill(0, i * n + i + 1, (i + 1) * n);
  }
  return true;
}

/** L⁻¹ of a lower triangular row-major `[n, n]` block. */
export function invertBlock(block: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    // Row by row: Σₖ L[i,k]·inverse[k,·] must be the unit row i.
    for (let k = 0; k < i; k++) {
      const factor = block[i * n + k]!;
      for (let j = 0; j <= k; j++) inverse[i * n + j]! -= factor * inverse[k * n + j]!;
    }
    inverse[i * n + i]! += 1;
    const diagonal = block[i * n + i]!;
    for (let j = 0; j <= i; j++) inverse[i * n + j]! /= diagonal;
  }
  return inverse;
}

/** Mean of the diagonal, trace / size. */
export function meanDiagonal(panels: readonly Float64Array[], size: number, width: number): number {
  let trace = 0;
  panels.forEach((panel, k) => {
    const columns = Math.min(width, size - k * width);
    for (let i = 0; i < columns; i++) trace += panel[i * columns + i]!;
  });
  return trace / size;
}
