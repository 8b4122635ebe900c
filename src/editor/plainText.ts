/** Takes no room and cannot be seen. */
const zeroWidthSpace = '\u200B';

/**
 * Text that VS Code shows as it is. Notifications, progress titles, and the prompts and messages of input boxes turn
 * `[label](command:…)` into a link that runs the command, and labels turn `$(name)` into an icon. Names, words, paths and
 * messages of libraries may hold either, so both are broken after their first half.
 */
export function plainText(text: string): string {
  return text.replace(/[\]$](?=\()/gu, `$&${zeroWidthSpace}`);
}
