import { dot } from '../../geometry/vector';

/** Two vectors with an absolute cosine below this count as orthogonal. */
const tolerance = 1e-12;
const mostSweeps = 60;

/**
 * Singular values of the matrix of these vectors, in descending order, as many as there are vectors. Pairs are rotated until
 * all are orthogonal; their lengths are then the singular values (one-sided Jacobi).
 *
 * @throws RangeError if lengths differ
 */
export function singularValues(vectors: readonly Float64Array[]): number[] {
  const turned = vectors.map((vector) => vector.slice());
  for (let sweep = 0, moved = true; moved && sweep < mostSweeps; sweep++) {
    moved = false;
    turned.forEach((a, i) => {
      for (const b of turned.slice(i + 1)) moved = turnApart(a, b) || moved;
    });
  }
  return turned.map((vector) => Math.sqrt(dot(vector, vector))).sort((a, b) => b - a);
}

/** Rotates both vectors in their plane, in place, to make them orthogonal. @returns whether they were not */
function turnApart(a: Float64Array, b: Float64Array): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (Math.abs(ab) <= tolerance * Math.sqrt(aa * bb)) return false;
  const ratio = (bb - aa) / (2 * ab);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  a.forEach((value, j) => {
    const other = b[j]!;
    a[j] = cosine * value - sine * other;
    b[j] = sine * value + cosine * other;
  });
  return true;
}
