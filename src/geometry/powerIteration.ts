import { norm } from './vector';

/** Iteration stops when a step changes the unit vector by less than this. */
const tolerance = 1e-10;
const mostSteps = 200;

/**
 * The eigenvector of the largest eigenvalue of a positive semidefinite matrix. If the two largest eigenvalues are nearly
 * equal, 200 steps may end between their eigenvectors: the data then have no unique principal direction.
 *
 * @param multiply writes the matrix times `from` into `to`
 * @param start the initial vector; by default a fixed one that is not orthogonal to any sign pattern of real data
 * @returns `vector` at unit length, `[size]`, and its eigenvalue; both zero for a zero matrix
 */
export function powerIteration(
  size: number,
  multiply: (from: Float64Array, to: Float64Array) => void,
  start?: Float64Array,
): { vector: Float64Array; value: number } {
  let vector: Float64Array = start ? Float64Array.from(start) : fixedStart(size);
  let next: Float64Array = new Float64Array(size);
  let value = 0;
  if (!scaleToUnit(vector)) vector.set(fixedStart(size));
  for (let step = 0; step < mostSteps; step++) {
    multiply(vector, next);
    value = scaleToUnit(next);
    if (!(value > 0)) return { vector: new Float64Array(size), value: 0 };
    let change = 0;
    for (let i = 0; i < size; i++) change += (next[i]! - vector[i]!) ** 2;
    [vector, next] = [next, vector];
    if (change < tolerance * tolerance) break;
  }
  return { vector, value };
}

/** 1 + the fractional parts of multiples of the golden ratio: close to the vector of ones, but without equal entries. */
function fixedStart(size: number): Float64Array {
  const start = Float64Array.from({ length: size }, (_, i) => 1 + (((i + 1) * 0.6180339887498949) % 1));
  scaleToUnit(start);
  return start;
}

/** Scales the vector to unit length in place. @returns its previous length */
function scaleToUnit(vector: Float64Array): number {
  const length = norm(vector);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return length;
}
