import { highlight } from '../state/highlight';
import type { ChartBrush } from './chartBrush';
import type { ChartKeys } from './chartBands';
import { ChartTooltip } from './chartTooltip';
import type { ChartZoom } from './chartZoom';
import type { Cell, Picture } from './picture';
import { placeAt } from './placeAt';

/** What else reacts to the keys of a chart. */
export interface ChartParts {
  readonly zoom: ChartZoom;
  readonly brush: ChartBrush;
  readonly keys: () => ChartKeys;
  /** Told of the active cell. */
  readonly pointed: (cell: Cell | undefined) => void;
}

/**
 * The active cell of a chart: follows the mouse and the arrow keys, shows its values, and is activated by a click or Enter.
 */
export class ChartCursor {
  readonly #mark = document.createElement('div');
  readonly #tooltip = new ChartTooltip();
  #picture: Picture | undefined;
  #activate: (cell: Cell) => void = () => undefined;
  #canActivate = false;
  #cell: Cell | undefined;
  #isPointing = false;
  /** Whether the active cell is that of a linked chart. */
  #isFollowing = false;

  constructor(
    private readonly chart: HTMLElement,
    private readonly frame: HTMLElement,
    private readonly scroll: HTMLElement,
    private readonly parts: ChartParts,
  ) {
    this.#mark.className = 'chart-mark';
    this.#mark.hidden = true;
  }

  connect(): void {
    this.chart.tabIndex = 0;
    this.chart.role = 'group';
    this.frame.append(this.#mark);
    this.chart.append(this.#tooltip.element);
    this.frame.addEventListener('pointermove', this.#onMove);
    this.frame.addEventListener('pointerleave', this.#hide);
    this.frame.addEventListener('click', this.#onClick);
    this.chart.addEventListener('keydown', this.#onKey);
    this.chart.addEventListener('blur', this.#hide);
  }

  disconnect(): void {
    this.frame.removeEventListener('pointermove', this.#onMove);
    this.frame.removeEventListener('pointerleave', this.#hide);
    this.frame.removeEventListener('click', this.#onClick);
    this.chart.removeEventListener('keydown', this.#onKey);
    this.chart.removeEventListener('blur', this.#hide);
    this.#hide();
  }

  /** After a change of the values: shows the new ones of the active cell, or hides it if it no longer exists. */
  pictureChanged(picture: Picture, activate: (cell: Cell) => void, canActivate: boolean): void {
    this.#picture = picture;
    this.#activate = activate;
    this.#canActivate = canActivate;
    const cell = this.#cell;
    if (!cell) return;
    if (cell.row >= picture.rows || cell.column >= picture.columns) this.#hide();
    else if (this.#isFollowing) this.#place(picture, cell);
    else this.#show(cell);
  }

  /** Marks the active cell of a linked chart, whose tooltip speaks for all. */
  follow(cell: Cell | undefined): void {
    this.#tooltip.hide();
    this.#cell = cell;
    this.#isPointing = false;
    this.#isFollowing = cell !== undefined;
    this.#mark.hidden = true;
    if (cell && this.#picture) this.#place(this.#picture, cell);
  }

  readonly #onMove = (event: PointerEvent): void => {
    const cell = this.parts.brush.isDragging ? undefined : this.#cellUnder(event);
    this.#tooltip.quiet();
    this.frame.classList.toggle('can-activate', cell !== undefined && this.#canActivate);
    if (cell) this.#show(cell);
    else this.#hide();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const cell = this.#cellUnder(event);
    if (cell) this.#activate(cell);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const picture = this.#picture;
    // The buttons below the chart have keys of their own.
    if (!picture || event.target !== this.chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const { zoom, brush } = this.parts;
    if (event.key === 'Escape') {
      this.#hide();
      brush.clear();
    } else if (zoom.key(event.key, this.#cell)) this.#tooltip.hide();
    else if ((event.key === 'Enter' || event.key === ' ') && this.#cell) this.#activate(this.#cell);
    else {
      const cell = this.#cell ? moved(this.#cell, event.key, picture) : firstCell(event.key, picture);
      if (!cell) return;
      if (event.shiftKey) brush.extend(this.#cell ?? cell, cell);
      else brush.clear();
      if (zoom.reveal(cell)) {
        // Shown when the picture has moved.
        this.#cell = cell;
        event.preventDefault();
        return;
      }
      this.scroll.scrollTop = picture.scrollTopFor(cell, this.scroll.scrollTop);
      this.#tooltip.speak();
      this.#show(cell);
      this.#mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    event.preventDefault();
  };

  readonly #hide = (): void => {
    if (this.#cell && !this.#isFollowing) this.parts.pointed(undefined);
    this.#cell = undefined;
    this.#isFollowing = false;
    this.#mark.hidden = true;
    this.#tooltip.hide();
    if (this.#isPointing) highlight('pointer', []);
    this.#isPointing = false;
  };

  #cellUnder(event: MouseEvent): Cell | undefined {
    return this.#picture?.cellAt(...placeAt(event, this.frame), this.scroll.scrollTop);
  }

  #show(cell: Cell): void {
    if (!this.#picture) return;
    this.#cell = cell;
    this.#isFollowing = false;
    this.#place(this.#picture, cell);
    this.parts.pointed(cell);
    const { rows, columns } = this.parts.keys();
    const keys = [rows?.[cell.row], columns?.[cell.column]].filter((key) => key !== undefined);
    this.#isPointing ||= keys.length > 0;
    if (this.#isPointing) highlight('pointer', keys);
    this.#tooltip.show(this.#picture.describe(cell), this.#mark.getBoundingClientRect());
  }

  #place(picture: Picture, cell: Cell): void {
    const box = picture.boxOf(cell, this.scroll.scrollTop);
    const { style } = this.#mark;
    style.left = `${box.left}px`;
    style.top = `${box.top}px`;
    style.width = `${box.width}px`;
    style.height = `${box.height}px`;
    this.#mark.hidden = false;
  }
}

function moved(cell: Cell, key: string, { rows, columns }: Picture): Cell | undefined {
  const to = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(cell.row - 1, cell.column);
    case 'ArrowDown':
      return to(cell.row + 1, cell.column);
    case 'ArrowLeft':
      return to(cell.row, cell.column - 1);
    case 'ArrowRight':
      return to(cell.row, cell.column + 1);
    case 'PageUp':
      return to(cell.row - 20, cell.column);
    case 'PageDown':
      return to(cell.row + 20, cell.column);
    case 'Home':
      return to(0, 0);
    case 'End':
      return to(rows - 1, columns - 1);
    default:
      return undefined;
  }
}

function firstCell(key: string, picture: Picture): Cell | undefined {
  const first = { row: 0, column: 0 };
  return key.startsWith('Arrow') ? first : moved(first, key, picture);
}
