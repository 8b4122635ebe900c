import { t } from '@vscode/l10n';
import { placeAt } from './placeAt';
import type { Cell, CellRange, Picture, Zoomable } from './picture';
import { panned, showing, wholePlot, zoomedBy, zoomedTo, type Zoom } from './zoom';

const step = 1.5;

/**
 * Enlarges a part of a chart: Ctrl or ⌘ with the wheel, a pinch, the buttons below it, or + − 0. The wheel alone moves what is
 * enlarged, and the page where there is nothing left to move.
 */
export class ChartZoom {
  readonly element = document.createElement('div');
  readonly #status = document.createElement('span');
  readonly #buttons = {
    in: button('+', t('Zoom in'), () => {
      this.by(step);
    }),
    out: button('−', t('Zoom out'), () => {
      this.by(1 / step);
    }),
    selection: button(t('Zoom to selection'), undefined, () => {
      this.#toSelection();
    }),
    reset: button(t('Reset'), t('Reset zoom and selection'), () => {
      this.reset();
    }),
  };
  #zoom = wholePlot;
  #zoomable: Zoomable | undefined;
  #selection: CellRange | undefined;

  /**
   * @param changed asks for the picture in the new zoom
   * @param clear ends the selection
   */
  constructor(
    private readonly frame: HTMLElement,
    private readonly changed: (zoom: Zoom) => void,
    private readonly clear: () => void,
  ) {
    this.element.className = 'chart-tools';
    this.#status.role = 'status';
    const { in: closer, out, selection, reset } = this.#buttons;
    this.element.append(out, closer, selection, reset, this.#status);
    this.element.hidden = true;
  }

  connect(): void {
    this.frame.addEventListener('wheel', this.#onWheel, { passive: false });
  }

  disconnect(): void {
    this.frame.removeEventListener('wheel', this.#onWheel);
  }

  /** `undefined` for the whole plot. */
  get zoom(): Zoom | undefined {
    return this.#zoom.scale === 1 ? undefined : this.#zoom;
  }

  /** Shows the same part as a linked chart. */
  follow(zoom: Zoom): void {
    this.quiet();
    this.#set(zoom);
  }

  /** For a change that another chart reports: screen readers announce nothing. */
  quiet(): void {
    this.#status.ariaLive = 'off';
  }

  speak(): void {
    this.#status.ariaLive = 'polite';
  }

  /** For a chart of something else. */
  forget(): void {
    this.#zoom = wholePlot;
  }

  pictureChanged({ zoomable }: Picture, selection: CellRange | undefined): void {
    this.#zoomable = zoomable;
    this.#selection = selection;
    const { in: closer, out, selection: toSelection, reset } = this.#buttons;
    const most = zoomable?.mostScale ?? 1;
    const isZoomed = this.#zoom.scale > 1;
    this.element.hidden = !zoomable || (most < 1.05 && !selection);
    closer.disabled = this.#zoom.scale >= most;
    out.disabled = !isZoomed;
    closer.hidden = out.hidden = most < 1.05;
    toSelection.hidden = !selection || most < 1.05;
    reset.hidden = !isZoomed && !selection;
    const texts = [
      ...(isZoomed && zoomable?.shownText ? [zoomable.shownText] : []),
      ...(selection && zoomable?.rangeText ? [zoomable.rangeText(selection)] : []),
    ];
    const text = texts.join(' ');
    // Screen readers announce every change of the text.
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Handles + − 0. @param cell stays where it is */
  key(key: string, cell: Cell | undefined): boolean {
    const share = cell && this.#zoomable?.shareOf(cell);
    const at = share && ([(share.left + share.right) / 2, (share.top + share.bottom) / 2] as const);
    if (!this.#zoomable) return false;
    if (key === '+' || key === '=') this.by(step, at);
    else if (key === '-' || key === '−') this.by(1 / step, at);
    else if (key === '0') this.reset();
    else return false;
    return true;
  }

  /** @param at in shares of the whole plot; the middle of what is shown by default */
  by(factor: number, at?: readonly [number, number]): void {
    const { scale, x, y } = this.#zoom;
    const [atX, atY] = at ?? [x + 0.5 / scale, y + 0.5 / scale];
    this.#set(zoomedBy(this.#zoom, factor, atX, atY, this.#zoomable?.mostScale ?? 1));
  }

  /** Moves what is shown by pixels. @returns whether there was anything to move */
  pan(right: number, down: number): boolean {
    if (!this.#zoomable) return false;
    const { width, height } = this.#zoomable.plot;
    return this.#set(panned(this.#zoom, right / width, down / height));
  }

  /** Moves a cell into what is shown. */
  reveal(cell: Cell): boolean {
    const share = this.#zoomable?.shareOf(cell);
    return share !== undefined && this.#set(showing(this.#zoom, share));
  }

  reset(): void {
    this.clear();
    this.#set(wholePlot);
  }

  #toSelection(): void {
    const zoomable = this.#zoomable;
    if (!this.#selection || !zoomable) return;
    const [first, last] = [this.#selection.first, this.#selection.last].map((cell) =>
      zoomable.shareOf(cell),
    ) as [ReturnType<Zoomable['shareOf']>, ReturnType<Zoomable['shareOf']>];
    const { left, top } = first;
    this.#set(zoomedTo({ left, top, right: last.right, bottom: last.bottom }, zoomable.mostScale));
  }

  #set(zoom: Zoom): boolean {
    const { scale, x, y } = this.#zoom;
    if (scale === zoom.scale && x === zoom.x && y === zoom.y) return false;
    this.#zoom = zoom;
    this.changed(zoom);
    return true;
  }

  readonly #onWheel = (event: WheelEvent): void => {
    const zoomable = this.#zoomable;
    if (!zoomable) return;
    // Firefox counts in lines.
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      const [x, y] = placeAt(event, this.frame);
      const { plot } = zoomable;
      const share = (at: number, from: number, length: number) =>
        Math.max(0, Math.min(1, (at - from) / length)) / this.#zoom.scale;
      const at = [
        this.#zoom.x + share(x, plot.left, plot.width),
        this.#zoom.y + share(y, plot.top, plot.height),
      ] as const;
      // A notch of a mouse's wheel is far more than a step of a pinch.
      const power = Math.max(-0.5, Math.min(0.5, -event.deltaY * unit * 0.01));
      this.by(2 ** power, at);
      // The page itself must not be zoomed.
      event.preventDefault();
    } else if (this.pan(event.deltaX * unit, event.deltaY * unit)) event.preventDefault();
  };
}

function button(text: string, name: string | undefined, act: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  if (name !== undefined) element.ariaLabel = element.title = name;
  element.addEventListener('click', act);
  return element;
}
