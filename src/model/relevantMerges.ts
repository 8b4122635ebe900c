/** A `tokenizer.json` of Hugging Face's tokenizers. */
export type TokenizerDefinition = Readonly<Record<string, unknown>>;

/** Words that every LLaMA-family normaliser and byte-level alphabet leaves as they are. */
const plainWord = /^[A-Za-z]+$/u;

/**
 * The definition with only the merges that can ever apply within these words: byte-pair encoding joins neighbours, so a
 * merge whose result is no part of a word cannot happen in it. The cut of these words stays exactly the same, and a
 * tokenizer made from it is ready several times sooner. `undefined` where that is not certain: words that a normaliser
 * might change, or another kind of model.
 */
export function withRelevantMerges(
  definition: TokenizerDefinition,
  words: readonly string[],
): TokenizerDefinition | undefined {
  const { model } = definition;
  if (!isObject(model) || model['type'] !== 'BPE' || !Array.isArray(model['merges'])) return undefined;
  if (!words.every((word) => plainWord.test(word))) return undefined;
  const parts = partsOf(words.flatMap((word) => ['▁', 'Ġ', ' '].map((space) => space + word)));
  const merges = (model['merges'] as unknown[]).filter((merge) => parts.has(resultOf(merge)));
  return { ...definition, model: { ...model, merges } };
}

/** Merges are written as "a b" or as ["a", "b"]. */
function resultOf(merge: unknown): string {
  if (Array.isArray(merge)) return merge.join('');
  return typeof merge === 'string' ? merge.replace(' ', '') : '';
}

function partsOf(texts: readonly string[]): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const text of texts) {
    for (let start = 0; start < text.length; start++) {
      for (let end = start + 1; end <= text.length; end++) parts.add(text.slice(start, end));
    }
  }
  return parts;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
