import type { ECharts } from 'echarts/core';
import { ChartBands, type ChartKeys } from './chartBands';
import { ChartBrush } from './chartBrush';
import { ChartCursor } from './chartCursor';
import type { ChartLink, LinkedChart } from './chartLink';
import { ChartZoom } from './chartZoom';
import { newChart } from './charting';
import type { Cell, CellRange, Drawing, LaidOut, PaintedPicture, Picture } from './picture';
import { onThemeChange, readTheme } from './theme';
import type { Zoom } from './zoom';

/**
 * `<probe-picture>`: a chart on a canvas that adapts to size, pixel ratio and theme, with a cursor for mouse and keyboard.
 * Set `drawing`, `sentence` (a text alternative for screen readers) and `activate`.
 */
export class ProbePicture extends HTMLElement implements LinkedChart {
  activate: ((cell: Cell) => void) | undefined;
  /** Of charts that show the same cells: what happens in one, happens in all. */
  link: ChartLink | undefined;
  readonly #scroll = part('chart-scroll');
  readonly #sizer = part('chart-sizer');
  readonly #frame = part('chart-frame');
  readonly #plot = part('chart-plot');
  readonly #note = part('note');
  readonly #bands = new ChartBands(this.#scroll);
  readonly #zoom = new ChartZoom(
    this.#frame,
    (zoom) => {
      this.#redrawSoon();
      this.#share((chart) => {
        chart.followZoom(zoom);
      });
    },
    () => {
      this.#brush.clear();
    },
  );
  readonly #brush: ChartBrush = new ChartBrush(
    this.#frame,
    this.#scroll,
    () => this.#bands.keys,
    () => {
      const { range } = this.#brush;
      this.#share((chart) => {
        chart.followSelection(range);
      });
      if (this.#picture) this.#zoom.pictureChanged(this.#picture, range);
    },
    (right, down) => {
      this.#zoom.pan(right, down);
    },
  );
  readonly #cursor = new ChartCursor(this, this.#frame, this.#scroll, {
    zoom: this.#zoom,
    brush: this.#brush,
    keys: () => this.#bands.keys,
    pointed: (cell) => {
      this.#share((chart) => {
        chart.followCell(cell);
      });
    },
  });
  readonly #resize = new ResizeObserver(() => {
    if (this.clientWidth !== this.#drawnWidth) this.#draw();
  });
  #stopThemes: (() => void) | undefined;
  #drawing: Drawing | undefined;
  #picture: Picture | undefined;
  readonly #canvas = document.createElement('canvas');
  #chart: ECharts | undefined;
  #isDrawn = false;
  #drawnWidth = 0;
  #drawnRatio = 0;
  #pending = 0;

  set drawing(drawing: Drawing) {
    // lit sets objects again even if they have not changed.
    if (drawing === this.#drawing) return;
    this.#drawing = drawing;
    if (!this.isConnected) return;
    // A redraw can wait for the next frame, which also skips intermediate states.
    if (this.#isDrawn) this.#redrawSoon();
    else this.#draw();
  }

  /** Under which keys rows and columns are highlighted, here and elsewhere. */
  set keys(keys: ChartKeys) {
    if (keys === this.#bands.keys) return;
    this.#bands.keys = keys;
    if (this.#picture) this.#bands.pictureChanged(this.#picture);
  }

  set sentence(sentence: string) {
    this.#plot.ariaLabel = sentence;
  }

  connectedCallback(): void {
    this.#plot.role = 'img';
    // The chart itself takes the focus; its scroller would be a second tab stop.
    this.#scroll.tabIndex = -1;
    this.#frame.prepend(this.#plot);
    this.#sizer.append(this.#frame);
    this.#scroll.append(this.#sizer);
    this.#frame.append(this.#bands.element, this.#brush.element);
    this.append(this.#scroll, this.#note, this.#zoom.element);
    this.#brush.connect();
    this.#zoom.connect();
    this.#bands.connect();
    this.#cursor.connect();
    this.link?.join(this);
    this.#scroll.addEventListener('scroll', this.#redrawSoon);
    this.#resize.observe(this);
    this.#stopThemes = onThemeChange(this.#redrawSoon);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.link?.leave(this);
    this.#cursor.disconnect();
    this.#brush.disconnect();
    this.#zoom.disconnect();
    this.#bands.disconnect();
    this.#scroll.removeEventListener('scroll', this.#redrawSoon);
    this.#resize.disconnect();
    this.#stopThemes?.();
    cancelAnimationFrame(this.#pending);
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#isDrawn = false;
  }

  followZoom(zoom: Zoom): void {
    this.#zoom.follow(zoom);
  }

  followCell(cell: Cell | undefined): void {
    this.#cursor.follow(cell);
  }

  followSelection(range: CellRange | undefined): void {
    this.#zoom.quiet();
    this.#brush.follow(range);
  }

  /** Lets the linked charts follow, unless this one is following itself. */
  #share(follow: (chart: LinkedChart) => void): void {
    if (this.link?.share(this, follow)) this.#zoom.speak();
  }

  /** A change of theme changes many attributes: one redraw per frame is enough. */
  readonly #redrawSoon = (): void => {
    cancelAnimationFrame(this.#pending);
    this.#pending = requestAnimationFrame(() => {
      this.#draw();
    });
  };

  #draw(): void {
    if (!this.#drawing || this.clientWidth === 0) return;
    this.#drawnWidth = this.clientWidth;
    const picture = this.#laidOutOf(this.#drawing);
    this.#setSizes(picture);
    const note = picture.note?.(this.#scroll.scrollTop);
    this.#note.textContent = note ?? '';
    this.#note.hidden = note === undefined;
    if ('paint' in picture) this.#paint(picture);
    else this.#chartFor(picture).setOption(picture.option(this.#scroll.scrollTop), { notMerge: true });
    this.#isDrawn = true;
    this.#bands.pictureChanged(picture);
    this.#brush.pictureChanged(picture);
    this.#zoom.pictureChanged(picture, this.#brush.range);
    this.#cursor.pictureChanged(picture, (cell) => this.activate?.(cell), this.activate !== undefined);
  }

  /** In the current zoom, unless the chart has become one of something else. */
  #laidOutOf(drawing: Drawing): Picture {
    const [before, picture] = [this.#picture, this.#laidOut(drawing)];
    this.#picture = picture;
    if (!before || (before.rows === picture.rows && before.columns === picture.columns)) return picture;
    this.#brush.clear();
    if (!this.#zoom.zoom) return picture;
    this.#zoom.forget();
    this.#picture = this.#laidOut(drawing);
    return this.#picture;
  }

  /** The picture for the available space, less a scroll bar if one is needed. */
  #laidOut(drawing: Drawing): Picture {
    const theme = readTheme();
    const draw = (width: number) =>
      drawing({ width, theme, devicePixelRatio: window.devicePixelRatio, zoom: this.#zoom.zoom });
    const picture = draw(this.clientWidth);
    const isTall = picture.scrollHeight > picture.height;
    this.#scroll.style.overflowY = isTall ? 'scroll' : 'hidden';
    return isTall ? draw(this.#scroll.clientWidth) : picture;
  }

  #paint(picture: LaidOut & PaintedPicture): void {
    const { width, height } = picture;
    const ratio = window.devicePixelRatio;
    const canvas = this.#canvas;
    const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
    // Setting the size allocates a new canvas even if it has not changed.
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== rows) canvas.height = rows;
    setSize(canvas, width, height);
    if (!canvas.isConnected) this.#plot.append(canvas);
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    picture.paint(context);
  }

  #setSizes(picture: Picture): void {
    this.#scroll.style.maxHeight = picture.scrollHeight > picture.height ? `${picture.height}px` : '';
    setSize(this.#sizer, picture.width, picture.scrollHeight);
    setSize(this.#frame, picture.width, picture.height);
    setSize(this.#plot, picture.width, picture.height);
  }

  #chartFor({ width, height }: Picture): ECharts {
    if (this.#chart && this.#drawnRatio === window.devicePixelRatio) {
      // Resizing redraws everything even if the size has not changed.
      if (this.#chart.getWidth() !== width || this.#chart.getHeight() !== height)
        this.#chart.resize({ width, height });
      return this.#chart;
    }
    // The pixel ratio of a chart's canvas is fixed when it is created.
    this.#chart?.dispose();
    this.#drawnRatio = window.devicePixelRatio;
    this.#chart = newChart(this.#plot, this.#drawnRatio);
    return this.#chart;
  }
}

customElements.define('probe-picture', ProbePicture);

function part(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  return element;
}

function setSize(element: HTMLElement, width: number, height: number): void {
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}
