/** Has no width and is invisible. */
const zeroWidthSpace = '\u200B';

/**
 * Text that VS Code shows verbatim. Notifications, progress titles, and the prompts and messages of input boxes turn
 * `[label](command:…)` into a link that runs the command, and labels turn `$(name)` into an icon. Names, words, paths and
 * messages of libraries may contain either, so both are broken up by an invisible character.
 */
export function plainText(text: string): string {
  return text.replace(/[\]$](?=\()/gu, `$&${zeroWidthSpace}`);
}
