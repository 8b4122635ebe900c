/**
 * Escapes words, names, paths and token pieces, which are data rather than Markdown. `appendText` makes all spaces
 * non-breaking.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~]/gu, '\\$&');
}
