/** Byte offsets of the arrays in the WebAssembly memory, and the shapes that the code is generated for. */
export interface SimdLayout {
  readonly dimension: number;
  readonly stride: number;
  /** [stride]: 0 for a token, and for padding a logit whose prediction is 0: −1e30, or 0 with squared loss. */
  readonly start: number;
  readonly g: number;
  readonly gGradient: number;
  readonly rows: number;
  readonly weights: number;
  readonly probabilities: number;
  readonly rowGradients: number;
}

/** Bytes of a row that hold tokens; the rest of the stride is not used. */
export function rowBytes({ stride }: SimdLayout): number {
  return (stride - 16) * 4;
}
