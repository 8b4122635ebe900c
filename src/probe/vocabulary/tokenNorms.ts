import { row, type Matrix } from '../../geometry/matrix';
import { distance } from '../../geometry/vector';
import type { RowSet } from '../../model/head/rowSet';
import type { RowSource } from '../rowSource';

/** The vocabulary relative to the mean of the rows that count. */
export interface TokenNorms {
  /** ‖γ(y) − mean‖ by token id, NaN for rows that do not count. `[vocab]` */
  readonly norms: Float64Array;
  /** `[hidden]` */
  readonly mean: Float64Array;
}

/** Number of values read at a time: 32 MB. */
const mostNumbers = 2 ** 23;

/** In the coordinates of `source`. @param progress called with the share that is done, 0…1 */
export async function tokenNorms(
  source: RowSource,
  hiddenSize: number,
  rows: RowSet,
  progress: (share: number) => void,
): Promise<TokenNorms> {
  const mean = new Float64Array(hiddenSize);
  // Causal rows are already centred.
  if (source.product !== 'causal') {
    await eachRow(source, hiddenSize, rows, progress, (values) => {
      for (let j = 0; j < hiddenSize; j++) mean[j]! += values[j]! / rows.ids.length;
    });
  }
  const norms = new Float64Array(rows.size).fill(NaN);
  await eachRow(source, hiddenSize, rows, progress, (values, id) => {
    norms[id] = distance(values, mean);
  });
  return { norms, mean };
}

async function eachRow(
  source: RowSource,
  hiddenSize: number,
  { ids }: RowSet,
  progress: (share: number) => void,
  visit: (values: Matrix['data'], id: number) => void,
): Promise<void> {
  const tile = Math.max(1, Math.floor(mostNumbers / hiddenSize));
  for (let first = 0; first < ids.length; first += tile) {
    progress(first / ids.length);
    const part = [...ids.subarray(first, first + tile)];
    const rows = await source.rows(part);
    part.forEach((id, i) => {
      visit(row(rows, i), id);
    });
  }
}
