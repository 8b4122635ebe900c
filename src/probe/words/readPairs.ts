import type { Matrix } from '../../geometry/matrix';
import type { Model } from '../../model/model';
import type { ProbeRequest } from '../../protocol/engineMessages';
import { markEqualRows } from './equalRows';
import { meanRows } from './meanRows';
import type { RowSource } from '../rowSource';
import { tokenizeConcepts, type TokenizedConcept } from './tokenizeConcepts';
import { wordRows, type WordRows } from './wordRows';

/** Concepts with the rows of U for their words. */
export interface ReadPairs extends WordRows {
  readonly tokenized: readonly TokenizedConcept[];
  /** Rows of U for {@link WordRows.lists}, `[words, hidden]`. */
  readonly raw: Matrix;
}

/**
 * Words → tokens → rows of U: which pairs count, and their rows.
 *
 * @param euclidean unmapped rows of U
 * @param onRead called before the rows are read
 * @throws ModelError if the tokenizer belongs to another model, or rows cannot be read
 */
export async function readPairs(
  model: Model,
  euclidean: Pick<RowSource, 'rows'>,
  request: Pick<ProbeRequest, 'concepts' | 'tokens'>,
  onRead?: () => void,
): Promise<ReadPairs> {
  const { tokens } = request;
  const all = tokenizeConcepts(model, request);
  const words = wordRows(all, tokens);
  onRead?.();
  const raw = await meanRows(euclidean, words.lists);
  const tokenized = all.map((concept, index) => ({
    ...concept,
    pairs: markEqualRows(concept.pairs, words.concepts[index]!.pairs, raw, tokens.policy),
  }));
  if (tokenized.every(({ pairs }, index) => pairs === all[index]!.pairs)) return { tokenized, ...words, raw };
  const counted = wordRows(tokenized, tokens);
  return { tokenized, ...counted, raw: await meanRows(euclidean, counted.lists) };
}
