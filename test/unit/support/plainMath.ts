import {
  conceptsFromFiles,
  type ConceptsFromFiles,
  type SourceFile,
} from '../../../src/concepts/conceptSources';
import type { ListOptions } from '../../../src/concepts/lists/listedConcept';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matrix, type Matrix } from '../../../src/geometry/matrix';

/* The formulas again in plain double loops over plain numbers: slow, obvious, and without code from src/. */

export type Vectors = readonly (readonly number[])[];

export function plainCosine(u: readonly number[], v: readonly number[]): number {
  let [uv, uu, vv] = [0, 0, 0];
  for (let i = 0; i < u.length; i++) {
    uv += u[i]! * v[i]!;
    uu += u[i]! * u[i]!;
    vv += v[i]! * v[i]!;
  }
  return uv / Math.sqrt(uu) / Math.sqrt(vv);
}

export function plainMean(vectors: Vectors): number[] {
  return vectors[0]!.map((_, j) => vectors.reduce((sum, vector) => sum + vector[j]!, 0) / vectors.length);
}

export function plainMeanPairwise(vectors: Vectors): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < vectors.length; i++) {
    for (let j = 0; j < vectors.length; j++) {
      if (i === j) continue;
      sum += plainCosine(vectors[i]!, vectors[j]!);
      count++;
    }
  }
  return sum / count;
}

export function plainLeaveOneOut(vectors: Vectors): number[] {
  return vectors.map((vector, i) => plainCosine(vector, plainMean(vectors.filter((_, j) => j !== i))));
}

export function matrixOf(vectors: Vectors): Matrix {
  return matrix(vectors.length, vectors[0]?.length ?? 0, Float64Array.from(vectors.flat()));
}

export function plainDot(u: readonly number[], v: readonly number[]): number {
  return u.reduce((sum, value, i) => sum + value * v[i]!, 0);
}

export function plainUnit(vector: readonly number[]): number[] {
  const length = Math.sqrt(plainDot(vector, vector));
  return vector.map((value) => value / length);
}

/** A concept's direction at unit length, for each way to compute it from differences. */
export const plainDirections = {
  mean: (vectors: Vectors): number[] => plainUnit(plainMean(vectors)),
  normalised: (vectors: Vectors): number[] => plainUnit(plainMean(vectors.map(plainUnit))),
  principal: plainPrincipal,
};

/** Leading eigenvector of the matrix of second moments, by repeatedly squaring the matrix. */
function plainPrincipal(vectors: Vectors): number[] {
  const size = vectors[0]!.length;
  const indices = vectors[0]!.map((_, j) => j);
  let moments = indices.map((a) =>
    indices.map((b) => vectors.reduce((sum, vector) => sum + vector[a]! * vector[b]!, 0)),
  );
  for (let squaring = 0; squaring < 60; squaring++) {
    const trace = indices.reduce((sum, a) => sum + moments[a]![a]!, 0);
    const scaled = moments.map((line) => line.map((value) => value / trace));
    moments = scaled.map((line) => indices.map((b) => plainDot(line, scaled[b]!)));
  }
  const column = Array.from({ length: size }, (_, a) => moments[a]!).reduce((a, b) =>
    plainDot(b, b) > plainDot(a, a) ? b : a,
  );
  const turned = plainDot(column, plainMean(vectors)) < 0 ? column.map((value) => -value) : column;
  return plainUnit(turned);
}

export function without<T>(values: readonly T[], index: number): T[] {
  return values.filter((_, i) => i !== index);
}

/** All permutations of 0 … n − 1. */
export function plainOrders(n: number): number[][] {
  if (n === 0) return [[]];
  return plainOrders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

/** Mean leave-one-out cosine when base i is paired with target order[i]; undefined cosines count as 0. */
export function plainPairedMean(bases: Vectors, targets: Vectors, order: readonly number[]): number {
  const deltas = bases.map((base, i) => base.map((value, j) => targets[order[i]!]![j]! - value));
  const cosines = plainLeaveOneOut(deltas).map((value) => (Number.isFinite(value) ? value : 0));
  return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
}

/** Largest distance between the distribution of p-values and the uniform one (Kolmogorov–Smirnov). */
export function distanceFromUniform(p: readonly number[]): number {
  const sorted = [...p].sort((a, b) => a - b);
  return sorted.reduce(
    (most, value, i) =>
      Math.max(most, Math.abs(value - i / sorted.length), Math.abs((i + 1) / sorted.length - value)),
    0,
  );
}

/** Binary fractions, so that sums and products of them are exact. */
export const entry = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 64);

/** At least two vectors of the same length; no vector and no sum of all others is zero. */
export const generalVectors = fc
  .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 5 }))
  .chain(([count, length]) => {
    const vector = fc.array(entry, { minLength: length, maxLength: length });
    return fc.array(vector, { minLength: count, maxLength: count });
  })
  .filter((vectors) => {
    const sums = vectors.map((_, i) => plainMean(without(vectors, i)));
    return [...vectors, ...sums, plainMean(vectors)].every((vector) =>
      vector.some((value) => Math.abs(value) > 1e-3),
    );
  });

/** NaN is only near NaN. */
export function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(
    Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance,
    `${actual} is not ${expected}`,
  );
}

export function swapped(vectors: Vectors): Vectors {
  return vectors.map((vector) => vector.map((value) => -value));
}

/** Concepts from files whose text is given. */
export function conceptsOf(
  files: readonly (Omit<SourceFile, 'bytes'> & { readonly text: string })[],
  options: ListOptions = {},
): ConceptsFromFiles {
  const sources = files.map(({ text, ...file }) => ({ ...file, bytes: new TextEncoder().encode(text) }));
  return conceptsFromFiles(sources, options);
}

export function plainSum(vectors: Vectors): number[] {
  return vectors[0]!.map((_, j) => vectors.reduce((sum, vector) => sum + vector[j]!, 0));
}

/**
 * The covariance of rows (divided by their number) with Ledoit & Wolf's shrinkage, from its definition: d² and b² are mean
 * squares of whole matrices.
 */
export function plainLedoitWolf(rows: Vectors): { covariance: number[][]; shrinkage: number } {
  const [n, d] = [rows.length, rows[0]!.length];
  const mean = plainMean(rows);
  const centred = rows.map((values) => values.map((value, j) => value - mean[j]!));
  const outer = (x: readonly number[]): number[][] => x.map((a) => x.map((b) => a * b));
  const sample = mean.map((_, i) =>
    mean.map((__, j) => centred.reduce((sum, x) => sum + x[i]! * x[j]!, 0) / n),
  );
  const scale = sample.reduce((sum, values, i) => sum + values[i]!, 0) / d;
  const target = mean.map((_, i) => mean.map((__, j) => (i === j ? scale : 0)));
  const squares = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
    a.reduce(
      (sum, values, i) => sum + values.reduce((own, value, j) => own + (value - b[i]![j]!) ** 2, 0),
      0,
    ) / d;
  const spread = squares(sample, target);
  const error = centred.reduce((sum, x) => sum + squares(outer(x), sample), 0) / n ** 2;
  const shrinkage = Math.min(error, spread) / spread;
  return {
    shrinkage,
    covariance: sample.map((values, i) =>
      values.map((value, j) => (1 - shrinkage) * value + shrinkage * target[i]![j]!),
    ),
  };
}

/** The vector of Park et al. 2406.01506: the mean's projection on Cov⁻¹ mean, by elimination in all dimensions. */
export function plainCategoryVector(rows: Vectors): { vector: number[]; shrinkage: number } {
  const { covariance, shrinkage } = plainLedoitWolf(rows);
  const mean = plainMean(rows);
  const unit = plainUnit(plainSolve(covariance, mean));
  const length = plainDot(mean, unit);
  return { vector: unit.map((value) => length * value), shrinkage };
}

/** Gauss–Jordan elimination with pivoting. */
export function plainSolve(system: Vectors, y: readonly number[]): number[] {
  const rows = system.map((values, i) => [...values, y[i]!]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let i = column; i < n; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[best]![column]!)) best = i;
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    const pivot = rows[column]!;
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / pivot[column]!;
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * pivot[j]!;
    }
  }
  return rows.map((values, i) => values[n]! / values[i]!);
}
