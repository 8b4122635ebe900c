/** Words, names, paths and pieces are data, not Markdown. `appendText` would do, but its spaces never break. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~]/gu, '\\$&');
}
