/** Sweeps after which the rotations of any matrix have converged. */
const mostSweeps = 60;

/**
 * Eigenvalues, descending, and unit eigenvectors of a small symmetric matrix (Jacobi's rotations).
 *
 * @param source `[n, n]` row-major
 * @returns for each eigenvalue its vector `[n]`; its largest component is positive
 */
export function symmetricEigen(
  source: Float64Array,
  n: number,
): readonly { readonly value: number; readonly vector: Float64Array }[] {
  const a = source.slice();
  const v = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (rotate(a, v, n, p, q)) rotated = true;
    if (!rotated) break;
  }
  return Array.from({ length: n }, (_, i) => ({ value: a[i * n + i]!, vector: columnOf(v, n, i) })).sort(
    (one, other) => other.value - one.value,
  );
}

/** Makes a[p, q] zero. @returns whether it was not negligible */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): boolean {
  const [app, aqq, apq] = [a[p * n + p]!, a[q * n + q]!, a[p * n + q]!];
  if (!(Math.abs(apq) > 1e-15 * Math.sqrt(Math.abs(app * aqq)))) return false;
  const ratio = (aqq - app) / (2 * apq);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const c = 1 / Math.hypot(1, tangent);
  const s = tangent * c;
  const turn = (values: Float64Array, x: number, y: number): void => {
    const [first, second] = [values[x]!, values[y]!];
    values[x] = c * first - s * second;
    values[y] = s * first + c * second;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q);
  return true;
}

function columnOf(v: Float64Array, n: number, column: number): Float64Array {
  const vector = Float64Array.from({ length: n }, (_, k) => v[k * n + column]!);
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}
