import { highlight } from '../state/highlight';
import type { ChartKeys } from './chartBands';
import { placeAt } from './placeAt';
import type { Cell, CellRange, LaidOut, Picture } from './picture';

/** In pixels: less is a click. */
const leastDrag = 4;

/** Clears the selection of the chart that has it; there is one at a time. */
let clearSelection: (() => void) | undefined;

/**
 * Selects a rectangle of cells by dragging, or by Shift and the arrow keys, and highlights its rows and columns everywhere. A chart
 * without cells to select is moved by dragging.
 */
export class ChartBrush {
  readonly element = document.createElement('div');
  #picture: Picture | undefined;
  #range: CellRange | undefined;
  #anchor: Cell | undefined;
  #from: PointerEvent | undefined;
  #isDragging = false;

  constructor(
    private readonly frame: HTMLElement,
    private readonly scroll: HTMLElement,
    private readonly keys: () => ChartKeys,
    private readonly changed: () => void,
    private readonly pan: (right: number, down: number) => void,
  ) {
    this.element.className = 'chart-selection';
    this.element.hidden = true;
  }

  connect(): void {
    this.frame.addEventListener('pointerdown', this.#onDown);
    this.frame.addEventListener('pointermove', this.#onMove);
    this.frame.addEventListener('pointerup', this.#onUp);
    this.frame.addEventListener('pointercancel', this.#onUp);
    this.frame.addEventListener('click', this.#onClick, { capture: true });
  }

  disconnect(): void {
    this.frame.removeEventListener('pointerdown', this.#onDown);
    this.frame.removeEventListener('pointermove', this.#onMove);
    this.frame.removeEventListener('pointerup', this.#onUp);
    this.frame.removeEventListener('pointercancel', this.#onUp);
    this.frame.removeEventListener('click', this.#onClick, { capture: true });
    this.clear();
  }

  get range(): CellRange | undefined {
    return this.#range;
  }

  get isDragging(): boolean {
    return this.#isDragging;
  }

  pictureChanged(picture: Picture): void {
    this.#picture = picture;
    this.#place();
  }

  readonly clear = (): void => {
    this.#anchor = undefined;
    if (!this.#range) return;
    this.#range = undefined;
    if (clearSelection === this.clear) {
      clearSelection = undefined;
      highlight('selection', []);
    }
    this.#place();
    this.changed();
  };

  /** Shift and an arrow key: from the cell where the selection began to this one. */
  extend(from: Cell, to: Cell): void {
    if (!this.#picture?.zoomable?.rangeText) return;
    this.#anchor ??= from;
    this.#select(this.#anchor, to);
  }

  /** Shows what is selected in a linked chart, which highlights it. */
  follow(range: CellRange | undefined): void {
    if (!range) {
      this.clear();
      return;
    }
    this.#anchor = undefined;
    this.#range = range;
    this.#place();
    this.changed();
  }

  #select(a: Cell, b: Cell): void {
    if (clearSelection !== this.clear) clearSelection?.();
    clearSelection = this.clear;
    this.#anchor = a;
    const sorted = (x: number, y: number) => [Math.min(x, y), Math.max(x, y)] as const;
    const [rows, columns] = [sorted(a.row, b.row), sorted(a.column, b.column)];
    this.#range = {
      first: { row: rows[0], column: columns[0] },
      last: { row: rows[1], column: columns[1] },
    };
    const keys = this.keys();
    highlight('selection', [
      ...(keys.rows?.slice(rows[0], rows[1] + 1) ?? []),
      ...(keys.columns?.slice(columns[0], columns[1] + 1) ?? []),
    ]);
    this.#place();
    this.changed();
  }

  #place(): void {
    const [range, picture] = [this.#range, this.#picture];
    this.element.hidden = !range || !picture;
    if (!range || !picture) return;
    const [from, to] = [range.first, range.last].map((cell) => picture.boxOf(cell, this.scroll.scrollTop));
    Object.assign(this.element.style, {
      left: `${from!.left}px`,
      top: `${from!.top}px`,
      width: `${to!.left + to!.width - from!.left}px`,
      height: `${to!.top + to!.height - from!.top}px`,
    });
  }

  readonly #onDown = (event: PointerEvent): void => {
    // A finger scrolls.
    this.#isDragging = false;
    this.#from =
      event.button === 0 && event.pointerType !== 'touch' && this.#cellAt(event) ? event : undefined;
  };

  readonly #onMove = (event: PointerEvent): void => {
    const from = this.#from;
    if (!from) return;
    const [right, down] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!this.#isDragging) {
      if (Math.hypot(right, down) < leastDrag) return;
      this.#isDragging = true;
      this.frame.setPointerCapture(event.pointerId);
    }
    if (!this.#picture?.zoomable?.rangeText) {
      this.pan(-right, -down);
      this.#from = event;
      return;
    }
    const [start, end] = [this.#cellAt(from), this.#cellAt(event)];
    this.#anchor = start;
    if (start && end) this.#select(start, end);
  };

  readonly #onUp = (): void => {
    this.#from = undefined;
    // After the click that ends the drag.
    setTimeout(() => {
      this.#isDragging = false;
    });
  };

  /** The end of a drag is no click. */
  readonly #onClick = (event: MouseEvent): void => {
    if (this.#isDragging) event.stopPropagation();
  };

  /** The cell at the mouse, or the nearest one in the plot. */
  #cellAt(event: PointerEvent): Cell | undefined {
    const plot = this.#picture?.zoomable?.plot;
    if (!plot || !this.#picture) return undefined;
    const [x, y] = placeAt(event, this.frame);
    if (event.type === 'pointerdown' && !isWithin(x, y, plot)) return undefined;
    const inside = (at: number, from: number, length: number) =>
      Math.max(from + 0.5, Math.min(from + length - 0.5, at));
    const cell = this.#picture.cellAt(
      inside(x, plot.left, plot.width),
      inside(y, plot.top, plot.height),
      this.scroll.scrollTop,
    );
    return cell ?? (this.#picture.zoomable?.rangeText ? undefined : { row: 0, column: 0 });
  }
}

function isWithin(x: number, y: number, plot: NonNullable<LaidOut['zoomable']>['plot']): boolean {
  return x >= plot.left && y >= plot.top && x < plot.left + plot.width && y < plot.top + plot.height;
}
