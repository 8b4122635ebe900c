import type { CholeskyFactor } from '../../../src/model/algebra/algebra';
import type { Panels } from '../../../src/model/algebra/columnPanels';

/** Element (i, j), j ≤ i, of a matrix stored in panels of columns. */
function entry({ size, width, panels }: Panels, i: number, j: number): number {
  const start = Math.floor(j / width) * width;
  return panels[start / width]![(i - start) * Math.min(width, size - start) + j - start]!;
}

/** The lower triangle, row by row. */
export function lowerTriangle(lower: Panels): Float64Array[] {
  return Array.from({ length: lower.size }, (_, i) =>
    Float64Array.from({ length: i + 1 }, (_value, j) => entry(lower, i, j)),
  );
}

/** L of a factor, row by row, with the inverted diagonal blocks inverted back. */
export function choleskyTriangle({ size, width, below, inverses }: CholeskyFactor): Float64Array[] {
  const lines = Array.from({ length: size }, (_, i) => new Float64Array(i + 1));
  inverses.forEach((inverse, k) => {
    const start = k * width;
    const columns = Math.min(width, size - start);
    // Σₘ inverse[i, m]·L[m, j] = 1 if i = j, otherwise 0.
    for (let j = 0; j < columns; j++) {
      for (let i = j; i < columns; i++) {
        let rest = i === j ? 1 : 0;
        for (let m = j; m < i; m++) rest -= inverse[i * columns + m]! * lines[start + m]![start + j]!;
        lines[start + i]![start + j] = rest / inverse[i * columns + i]!;
      }
    }
    const end = start + columns;
    for (let i = end; i < size; i++) {
      for (let j = 0; j < columns; j++) lines[i]![start + j] = below[k]![(i - end) * columns + j]!;
    }
  });
  return lines;
}
