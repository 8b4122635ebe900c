import { t } from '@vscode/l10n';
import type { Concept } from '../../concepts/concept';
import { ModelError } from '../../errors';
import type { Model } from '../../model/model';
import type { ProbeRequest } from '../../protocol/engineMessages';
import type { PairResult } from '../../protocol/probeResult';
import { otherCapitals, withOtherCapitals } from './otherCapitals';
import { tokenizePairs } from './tokenizePairs';

/** A concept with the tokens of its words, and the status of each pair. */
export type TokenizedConcept = Omit<Concept, 'pairs'> & { readonly pairs: readonly PairResult[] };

/** Words → tokens. @throws ModelError if the tokenizer cannot be read or belongs to another model */
export function tokenizeConcepts(
  model: Model,
  { concepts, tokens }: Pick<ProbeRequest, 'concepts' | 'tokens'>,
): TokenizedConcept[] {
  const { tokenizer } = model;
  if (tokens.leadingSpace)
    tokenizer.prepare(wordsOf(concepts).flatMap((word) => [word, ...otherCapitals(word)]));
  const tokenized = concepts.map((concept) => ({
    ...concept,
    pairs: withOtherCapitals(tokenizePairs(concept.pairs, tokenizer, tokens), tokenizer, tokens),
  }));
  refuseForeignTokens(
    model,
    tokenized.flatMap(({ pairs }) => pairs),
  );
  return tokenized;
}

function wordsOf(concepts: readonly Concept[]): string[] {
  return concepts.flatMap(({ pairs }) => pairs.flatMap(({ base, target }) => [base, target]));
}

/** A tokenizer of another model would give ids beyond the head's rows or, worse, wrong rows. */
function refuseForeignTokens(model: Model, pairs: readonly PairResult[]): void {
  const { vocabSize } = model.unembedding.head;
  const largest = pairs
    .filter(({ status }) => status !== 'left-out')
    .flatMap(({ baseIds, targetIds }) => [...baseIds, ...targetIds])
    .reduce((a, b) => Math.max(a, b), -1);
  if (largest < vocabSize) return;
  const { file } = model.folder;
  throw new ModelError(
    t`${model.tokenizer.label} knows token ${largest}, but ${file} has ${vocabSize} tokens; take both from the same model.`,
  );
}
