import type { FigureScope, FiguresMade, PanelPage, ShownItem } from '../protocol/panelMessages';

/** What commands may do with the panel. */
export interface PanelHandle {
  /** Shows a page, and an item on it. */
  show(page: PanelPage, item?: ShownItem): void;
  moveTo(place: 'editor' | 'sideBar'): Promise<void>;
  /** Asks the panel for figures. @returns false if it was closed or hidden before it had made them all */
  collectFigures(
    scope: FigureScope,
    made: (figures: FiguresMade) => void,
    signal: AbortSignal,
  ): Promise<boolean>;
}
