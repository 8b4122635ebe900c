/* The covariance and its inverse in plain double loops that share no code with src/. */

export interface PlainCovariance {
  readonly mean: Float64Array;
  /** Rows of the full matrix. */
  readonly covariance: readonly Float64Array[];
}

/** Centred second moments of the rows `[vocab, hidden]`, divided by the number of rows. */
export function plainCovariance(rows: ArrayLike<number>, hidden: number): PlainCovariance {
  const vocab = rows.length / hidden;
  const mean = new Float64Array(hidden);
  for (let i = 0; i < rows.length; i++) mean[i % hidden]! += rows[i]! / vocab;
  const covariance = square(hidden);
  const centered = new Float64Array(hidden);
  for (let token = 0; token < vocab; token++) {
    for (let j = 0; j < hidden; j++) centered[j] = rows[token * hidden + j]! - mean[j]!;
    for (let i = 0; i < hidden; i++) {
      const [line, value] = [covariance[i]!, centered[i]!];
      for (let j = 0; j <= i; j++) line[j]! += value * centered[j]!;
    }
  }
  for (let i = 0; i < hidden; i++) {
    for (let j = 0; j <= i; j++) {
      covariance[i]![j]! /= vocab;
      covariance[j]![i] = covariance[i]![j]!;
    }
  }
  return { mean, covariance };
}

/** By Gauss–Jordan elimination with pivoting. */
export function plainInverse(matrix: readonly Float64Array[]): Float64Array[] {
  const n = matrix.length;
  const left = matrix.map((line) => line.slice());
  const inverse = square(n);
  inverse.forEach((line, i) => (line[i] = 1));
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let i = c; i < n; i++) if (Math.abs(left[i]![c]!) > Math.abs(left[pivot]![c]!)) pivot = i;
    [left[c], left[pivot]] = [left[pivot]!, left[c]!];
    [inverse[c], inverse[pivot]] = [inverse[pivot]!, inverse[c]!];
    const scale = 1 / left[c]![c]!;
    for (let j = 0; j < n; j++) {
      left[c]![j]! *= scale;
      inverse[c]![j]! *= scale;
    }
    for (let i = 0; i < n; i++) {
      const factor = left[i]![c]!;
      if (i === c || factor === 0) continue;
      for (let j = c; j < n; j++) left[i]![j]! -= factor * left[c]![j]!;
      for (let j = 0; j < n; j++) inverse[i]![j]! -= factor * inverse[c]![j]!;
    }
  }
  return inverse;
}

export function plainProduct(matrix: readonly Float64Array[], vector: ArrayLike<number>): Float64Array {
  return Float64Array.from(matrix, (line) => {
    let sum = 0;
    for (let j = 0; j < line.length; j++) sum += line[j]! * vector[j]!;
    return sum;
  });
}

export function plainDot(u: ArrayLike<number>, v: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += u[j]! * v[j]!;
  return sum;
}

/** Largest eigenvalue of a symmetric positive matrix, with very many iterations. */
export function plainLargest(matrix: readonly Float64Array[]): number {
  let vector = Float64Array.from(matrix, (_, i) => 1 + ((i * 7919) % 101) / 101);
  let value = 0;
  for (let step = 0; step < 1000; step++) {
    const next = plainProduct(matrix, vector);
    value = Math.sqrt(plainDot(next, next) / plainDot(vector, vector));
    vector = next.map((entry) => entry / value);
  }
  return value;
}

function square(n: number): Float64Array[] {
  return Array.from({ length: n }, () => new Float64Array(n));
}
