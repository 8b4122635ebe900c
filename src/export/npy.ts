/** Header of a NumPy `.npy` file, version 1.0: a C-ordered little-endian float32 matrix. Data of `rows * columns * 4` bytes follows. */
export function npyHeader(rows: number, columns: number): Uint8Array {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  // Data starts at a multiple of 64 bytes; the header ends with a line feed.
  const length = Math.ceil((magic.length + 2 + text.length + 1) / 64) * 64 - magic.length - 2;
  const padded = text.padEnd(length - 1) + '\n';
  return Uint8Array.from([...magic, length & 0xff, length >> 8, ...Buffer.from(padded, 'latin1')]);
}
