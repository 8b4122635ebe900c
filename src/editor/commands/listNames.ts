/** A row of the list, or a line between rows. */
export type NameRow<T> =
  { readonly kind: 'known'; readonly item: T } | { readonly kind: 'new' | 'offer' | 'line' };

/** What is shown at the moment. */
export interface NamesNow<T> {
  readonly known: readonly T[];
  /** Whether the first one was used last, so that Enter takes it. */
  readonly hasLast: boolean;
  /** Whether the user has chosen to type a new name. */
  readonly isNaming: boolean;
  /** The name that the typed text stands for; empty if nothing is typed. */
  readonly name: string;
  /** A name that must not be chosen. */
  readonly except?: string | undefined;
}

/**
 * The rows of a list of names: the name used last, then a new one, then the others. Every row keeps its place while a name is being typed:
 * VS Code tells the extension only the place of the row that was accepted, which may be that of an earlier list.
 */
export function nameRows<T extends { readonly name: string }>(now: NamesNow<T>): readonly NameRow<T>[] {
  const { known, hasLast, isNaming, name, except } = now;
  const rows = known.map((item) => ({ kind: 'known', item }) as const);
  const same = rows.filter(({ item }) => item.name === name);
  const canBeNew = same.length === 0 && name !== except;
  const slot = { kind: name === '' ? 'new' : canBeNew ? 'offer' : 'line' } as const;
  if (isNaming) return name === '' ? [] : canBeNew ? [slot] : same;
  const before = hasLast ? rows.slice(0, 1) : [];
  const after = rows.slice(before.length);
  return [...before, slot, ...(after.length > 0 ? [{ kind: 'line' } as const] : []), ...after];
}

/** The place of the row that Enter accepts once a name is typed: a known one only if it begins like that; −1 for none. */
export function acceptedRow<T extends { readonly name: string }>(
  rows: readonly NameRow<T>[],
  name: string,
): number {
  const isKnown = (row: NameRow<T>): boolean => row.kind === 'known' && row.item.name.startsWith(name);
  const exact = rows.findIndex((row) => row.kind === 'known' && row.item.name === name);
  if (exact >= 0) return exact;
  const known = rows.findIndex(isKnown);
  return known >= 0 ? known : rows.findIndex(({ kind }) => kind === 'offer');
}
