import { highlighted, onHighlight } from '../state/highlight';
import type { Box, LaidOut } from './picture';

/** The keys of a chart's rows and columns, under which they are highlighted. */
export interface ChartKeys {
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
}

/** Bands over the rows and columns of a chart that are highlighted, above the picture, which is not painted again. */
export class ChartBands {
  readonly element = document.createElement('div');
  readonly #rows = new Map<string, number>();
  readonly #columns = new Map<string, number>();
  #keys: ChartKeys = {};
  #picture: LaidOut | undefined;
  #stop: (() => void) | undefined;

  constructor(private readonly scroll: HTMLElement) {
    this.element.className = 'chart-bands';
  }

  get keys(): ChartKeys {
    return this.#keys;
  }

  set keys(keys: ChartKeys) {
    this.#keys = keys;
    for (const [known, all] of [
      [this.#rows, keys.rows],
      [this.#columns, keys.columns],
    ] as const) {
      known.clear();
      all?.forEach((key, index) => known.set(key, index));
    }
  }

  connect(): void {
    this.#stop = onHighlight(this.#draw);
  }

  disconnect(): void {
    this.#stop?.();
  }

  pictureChanged(picture: LaidOut): void {
    this.#picture = picture;
    this.#draw();
  }

  readonly #draw = (): void => {
    const picture = this.#picture;
    const keys = highlighted();
    const places = (known: ReadonlyMap<string, number>) =>
      keys.size === 0 || known.size === 0
        ? []
        : [...keys].flatMap((key) => known.get(key) ?? []).sort((a, b) => a - b);
    const boxes = picture
      ? [
          ...runs(places(this.#rows)).flatMap((run) => this.#rowBox(picture, run)),
          ...runs(places(this.#columns)).flatMap((run) => this.#columnBox(picture, run)),
        ]
      : [];
    if (boxes.length === 0 && this.element.childElementCount === 0) return;
    this.element.replaceChildren(...boxes.map(bandOf));
  };

  #rowBox(picture: LaidOut, [first, last]: Run): Box[] {
    const { scrollTop } = this.scroll;
    const [from, to] = [first, last].map((row) => picture.boxOf({ row, column: 0 }, scrollTop)) as [Box, Box];
    const area = picture.zoomable?.plot ?? { left: from.left, width: from.width };
    const top = from.top;
    const height = to.top + to.height - top;
    const isShown = picture.cellAt(area.left + area.width / 2, top + height / 2, scrollTop)?.row;
    if (height <= 0 || isShown === undefined || isShown < first || isShown > last) return [];
    return [{ left: area.left, width: area.width, top, height }];
  }

  #columnBox(picture: LaidOut, [first, last]: Run): Box[] {
    const { scrollTop } = this.scroll;
    const [from, to] = [first, last].map((column) => picture.boxOf({ row: 0, column }, scrollTop)) as [
      Box,
      Box,
    ];
    const area = picture.zoomable?.plot ?? { top: from.top, height: from.height };
    const width = to.left + to.width - from.left;
    return width <= 0 ? [] : [{ left: from.left, width, top: area.top, height: area.height }];
  }
}

type Run = readonly [first: number, last: number];

/** Neighbours as one band. */
function runs(places: readonly number[]): Run[] {
  const found: [number, number][] = [];
  for (const place of places) {
    const last = found.at(-1);
    if (last && place <= last[1] + 1) last[1] = place;
    else found.push([place, place]);
  }
  return found;
}

function bandOf({ left, top, width, height }: Box): HTMLElement {
  const band = document.createElement('div');
  band.className = 'chart-band';
  Object.assign(band.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  return band;
}
