import { isObject } from './isObject';
import {
  definitionOfParts,
  encoded,
  type PartialDefinition,
  type TokenizerDefinition,
} from './tokenizerText';

/** Words of letters: a LLaMA-family normaliser brings them into a Unicode form at most, and cuts nothing off. */
const plainWord = /^\p{L}[\p{L}\p{M}]*$/u;
const unicodeForms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** Parts of words are kept one by one: so many at most, which some thousand words of a dozen letters have. */
const mostParts = 4e6;

/**
 * The definition with only the merges and tokens that can ever apply within these words: byte-pair encoding joins
 * neighbours, so what is no part of a word cannot come up in it. The cut of these words stays exactly the same, and a
 * tokenizer made from it is ready several times sooner.
 *
 * @param json the file's bytes
 * @returns `undefined` where that is not certain: words that a normaliser might change, other steps than LLaMA-family
 * files have, added tokens that occur in the words, or a file that is written in another way
 */
export function withRelevantVocabulary(
  json: Buffer,
  words: readonly string[],
): PartialDefinition | undefined {
  if (!words.every((word) => formsOf(word).every((form) => plainWord.test(form)))) return undefined;
  const texts = new Set(words.flatMap(spellings).map(encoded));
  if ([...texts].reduce((sum, { length }) => sum + length ** 2 / 2, 0) > mostParts) return undefined;
  const parts = partsOf(texts);
  const found = definitionOfParts(json, parts);
  return found && isKnownKind(found.definition, parts) ? found : undefined;
}

/** Whether nothing happens to a word of letters but what {@link spellings} says, and no added token cuts it. */
function isKnownKind(definition: TokenizerDefinition, parts: ReadonlySet<string>): boolean {
  const { normalizer, pre_tokenizer: preTokenizer, added_tokens: added } = definition;
  const occurs = (token: unknown): boolean =>
    !isObject(token) || typeof token['content'] !== 'string' || parts.has(encoded(token['content']));
  return (
    stepsOf(normalizer, 'normalizers').every(isKnownNormalizer) &&
    stepsOf(preTokenizer, 'pretokenizers').every(isKnownCut) &&
    !(Array.isArray(added) && added.some(occurs))
  );
}

/** A step, or all of a sequence. */
function stepsOf(step: unknown, members: string): unknown[] {
  if (step === null || step === undefined) return [];
  const inside = isObject(step) && step['type'] === 'Sequence' ? step[members] : undefined;
  return Array.isArray(inside) ? inside.flatMap((one) => stepsOf(one, members)) : [step];
}

function isKnownNormalizer(step: unknown): boolean {
  if (!isObject(step)) return false;
  const { type, prepend, pattern, content } = step;
  if (type === 'Prepend') return prepend === '▁';
  if (type === 'Replace') return isObject(pattern) && pattern['String'] === ' ' && content === '▁';
  return unicodeForms.some((form) => form === type);
}

/** Steps that cut, and write a space or bytes as {@link spellings} does. */
function isKnownCut(step: unknown): boolean {
  if (!isObject(step)) return false;
  const { type, replacement } = step;
  if (type === 'Metaspace') return replacement === '▁';
  return type === 'ByteLevel' || type === 'Split' || type === 'Digits' || type === 'Punctuation';
}

function formsOf(word: string): string[] {
  return [...new Set([word, ...unicodeForms.map((form) => word.normalize(form))])];
}

/** How vocabularies of either kind may spell a word after a space. */
function spellings(word: string): string[] {
  return formsOf(word).flatMap((form) => [`▁${form}`, ` ${form}`, inByteAlphabet(` ${form}`)]);
}

/** The visible characters that byte-level vocabularies (GPT-2's and Llama 3's) write for the bytes 0…255. */
const byteAlphabet = visibleBytes();

function inByteAlphabet(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byteAlphabet[byte]!).join('');
}

/** Printable Latin-1 stands for itself, the other bytes take characters from 256 on. */
function visibleBytes(): readonly string[] {
  const isPrintable = (byte: number): boolean =>
    (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

function partsOf(texts: Iterable<string>): ReadonlySet<string> {
  const parts = new Set<string>();
  const ends = new Set<string>();
  for (const text of texts) {
    // The parts of an end that came up before are all there: spellings of a word differ in what stands before it.
    for (let start = 0; start < text.length && !ends.has(text.slice(start)); start++) {
      ends.add(text.slice(start));
      for (let end = start + 1; end <= text.length; end++) parts.add(text.slice(start, end));
    }
  }
  return parts;
}
