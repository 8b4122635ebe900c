/** Matches an element with exactly this text; VS Code replaces spaces by non-breaking spaces. */
export function exactly(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}
