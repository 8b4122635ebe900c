import { longestWord } from './concept';

/** The words of selected pieces of text, each once: one in each line, or between commas, semicolons or tabs. */
export function wordsFromText(texts: readonly string[]): readonly string[] {
  const words = texts
    .flatMap((text) => text.split(/[\r\n,;\t]+/u))
    .map((word) => word.trim())
    .filter((word) => word !== '' && word.length <= longestWord);
  return [...new Set(words)];
}
