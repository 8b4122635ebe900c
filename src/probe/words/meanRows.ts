import { matrix, row, type Matrix } from '../../geometry/matrix';
import type { RowSource } from '../rowSource';

/**
 * For each list of token ids, the mean of their rows of U, `[lists, hidden]`; for a list of one id, exactly that row. Each
 * row is read once.
 *
 * @throws UserError if an id is outside the vocabulary
 */
export async function meanRows(
  source: Pick<RowSource, 'rows'>,
  lists: readonly (readonly number[])[],
): Promise<Matrix> {
  const ids = [...new Set(lists.flat())];
  const rows = await source.rows(ids);
  // The usual case under the default rule: one token per word, and no two words share one.
  if (lists.every((list) => list.length === 1) && ids.length === lists.length) return rows;
  const position = new Map(ids.map((id, index) => [id, index]));
  const data = new Float32Array(lists.length * rows.columns);
  lists.forEach((list, index) => {
    const mean = data.subarray(index * rows.columns, (index + 1) * rows.columns);
    for (const id of list) {
      const values = row(rows, position.get(id)!);
      for (let j = 0; j < mean.length; j++) mean[j]! += values[j]! / list.length;
    }
  });
  return matrix(lists.length, rows.columns, data);
}
