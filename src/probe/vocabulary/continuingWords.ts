import { ModelError } from '../../errors';
import { contextEncoder } from '../../model/hidden/contexts';
import type { Model } from '../../model/model';
import type { Embedder } from '../embed';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';

/** Limit in bytes: running a larger model just to check words would take minutes and much memory. */
const largestModel = 1e9;
/** A piece continues with letters; a word is followed by a space, punctuation or the end. */
const continuation = /^[\p{L}\p{M}]/u;

export interface WordsInQuestion {
  /** By token id. */
  readonly words: ReadonlyMap<number, string>;
  /** Words of the same kind, to put before the words. */
  readonly others: readonly string[];
  /** The spelling of every token, by token id. */
  readonly pieces: readonly string[];
}

/**
 * Finds words that are only pieces of longer words, such as ▁prin of princess: the model expects further letters after them
 * with a probability above one half, both at the beginning of a text and after other words.
 *
 * @returns their ids; `undefined` if the model is too large or cannot run
 */
export async function continuingWords(
  model: Model,
  { algebra, unembedding }: ModelGeometry,
  embedder: Embedder,
  { words, others, pieces }: WordsInQuestion,
  progress: ReportProgress,
): Promise<ReadonlySet<number> | undefined> {
  if (sizeOf(model) > largestModel) return undefined;
  const encode = contextEncoder(model);
  const beginnings = ['', `${others.join(' ')} `];
  const contexts = Array.from(words, ([id, word]) =>
    beginnings.flatMap((beginning) => {
      const written = [beginning + word, ` ${beginning}${word}`].map(encode);
      const ids = written.find((candidate) => candidate.at(-1) === id);
      return ids ? [{ id, ids }] : [];
    }),
  )
    // If the tokenizer never produces the piece in this position, it cannot be tested.
    .filter((own) => own.length === beginnings.length)
    .flat();
  if (contexts.length === 0) return new Set();
  try {
    const { hidden } = await embedder.embed(model, { model: null, contexts, allPositions: false }, progress);
    const logits = await algebra.project(unembedding, hidden, () => undefined);
    const goesOn = pieces.map((piece) => continuation.test(piece));
    const shares = contexts.map((_, column) => expectedShare(logits.data, logits.columns, column, goesOn));
    const least = new Map<number, number>();
    contexts.forEach(({ id }, i) => least.set(id, Math.min(shares[i]!, least.get(id) ?? 1)));
    return new Set([...least].filter(([, share]) => share > 0.5).map(([id]) => id));
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

function sizeOf({ folder: { files, file } }: Model): number {
  return files.filter(({ path }) => path.startsWith(file)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Softmax over the vocabulary, summed over the marked tokens. @param logits `[vocab, columns]` */
function expectedShare(
  logits: ArrayLike<number>,
  columns: number,
  column: number,
  marked: readonly boolean[],
): number {
  const at = (token: number): number => logits[token * columns + column]!;
  let largest = -Infinity;
  marked.forEach((_, token) => (largest = Math.max(largest, at(token))));
  let [sum, share] = [0, 0];
  marked.forEach((isMarked, token) => {
    const mass = Math.exp(at(token) - largest);
    sum += mass;
    if (isMarked) share += mass;
  });
  return share / sum;
}
