/** Characters that are looked at. */
const sample = 10_000;

/** Whether a text is a binary file that was opened as text: it has NUL, or much of it is no character. */
export function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const start = text.slice(0, sample);
  return [...start.matchAll(/\uFFFD/gu)].length > start.length / 10;
}
