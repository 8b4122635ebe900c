/** What the reader chose in the panel; it outlives hiding the panel, unlike the results. */
export interface UiState {
  /** The concept that is shown in detail; the first one if there is no such concept. */
  readonly concept: string | null;
  /** Pairs by their leave-one-out cosine instead of the file's order. */
  readonly sorted: boolean;
  /** Charts whose table is open. */
  readonly openTables: readonly TableId[];
}

export type TableId = 'directions' | 'pairs' | 'leave-one-out';

const tableIds: readonly TableId[] = ['directions', 'pairs', 'leave-one-out'];

/** Takes what is usable of an earlier session's choice. */
export function restoreUi(saved: unknown): UiState {
  const from: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  const open: readonly unknown[] = Array.isArray(from['openTables']) ? from['openTables'] : [];
  return {
    concept: typeof from['concept'] === 'string' ? from['concept'] : null,
    sorted: from['sorted'] === true,
    openTables: tableIds.filter((id) => open.includes(id)),
  };
}
