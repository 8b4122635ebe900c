import type { FromPanel } from '../../src/protocol/panelMessages';
import type { TableId, UiState } from './uiState';

/** The actions that a view can trigger. */
export interface Actions {
  /** `undefined` in a report, which does not offer anything that needs the host. */
  readonly post: ((message: FromPanel) => void) | undefined;
  /** Changes the reader's choices. */
  readonly choose: (change: Partial<UiState>) => void;
  /** The same for what the view that asks shows itself: nothing else is rendered. */
  readonly keep: (change: Partial<UiState>) => void;
  /** Chooses a concept, and brings its section into view. */
  readonly showConcept: (name: string) => void;
  toggleTable(table: TableId, open: boolean): void;
}
