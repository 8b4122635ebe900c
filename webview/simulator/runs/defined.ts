/** NaN of what JSON made `null` of it. */
export function defined(value: number | null | undefined): number {
  return value ?? NaN;
}
