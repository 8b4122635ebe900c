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
 * The rows of a list of names, of which Enter accepts the first: the name used last, otherwise a new one. While a name is being typed,
 * an existing one only if it begins like that.
 */
export function nameRows<T extends { readonly name: string }>(now: NamesNow<T>): readonly NameRow<T>[] {
  const { known, hasLast, isNaming, name, except } = now;
  const rows = known.map((item) => ({ kind: 'known', item }) as const);
  if (name === '') {
    if (isNaming) return [];
    const [first, ...others] = rows;
    const another = { kind: 'new' } as const;
    const line = { kind: 'line' } as const;
    if (!first || !hasLast) return rows.length === 0 ? [another] : [another, line, ...rows];
    return others.length === 0 ? [first, another] : [first, another, line, ...others];
  }
  const same = rows.filter(({ item }) => item.name === name);
  if (same.length > 0) return isNaming ? same : rows;
  if (name === except) return isNaming ? [] : rows;
  const offer = { kind: 'offer' } as const;
  if (isNaming) return [offer];
  return known.some((item) => item.name.startsWith(name)) ? [...rows, offer] : [offer, ...rows];
}
