import { shown } from '../onnx/refusalText';
import { ModelError } from '../modelError';
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

/** The whole vocabulary in tiles, one after the other, each written over the one before. @throws ModelError if the data is cut off */
export function* headPass(unembedding: Unembedding, progress: (share: number) => void): Generator<HeadTile> {
  const { vocabSize, hiddenSize } = unembedding.head;
  // Of equal size, so that memory for one serves the next.
  const most = Math.ceil(vocabSize / Math.ceil(vocabSize / tokensPerTile(hiddenSize)));
  let tile: HeadTile | undefined;
  for (let first = 0; first < vocabSize; first += most) {
    progress(first / vocabSize);
    tile = unembedding.tile(first, Math.min(most, vocabSize - first), tile);
    yield tile;
  }
  progress(1);
}

/**
 * A vector near the mean of U's rows, `[hidden]`, from some tokens in the middle of the vocabulary: moments are taken
 * around it, because around 0 a common part of all rows would cost the digits that tell them apart.
 */
export function roughMean(unembedding: Unembedding): Float32Array {
  const { vocabSize, hiddenSize, layout } = unembedding.head;
  const count = Math.min(shiftTokens, vocabSize);
  const data = decodeTile(unembedding.tile(Math.floor((vocabSize - count) / 2), count));
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
  const name = shown(unembedding.head.weight.values.tensor.name);
  throw new ModelError(
    `${unembedding.label} holds a number that is not finite in ${name}, dimension ${dimension}, so there is no covariance; export or copy the model again.`,
  );
}
