import type { Cell, CellRange } from './picture';
import type { Zoom } from './zoom';

/** What a chart does because another one of its link did. */
export interface LinkedChart {
  followZoom(zoom: Zoom): void;
  followCell(cell: Cell | undefined): void;
  followSelection(range: CellRange | undefined): void;
}

/** Charts with the same rows and columns, which are zoomed, pointed at and selected in together. */
export class ChartLink {
  readonly #charts = new Set<LinkedChart>();
  #isSharing = false;

  join(chart: LinkedChart): void {
    this.#charts.add(chart);
  }

  leave(chart: LinkedChart): void {
    this.#charts.delete(chart);
  }

  /**
   * Lets the other charts follow.
   *
   * @returns false if this chart is itself following, and therefore has nothing to share
   */
  share(from: LinkedChart, follow: (chart: LinkedChart) => void): boolean {
    if (this.#isSharing) return false;
    this.#isSharing = true;
    try {
      for (const chart of this.#charts) if (chart !== from) follow(chart);
    } finally {
      this.#isSharing = false;
    }
    return true;
  }
}
