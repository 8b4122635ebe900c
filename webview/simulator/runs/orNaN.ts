/** The number, or NaN for `null`, its value in JSON. */
export function orNaN(value: number | null | undefined): number {
  return value ?? NaN;
}
