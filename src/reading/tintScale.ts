/** |z| from which on a color is at its strongest. */
export const strongestZ = 2;

/** Steps of the scale to each side of its middle: nine colors for one concept, five by five for two. */
export function stepsOf(concepts: number): number {
  return concepts === 1 ? 4 : 2;
}

/** The step of a z value on the scale, −steps…steps; NaN where there is no value. */
export function stepOf(z: number, steps: number): number {
  // Rounding the absolute value makes both sides alike.
  return Math.sign(z) * Math.min(steps, Math.round((Math.abs(z) * steps) / strongestZ));
}
