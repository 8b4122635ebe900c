import type { FromPanel } from '../src/protocol/panelMessages';
import type { TableId } from './uiState';

/** What a view can ask for. */
export interface Actions {
  /** `undefined` in a report: what needs the host is then not offered. */
  readonly post: ((message: FromPanel) => void) | undefined;
  select(concept: string): void;
  sort(sorted: boolean): void;
  toggleTable(table: TableId, open: boolean): void;
}
