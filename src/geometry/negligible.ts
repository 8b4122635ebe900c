/** Vectors come in single precision: a sum this small beside its parts is their rounding, not a direction. */
export const negligible = 1e-6;
