import { matrix, type Matrix } from './matrix';
import { clampCosine } from './vector';
import { rowNorms } from './weightedSum';

/**
 * Differences at unit length, or their means over blocks of consecutive ones: inner products of these are cosines, or means of
 * cosines over blocks. A row is NaN if all differences of its block are zero.
 *
 * @param differences `[pairs, hidden]`
 * @returns `[blocks, hidden]`
 */
export function unitBlocks(differences: Matrix, pairsPerBlock: number): Matrix {
  const { rows, columns, data } = differences;
  const norms = rowNorms(differences);
  const blocks = Math.ceil(rows / pairsPerBlock);
  const sums = new Float64Array(blocks * columns);
  const defined = new Float64Array(blocks);
  for (let i = 0; i < rows; i++) {
    if (!(norms[i]! > 0)) continue;
    const block = Math.floor(i / pairsPerBlock);
    defined[block]!++;
    for (let j = 0; j < columns; j++) sums[block * columns + j]! += data[i * columns + j]! / norms[i]!;
  }
  return matrix(
    blocks,
    columns,
    sums.map((sum, at) => sum / defined[Math.floor(at / columns)]!),
  );
}

/** Inner products of {@link unitBlocks} as cosines: rounding takes none beyond ±1. */
export function cosinesOf({ rows, columns, data }: Matrix): Matrix {
  return matrix(
    rows,
    columns,
    Float64Array.from(data, (value) => clampCosine(value)),
  );
}
