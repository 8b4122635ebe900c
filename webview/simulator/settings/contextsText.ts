/** "0⋄⋄, 1⋄⋄"; empty for all contexts. */
export function contextsText(contexts: readonly string[] | null): string {
  return contexts?.join(', ') ?? '';
}

/** The contexts of a text, with commas or spaces between them and * or ? for ⋄; `null`, all, of an empty one. */
export function readContexts(text: string): readonly string[] | null {
  const contexts = text
    .replaceAll(/[*?]/g, '⋄')
    .split(/[\s,;{}]+/)
    .filter((context) => context !== '');
  return contexts.length === 0 ? null : contexts;
}
