import { norm } from '../../geometry/vector';
import type { CholeskyFactor } from './algebra';
import { multiplyRow, multiplyTransposedRow, unwhitenRow, whitenRow } from './substitution';

/**
 * Each iteration multiplies the error of an estimate by the squared ratio of two adjacent eigenvalues, so few are enough.
 */
const iterations = 3;

/**
 * Estimates of the largest and the smallest eigenvalue of L·Lᵀ, by power iteration on it and on its inverse. Both are
 * approached from inside the spectrum, so that their ratio is a lower bound.
 */
export function extremes(factor: CholeskyFactor): { readonly largest: number; readonly smallest: number } {
  const largest = powerIteration(factor.size, (v) => {
    multiplyTransposedRow(factor, v);
    multiplyRow(factor, v);
  });
  const inverse = powerIteration(factor.size, (v) => {
    whitenRow(factor, v);
    unwhitenRow(factor, v);
  });
  return { largest, smallest: 1 / inverse };
}

/** Largest eigenvalue of a symmetric positive definite map that works in place. */
function powerIteration(size: number, map: (v: Float64Array) => void): number {
  // Orthogonal to an eigenvector only by chance, and the same on every machine.
  const vector = Float64Array.from({ length: size }, (_, j) => 1 + 0.5 * Math.sin(j * j + 1));
  let value = norm(vector);
  for (let i = 0; i < iterations; i++) {
    for (let j = 0; j < size; j++) vector[j]! /= value;
    map(vector);
    value = norm(vector);
  }
  return value;
}
