/** A vector in single or double precision; sums use double precision. */
export type Vector = Float32Array | Float64Array;

/** u · v. @throws RangeError if the lengths differ. */
export function dot(u: Vector, v: Vector): number {
  if (u.length !== v.length)
    throw new RangeError(`Cannot multiply vectors of ${u.length} and ${v.length} values.`);
  const whole = u.length - (u.length % 4);
  // Four independent sums: a single one would wait for each addition.
  let sum = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let i = 0; i < whole; i += 4) {
    sum += u[i]! * v[i]!;
    sum1 += u[i + 1]! * v[i + 1]!;
    sum2 += u[i + 2]! * v[i + 2]!;
    sum3 += u[i + 3]! * v[i + 3]!;
  }
  for (let i = whole; i < u.length; i++) sum += u[i]! * v[i]!;
  return sum + sum1 + (sum2 + sum3);
}

/** ‖v‖ in the Euclidean norm. */
export function norm(v: Vector): number {
  return Math.sqrt(dot(v, v));
}

/** ‖u − v‖, computed from the differences themselves, so that nearly equal vectors lose no precision. */
export function distance(u: Vector, v: Vector): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += (u[j]! - v[j]!) ** 2;
  return Math.sqrt(sum);
}

/** cos(u, v) within [−1, 1]; NaN if either vector is zero, because a zero vector has no direction. */
export function cosine(u: Vector, v: Vector): number {
  return clampCosine(dot(u, v) / (norm(u) * norm(v)));
}

/** Clamps a cosine that rounding has moved out of [−1, 1]; NaN stays NaN. */
export function clampCosine(value: number): number {
  // Not Math.min and Math.max, whose NaN bits depend on V8's optimization level.
  return value > 1 ? 1 : value < -1 ? -1 : value;
}
