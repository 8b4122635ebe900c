import { ModelError } from '../../errors';
import { shown } from '../storage/refusalText';
import type { Head } from '../head/head';
import { idsWithin, type RowSet } from '../head/rowSet';
import { decodeTile } from './decodeTile';
import type { HeadTile, Unembedding } from '../head/unembedding';

/** Numbers per tile: 64 MB in single precision, of which ONNX Runtime makes one or two copies. */
const mostNumbers = 16 * 2 ** 20;
/** A product over more rows would lose precision, because each step is rounded. The results of tiles are added once. */
const mostTokens = 4096;
/** Number of tokens for a rough estimate of the mean. */
const shiftTokens = 64;

function tokensPerTile(hiddenSize: number): number {
  return Math.max(1, Math.min(mostTokens, Math.floor(mostNumbers / hiddenSize)));
}

/**
 * The included rows in tiles, each of which overwrites the previous one. Rows before the first and after the last included
 * row are not read; excluded rows in between are removed from their tile.
 *
 * @throws ModelError if the data is truncated
 */
export function* headPass(
  unembedding: Unembedding,
  rows: RowSet,
  progress: (share: number) => void,
): Generator<HeadTile> {
  const { hiddenSize } = unembedding.head;
  const start = rows.ids[0] ?? 0;
  const end = (rows.ids.at(-1) ?? -1) + 1;
  // Of equal size, so that the memory can be reused.
  const most = Math.ceil((end - start) / Math.ceil((end - start) / tokensPerTile(hiddenSize)));
  let tile: HeadTile | undefined;
  for (let first = start; first < end; first += most) {
    progress((first - start) / (end - start));
    tile = unembedding.tile(first, Math.min(most, end - first), tile);
    const part = counted(tile, rows, unembedding.head);
    if (part.tokens > 0) yield part;
  }
  progress(1);
}

/** The tile without excluded tokens, in the same memory. */
function counted(tile: HeadTile, rows: RowSet, { hiddenSize, layout }: Head): HeadTile {
  const { first, tokens, data } = tile;
  const ids = idsWithin(rows, first, first + tokens);
  if (ids.length === tokens) return tile;
  if (layout === '[vocab, hidden]') {
    ids.forEach((id, place) => {
      data.copyWithin(place * hiddenSize, (id - first) * hiddenSize, (id - first + 1) * hiddenSize);
    });
  } else {
    let place = 0;
    for (let line = 0; line < hiddenSize; line++)
      for (const id of ids) data[place++] = data[line * tokens + id - first]!;
  }
  return { first, tokens: ids.length, data: data.subarray(0, ids.length * hiddenSize) };
}

/**
 * A vector near the mean of U's rows, `[hidden]`, from some tokens in the middle of the vocabulary. Moments are taken around
 * it, because around 0 the component that all rows share would cost precision.
 */
export function roughMean(unembedding: Unembedding, rows: RowSet): Float32Array {
  const { hiddenSize, layout } = unembedding.head;
  const wanted = Math.min(shiftTokens, rows.ids.length);
  const middle = Math.floor((rows.ids.length - wanted) / 2);
  const start = rows.ids[middle];
  if (start === undefined) return new Float32Array(hiddenSize);
  // Excluded rows in between are read too, up to the size of a tile.
  const end = Math.min(rows.ids[middle + wanted - 1]! + 1, start + tokensPerTile(hiddenSize));
  const tile = counted(unembedding.tile(start, end - start), rows, unembedding.head);
  const [data, count] = [decodeTile(tile), tile.tokens];
  const [step, stride] = layout === '[vocab, hidden]' ? [1, hiddenSize] : [count, 1];
  return Float32Array.from({ length: hiddenSize }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += data[j * step + i * stride]!;
    return sum / count;
  });
}

/** @throws ModelError if a sum over all rows is not finite, because one of their numbers is not */
export function refuseInfinite(unembedding: Unembedding, sums: Float64Array): void {
  const dimension = sums.findIndex((value) => !Number.isFinite(value));
  if (dimension < 0) return;
  const name = unembedding.head.parts.map(({ weight }) => shown(weight.values.tensor.name)).join(', ');
  throw new ModelError(
    `${unembedding.label} contains a number that is not finite in ${name}, dimension ${dimension}, so it has no covariance; export or copy the model again.`,
  );
}
