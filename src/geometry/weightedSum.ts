import { row, type Matrix } from './matrix';
import { norm } from './vector';

/** Σ wᵢ·rowᵢ. Rows with weight 0 are skipped. `[columns]` */
export function weightedSum(source: Matrix, weights: Float64Array): Float64Array {
  const sum = new Float64Array(source.columns);
  for (let i = 0; i < source.rows; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const values = row(source, i);
    for (let j = 0; j < sum.length; j++) sum[j]! += weight * values[j]!;
  }
  return sum;
}

/** ‖row‖ of every row. `[rows]` */
export function rowNorms(source: Matrix): Float64Array {
  return Float64Array.from({ length: source.rows }, (_, i) => norm(row(source, i)));
}
