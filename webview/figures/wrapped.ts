import type { Measure } from '../charts/textWidth';

/** A text in lines that are as wide as fits; a longer word has a line of its own. */
export function wrapped(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = '';
  // A no-break space keeps "n = 12" together.
  for (const word of text.split(/[^\S\u00a0]+/u)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
