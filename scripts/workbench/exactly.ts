/** A pattern for an element whose whole text is this; VS Code puts no-break spaces for spaces. */
export function exactly(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \u00a0]');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}
