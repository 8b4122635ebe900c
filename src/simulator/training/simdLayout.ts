/** Where the arrays lie in the WebAssembly memory, in bytes, and the shapes that the code is made for. */
export interface SimdLayout {
  readonly dimension: number;
  readonly stride: number;
  /** [stride]: 0 for a token, −1e30 for what only fills the row. */
  readonly start: number;
  readonly g: number;
  readonly gGradient: number;
  readonly rows: number;
  readonly weights: number;
  readonly probabilities: number;
  readonly rowGradients: number;
}

/** Bytes of a row that hold tokens: the rest of the stride is never touched. */
export function rowBytes({ stride }: SimdLayout): number {
  return (stride - 16) * 4;
}
