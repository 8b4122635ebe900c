import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';

export type NearestColumn = 'token' | 'id' | InnerProduct;

/** How the table of nearest tokens is sorted and filtered. */
export interface NearestUi {
  /** `null`: by the inner product that the page shows. */
  readonly sort: NearestColumn | null;
  readonly isReversed: boolean;
  readonly filter: string;
}

const columns: readonly NearestColumn[] = ['token', 'id', ...innerProducts];

export function restoreNearestUi(saved: unknown): NearestUi {
  const from: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  return {
    sort: columns.find((column) => column === from['sort']) ?? null,
    isReversed: from['isReversed'] === true,
    filter: typeof from['filter'] === 'string' ? from['filter'] : '',
  };
}
