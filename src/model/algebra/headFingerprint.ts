import { createHash } from 'node:crypto';
import { isWhole, type RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';

/** Number and length in bytes of the sampled ranges. */
const sampledStretches = 256;
const sampledBytes = 1024;

/**
 * Identifies a head: a SHA-256 in hexadecimal of its format, its files (path, size, modification time), a sample of their
 * bytes (of remote files, the checksum that the Hub lists instead of both), and the included rows unless all are included.
 *
 * @throws ModelError if the data cannot be read
 */
export function headFingerprint(unembedding: Unembedding, rows: RowSet): string {
  const { parts, vocabSize, hiddenSize } = unembedding.head;
  const files = unembedding.identities;
  const stored = parts.map(({ weight: { values }, layout, first, tokens }) => {
    return [values.element, values.tensor.name, layout, first, tokens];
  });
  const form = [vocabSize, hiddenSize, stored];
  const hash = createHash('sha256').update(JSON.stringify([form, files]));
  if (!unembedding.isRemote)
    for (const bytes of unembedding.samples(sampledStretches, sampledBytes)) hash.update(bytes);
  if (!isWhole(rows)) hash.update(`${rows.ids.length} rows`).update(rows.ids);
  return hash.digest('hex');
}
