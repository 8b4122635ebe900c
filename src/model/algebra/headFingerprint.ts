import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { isWhole, type RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';

/** So many stretches of so many bytes are looked at. */
const sampledStretches = 256;
const sampledBytes = 1024;

/**
 * What tells a head from every other: its form, its files (path, size, time of change), a sample of their bytes, and
 * which of its rows count, unless all do. SHA-256, in hexadecimal.
 *
 * @throws ModelError if the data cannot be read
 */
export function headFingerprint(unembedding: Unembedding, rows: RowSet): string {
  const { parts, vocabSize, hiddenSize } = unembedding.head;
  const files = unembedding.files.map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [path, size, mtimeMs];
  });
  const stored = parts.map(({ weight: { values }, layout, first, tokens }) => {
    return [values.element, values.tensor.name, layout, first, tokens];
  });
  const form = [vocabSize, hiddenSize, stored];
  const hash = createHash('sha256').update(JSON.stringify([form, files]));
  for (const bytes of unembedding.samples(sampledStretches, sampledBytes)) hash.update(bytes);
  if (!isWhole(rows)) hash.update(`${rows.ids.length} rows`).update(rows.ids);
  return hash.digest('hex');
}
