import { html, nothing, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { PartType, type ChildPart, type PartInfo } from 'lit/directive.js';
import { repeat } from 'lit/directives/repeat.js';

/** Rows of equal height, of which only those in and near the visible part are in the document. */
export interface VirtualRows {
  readonly count: number;
  /** A row that stays in the document wherever it is, because it has the tab stop; −1: none. */
  readonly pinned: number;
  readonly row: (index: number) => TemplateResult;
}

/** Lists that are not longer are in the document as a whole. */
export const mostRowsAtOnce = 60;
/** Rows above and below the visible part, so that scrolling shows no gaps before the next frame. */
const spare = 8;
/** Before the first row is measured. */
const supposedHeight = 28;

/** Where a list finds its place: the body of a table, and the element that scrolls it. */
interface Place {
  readonly body: HTMLElement;
  readonly scroller: HTMLElement;
}

class VirtualRowsDirective extends AsyncDirective {
  #rows: VirtualRows | undefined;
  #place: Place | undefined;
  #rowHeight = supposedHeight;
  #isPrinting = false;
  #pending = 0;
  readonly #resize = new ResizeObserver(() => {
    this.#measure();
  });

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.CHILD) throw new TypeError('virtualRows needs the place of a child.');
  }

  override render(rows: VirtualRows): unknown {
    this.#rows = rows;
    return this.#content();
  }

  override update(part: ChildPart, [rows]: [VirtualRows]): unknown {
    if (rows.count > mostRowsAtOnce && !this.#place) this.#connectLater(part);
    return this.render(rows);
  }

  override disconnected(): void {
    cancelAnimationFrame(this.#pending);
    this.#resize.disconnect();
    this.#place?.scroller.removeEventListener('scroll', this.#redraw);
    removeEventListener('beforeprint', this.#print);
    removeEventListener('afterprint', this.#printed);
    this.#place = undefined;
  }

  override reconnected(): void {
    this.setValue(this.#content());
  }

  /** The part is in the document only after the first rendering. */
  #connectLater(part: ChildPart): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = requestAnimationFrame(() => {
      const body = part.parentNode as HTMLElement;
      const scroller = body.closest<HTMLElement>('.rows-scroll, .table-scroll');
      // Figures are also rendered into an element that is never in the document, and never removed from it.
      if (!scroller?.isConnected || !this.isConnected) return;
      this.#place = { body, scroller };
      scroller.addEventListener('scroll', this.#redraw, { passive: true });
      this.#resize.observe(scroller);
      addEventListener('beforeprint', this.#print);
      addEventListener('afterprint', this.#printed);
    });
  }

  #measure(): void {
    const row = this.#place?.body.querySelector<HTMLElement>('[data-index]');
    if (row && row.offsetHeight > 0) this.#rowHeight = row.offsetHeight;
    this.#redraw();
  }

  readonly #redraw = (): void => {
    if (!this.isConnected) return;
    const focused = document.activeElement;
    this.setValue(this.#content());
    // `repeat` may move the element, which takes the focus from it.
    if (focused instanceof HTMLElement && this.#place?.body.contains(focused))
      focused.focus({ preventScroll: true });
  };

  /** Paper cannot be scrolled. */
  readonly #print = (): void => {
    this.#isPrinting = true;
    this.#redraw();
  };

  readonly #printed = (): void => {
    this.#isPrinting = false;
    this.#redraw();
  };

  #content(): unknown {
    const { count, row } = this.#rows!;
    const shown = this.#shown();
    const space = (rows: number) =>
      rows === 0
        ? nothing
        : html`<tr
            class="rows-space"
            aria-hidden="true"
            .style=${`height: ${rows * this.#rowHeight}px`}
          ></tr>`;
    return [
      repeat(
        shown,
        (index) => index,
        (index, at) => html`${space(index - (shown[at - 1] ?? -1) - 1)}${row(index)}`,
      ),
      space(count - 1 - (shown.at(-1) ?? -1)),
    ];
  }

  /** Ascending positions of the rows in the document. */
  #shown(): readonly number[] {
    const { count, pinned } = this.#rows!;
    if (count <= mostRowsAtOnce || this.#isPrinting) return Array.from({ length: count }, (_, at) => at);
    const { scrollTop, clientHeight } = this.#place?.scroller ?? { scrollTop: 0, clientHeight: 0 };
    const first = Math.max(0, Math.floor(scrollTop / this.#rowHeight) - spare);
    const visible = Math.ceil((clientHeight || 800) / this.#rowHeight);
    const last = Math.min(count, first + visible + 2 * spare);
    const shown = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
    const kept = [pinned, this.#focused()].filter((at) => at >= 0 && at < count);
    return [...new Set([...shown, ...kept])].sort((a, b) => a - b);
  }

  /** The row with the focus stays, so that the focus does. */
  #focused(): number {
    const row = document.activeElement?.closest<HTMLElement>('[data-index]');
    return row && this.#place?.body.contains(row) ? Number(row.dataset['index']) : -1;
  }
}

/**
 * The rows of a list in an element of the class `rows-scroll` or `table-scroll`. Each row has `data-index`, and a fixed height; the table has
 * `aria-rowcount`, and its rows `aria-rowindex`, for what is not in the document.
 */
export const virtualRows = directive(VirtualRowsDirective);
