/** Vectors have single precision: a sum that is this small relative to its terms is rounding error, not a direction. */
export const negligible = 1e-6;
