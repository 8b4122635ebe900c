import { ModelError } from '../../errors';
import { shown } from '../onnx/refusalText';
import type { Head } from '../head/head';
import { idsWithin, type RowSet } from '../head/rowSet';
import { decodeTile } from './decodeTile';
import type { HeadTile, Unembedding } from '../head/unembedding';

/** Of a tile: 64 MB in single precision, of which ONNX Runtime holds a copy or two. */
const mostNumbers = 16 * 2 ** 20;
/** A product over more rows at once would lose digits: each step of it is rounded. What tiles give is then added once. */
const mostTokens = 4096;
/** So many tokens say roughly where the mean of all lies. */
const shiftTokens = 64;

function tokensPerTile(hiddenSize: number): number {
  return Math.max(1, Math.min(mostTokens, Math.floor(mostNumbers / hiddenSize)));
}

/**
 * The rows that count in tiles, one after the other, each written over the one before. What lies before the first and
 * after the last of them is not read; a tile with others in between comes without these.
 *
 * @throws ModelError if the data is cut off
 */
export function* headPass(
  unembedding: Unembedding,
  rows: RowSet,
  progress: (share: number) => void,
): Generator<HeadTile> {
  const { hiddenSize } = unembedding.head;
  const start = rows.ids[0] ?? 0;
  const end = (rows.ids.at(-1) ?? -1) + 1;
  // Of equal size, so that memory for one serves the next.
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

/** The tile without tokens that do not count, in the same memory. */
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
 * A vector near the mean of U's rows, `[hidden]`, from some tokens in the middle of the vocabulary: moments are taken
 * around it, because around 0 a common part of all rows would cost the digits that tell them apart.
 */
export function roughMean(unembedding: Unembedding, rows: RowSet): Float32Array {
  const { hiddenSize, layout } = unembedding.head;
  const wanted = Math.min(shiftTokens, rows.ids.length);
  const middle = Math.floor((rows.ids.length - wanted) / 2);
  const start = rows.ids[middle];
  if (start === undefined) return new Float32Array(hiddenSize);
  // Where rows that do not count lie between them, these are read too, up to a tile.
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

/** @throws ModelError if one of the sums over all rows is not finite, which it is as soon as one of their numbers is not */
export function refuseInfinite(unembedding: Unembedding, sums: Float64Array): void {
  const dimension = sums.findIndex((value) => !Number.isFinite(value));
  if (dimension < 0) return;
  const name = unembedding.head.parts.map(({ weight }) => shown(weight.values.tensor.name)).join(', ');
  throw new ModelError(
    `${unembedding.label} holds a number that is not finite in ${name}, dimension ${dimension}, so there is no covariance; export or copy the model again.`,
  );
}
