import { isObject } from '../isObject';
import {
  definitionOfParts,
  encoded,
  type PartialDefinition,
  type TokenizerDefinition,
} from './tokenizerText';

/** Words of letters: a LLaMA-family normalizer at most changes their Unicode form, and removes nothing. */
const plainWord = /^\p{L}[\p{L}\p{M}]*$/u;
const unicodeForms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** Largest number of parts of words, enough for several thousand words of a dozen letters. */
const mostParts = 4e6;

/**
 * The definition with only the merges and tokens that can apply within these words: byte-pair encoding joins adjacent
 * pieces, so only substrings of a word can occur in it. The tokenization of these words stays exactly the same, and a
 * tokenizer made from it is ready several times sooner.
 *
 * @param json the file's bytes
 * @returns `undefined` if that is not certain: words that a normalizer might change, steps that LLaMA-family files do not
 *   have, added tokens that occur in the words, or a file in an unexpected format
 */
export function withRelevantVocabulary(
  json: Buffer,
  words: readonly string[],
): PartialDefinition | undefined {
  const parts = partsOfWords(words);
  const found = parts && definitionOfParts(json, parts);
  return found && isKnownKind(found.definition, parts) ? found : undefined;
}

/**
 * Everything that can be a piece of these words after a space, see {@link encoded}; undefined if it is not certain, or too
 * much.
 */
export function partsOfWords(words: readonly string[]): ReadonlySet<string> | undefined {
  if (!words.every((word) => formsOf(word).every((form) => plainWord.test(form)))) return undefined;
  const texts = new Set(words.flatMap(spellings).map(encoded));
  if ([...texts].reduce((sum, { length }) => sum + length ** 2 / 2, 0) > mostParts) return undefined;
  return partsOf(texts);
}

/** Whether {@link spellings} describes everything that happens to a word of letters, and no added token splits it. */
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

/** A single step, or the steps of a sequence. */
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

/** Steps that split text, and write spaces or bytes as {@link spellings} does. */
function isKnownCut(step: unknown): boolean {
  if (!isObject(step)) return false;
  const { type, replacement } = step;
  if (type === 'Metaspace') return replacement === '▁';
  return type === 'ByteLevel' || type === 'Split' || type === 'Digits' || type === 'Punctuation';
}

function formsOf(word: string): string[] {
  return [...new Set([word, ...unicodeForms.map((form) => word.normalize(form))])];
}

/** The spellings of a word after a space in both kinds of vocabularies. */
function spellings(word: string): string[] {
  return formsOf(word).flatMap((form) => [`▁${form}`, ` ${form}`, inByteAlphabet(` ${form}`)]);
}

/** The printable characters that byte-level vocabularies (GPT-2, Llama 3) use for the bytes 0…255. */
const byteAlphabet = visibleBytes();

function inByteAlphabet(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byteAlphabet[byte]!).join('');
}

/** Printable Latin-1 characters represent themselves, the other bytes use characters from 256 on. */
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
    // If a suffix has been seen, so have all its parts: spellings of a word differ only in their prefix.
    for (let start = 0; start < text.length && !ends.has(text.slice(start)); start++) {
      ends.add(text.slice(start));
      for (let end = start + 1; end <= text.length; end++) parts.add(text.slice(start, end));
    }
  }
  return parts;
}
