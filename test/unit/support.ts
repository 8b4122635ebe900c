import { matrix, type Matrix } from '../../src/geometry/matrix';

/*
 * The formulas again as plain double loops over plain numbers: slow, obvious, and sharing nothing with src/.
 */

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
