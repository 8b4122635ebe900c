import type { Matrix } from '../geometry/matrix';

/**
 * Header of a NumPy `.npy` file, version 1.0: a C-ordered little-endian matrix of float32 or float64. The data follows.
 */
export function npyHeader(rows: number, columns: number, type: 'f4' | 'f8' = 'f4'): Uint8Array {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
  const text = `{'descr': '<${type}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  // Data starts at a multiple of 64 bytes; the header ends with a line feed.
  const length = Math.ceil((magic.length + 2 + text.length + 1) / 64) * 64 - magic.length - 2;
  const padded = text.padEnd(length - 1) + '\n';
  return Uint8Array.from([...magic, length & 0xff, length >> 8, ...new TextEncoder().encode(padded)]);
}

/** A complete `.npy` file, in the matrix's own precision. */
export function npyFile({ rows, columns, data }: Matrix): Uint8Array {
  const header = npyHeader(rows, columns, data instanceof Float64Array ? 'f8' : 'f4');
  const file = new Uint8Array(header.length + data.byteLength);
  file.set(header);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return file;
}
