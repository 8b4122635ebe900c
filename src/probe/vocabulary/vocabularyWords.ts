import type { VocabularyWord } from '../../protocol/vocabularyResult';

/** After a space. Byte-level vocabularies spell all other letters in bytes. */
const wordAfterSpace = /^(?:▁(\p{L}{2,})|Ġ([A-Za-z]{2,}))$/u;
/** Without a space: in scripts without spaces these are words; in others they may be the rest of one. */
const bareWord =
  /^(?:([A-Za-z]{2,})|([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+))$/u;

/**
 * The tokens that consist only of letters, as words by their ids. If words are tokenized without a space, a piece with letters
 * counts only if the vocabulary also has it after a space: “king” does, “tion” does not.
 *
 * @param pieces the vocabulary's spelling of every token, by id
 */
export function vocabularyWords(
  pieces: readonly string[],
  leadingSpace: boolean,
): ReadonlyMap<number, string> {
  const words = new Map<number, string>();
  const afterSpace = new Set<string>();
  pieces.forEach((piece, id) => {
    const [, spelled, inBytes] = wordAfterSpace.exec(piece) ?? [];
    const word = spelled ?? inBytes;
    if (word === undefined) return;
    afterSpace.add(word);
    if (leadingSpace) words.set(id, word);
  });
  if (leadingSpace) return words;
  pieces.forEach((piece, id) => {
    const [, letters, unspaced] = bareWord.exec(piece) ?? [];
    const word = unspaced ?? (letters !== undefined && afterSpace.has(letters) ? letters : undefined);
    if (word !== undefined) words.set(id, word);
  });
  return words;
}

/**
 * The words that begin with a prefix, in the order of their ids, which is about that of their frequency; those with the
 * prefix's own capitals come first.
 */
export function wordsWithPrefix(
  words: ReadonlyMap<number, string>,
  prefix: string,
  count: number,
): readonly VocabularyWord[] {
  const lower = prefix.toLowerCase();
  const found = Array.from(words, ([id, word]) => ({ id, word })).filter(({ word }) =>
    word.toLowerCase().startsWith(lower),
  );
  const isExact = ({ word }: VocabularyWord): number => Number(word.startsWith(prefix));
  return found.sort((a, b) => isExact(b) - isExact(a) || a.id - b.id).slice(0, count);
}
