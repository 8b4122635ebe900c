import type { FromPanel } from '../../src/protocol/panelMessages';
import type { TableId, UiState } from './uiState';

/** What a view can ask for. */
export interface Actions {
  /** `undefined` in a report: what needs the host is then not offered. */
  readonly post: ((message: FromPanel) => void) | undefined;
  /** Changes what the reader chose. */
  readonly choose: (change: Partial<UiState>) => void;
  toggleTable(table: TableId, open: boolean): void;
}
