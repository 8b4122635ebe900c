import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { ModelError } from '../../errors';
import { reasonOf } from '../reasonOf';

/**
 * Opens a regular file for reading. Anything else of that name, such as a named pipe or a link to a device, could keep the
 * reader waiting or never end.
 *
 * @param label the file's name in messages
 * @returns its descriptor, which the caller closes, and what the system says of it
 * @throws ModelError if it cannot be opened or is not a regular file
 */
export function openRegularFile(
  path: string,
  label: string,
): { readonly descriptor: number; readonly stats: Stats } {
  let descriptor: number;
  try {
    // Opening a pipe would wait for a writer. Windows has neither the pipes nor the flag.
    descriptor = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  } catch (error) {
    throw new ModelError(
      `${label} cannot be opened (${reasonOf(error)}); check that it exists and is readable.`,
    );
  }
  const stats = fstatSync(descriptor);
  if (stats.isFile()) return { descriptor, stats };
  closeSync(descriptor);
  throw new ModelError(`${label} is not a regular file; replace it with the file itself.`);
}

/**
 * The bytes of a regular file.
 *
 * @param most bytes that a file of this kind can have
 * @throws ModelError if it is larger, which is noticed before anything is read, or cannot be read
 */
export function readRegularFile(path: string, label: string, most: number): Buffer {
  const {
    descriptor,
    stats: { size },
  } = openRegularFile(path, label);
  try {
    if (size > most)
      throw new ModelError(
        `${label} has ${size} bytes, which is too large: at most ${most} are read; download it again.`,
      );
    const bytes = Buffer.allocUnsafe(size);
    let length = 0;
    for (let count = -1; count !== 0 && length < size; length += count)
      count = readSync(descriptor, bytes, length, size - length, length);
    return bytes.subarray(0, length);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(`${label} cannot be read (${reasonOf(error)}); check that it is a readable file.`);
  } finally {
    closeSync(descriptor);
  }
}
