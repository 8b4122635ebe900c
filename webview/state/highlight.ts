import type { CounterfactualPair } from '../../src/concepts/concept';

/*
 * What the reader points at, selects in a map or has the cursor on in the text: emphasized wherever it is shown. Apart from `UiState`,
 * because rendering the page at every move of the mouse would be too slow.
 */

/** Where a highlight comes from; each replaces only its own. */
export type HighlightSource = 'pointer' | 'selection' | 'text';

const sources = new Map<HighlightSource, ReadonlySet<string>>();
const listeners = new Set<() => void>();

/** The key of a concept's rows, columns and names. */
export function conceptKey(concept: string): string {
  return JSON.stringify([concept]);
}

/** The key of a pair's rows, columns, bars and marks. */
export function pairKey(concept: string, { base, target }: CounterfactualPair): string {
  return JSON.stringify([concept, base, target]);
}

/** Highlights these keys instead of the earlier ones of this source. */
export function highlight(source: HighlightSource, keys: Iterable<string>): void {
  const next = new Set(keys);
  const before = sources.get(source);
  if ((before?.size ?? 0) === next.size && [...next].every((key) => before?.has(key))) return;
  sources.set(source, next);
  for (const listener of listeners) listener();
}

export function highlighted(): ReadonlySet<string> {
  return new Set([...sources.values()].flatMap((keys) => [...keys]));
}

/** @returns a function that stops this */
export function onHighlight(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * Elements with `data-highlight` set to a key highlight it while the mouse or the focus is on them, and have `data-highlighted` while
 * it is highlighted.
 *
 * @returns a function to call after the page has been rendered
 */
export function highlightElements(root: HTMLElement): () => void {
  const keyOf = ({ target }: Event) =>
    target instanceof Element
      ? target.closest<HTMLElement>('[data-highlight]')?.dataset['highlight']
      : undefined;
  const point = (event: Event) => {
    // Charts highlight what is under the mouse themselves.
    if (event.target instanceof Element && event.target.closest('probe-picture')) return;
    const key = keyOf(event);
    highlight('pointer', key === undefined ? [] : [key]);
  };
  for (const type of ['pointerover', 'focusin'] as const) root.addEventListener(type, point);
  for (const type of ['pointerleave', 'focusout'] as const)
    root.addEventListener(type, () => {
      highlight('pointer', []);
    });
  const mark = () => {
    const keys = highlighted();
    for (const element of root.querySelectorAll<HTMLElement>('[data-highlight]'))
      element.toggleAttribute('data-highlighted', keys.has(element.dataset['highlight']!));
  };
  onHighlight(mark);
  return mark;
}
