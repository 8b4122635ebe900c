/**
 * Characters that a terminal obeys instead of showing: C0 controls without tabs and line breaks, DEL and C1 (ECMA-48), and what
 * reorders text (UAX #9) without isolates that end by themselves.
 */
const controls = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066\u2067]/gu;

/**
 * Text with its control characters as \u escapes. Names, pieces and paths come from files of strangers, whose escape sequences
 * could write to the clipboard. JSON keeps its meaning: these characters occur only in its strings, where the escape is the same
 * character.
 */
export function inert(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
