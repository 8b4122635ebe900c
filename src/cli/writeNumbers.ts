import { csv, type Cell } from '../export/csv';
import { npyFile } from '../export/npy';
import type { Matrix } from '../geometry/matrix';
import type { Output } from './output';
import { writeResult } from './writeResult';

/** The same numbers as rows of a table and as a matrix. */
export interface Numbers {
  readonly table: () => readonly (readonly Cell[])[];
  readonly matrix: () => Matrix;
}

/**
 * Writes the files that `--csv` and `--npy` name.
 *
 * @returns a line for each
 * @throws UserError if one cannot be written
 */
export async function writeNumbers(
  { csv: table, npy }: { readonly csv: string | undefined; readonly npy: string | undefined },
  numbers: Numbers,
  output: Output,
): Promise<string[]> {
  if (table !== undefined) await writeResult(table, Buffer.from(csv(numbers.table())));
  if (npy !== undefined) await writeResult(npy, npyFile(numbers.matrix()));
  output.progress(null);
  return [table, npy].filter((file) => file !== undefined).map((file) => `Wrote ${file}\n`);
}
