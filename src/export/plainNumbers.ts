import { row, type Matrix } from '../geometry/matrix';

/* Numbers in JSON documents, which have no NaN: undefined ones are `null`. */

export function nested(source: Matrix): (number | null)[][] {
  return Array.from({ length: source.rows }, (_, i) => plain(row(source, i)));
}

export function plain(values: Float32Array | Float64Array): (number | null)[] {
  return Array.from(values, definedOrNull);
}

export function definedOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
