import { svgNumber, svgText } from '../../src/export/figures/svgText';
import type { Pen } from '../charts/pen';
import type { Measure } from '../charts/textWidth';
import { svgPaint } from './svgPaint';
import { SvgPath } from './svgPath';
import { identity, rotated, translated, type Transform } from './transform';

/** What `save` keeps. */
interface Style {
  fillStyle: Pen['fillStyle'];
  strokeStyle: Pen['strokeStyle'];
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  readonly dash: readonly number[];
  readonly transform: Transform;
  /** The clip path's id, if something is clipped. */
  readonly clip: string | undefined;
}

const initial: Style = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineJoin: 'miter',
  globalAlpha: 1,
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  dash: [],
  transform: identity,
  clip: undefined,
};

/** Distance of a text's baseline below the point at which it is placed, in font sizes. */
const baselines: Readonly<Partial<Record<CanvasTextBaseline, number>>> = {
  top: 0.8,
  middle: 0.35,
  bottom: -0.2,
};
const anchors: Readonly<Partial<Record<CanvasTextAlign, string>>> = {
  center: ' text-anchor="middle"',
  right: ' text-anchor="end"',
  end: ' text-anchor="end"',
};

/** Records what a painter draws as SVG elements. Texts stay texts. */
export class SvgPen implements Pen {
  /** Ignored: viewers scale a picture inside an SVG as they like. */
  imageSmoothingEnabled = true;
  imageSmoothingQuality: ImageSmoothingQuality = 'low';
  readonly #elements: string[] = [];
  readonly #saved: Style[] = [];
  #style: Style = { ...initial };
  #path = new SvgPath();
  #clips = 0;

  /**
   * @param id unique in the document, for the clip paths
   * @param measureIn measures texts in a CSS font
   */
  constructor(
    private readonly id: string,
    private readonly measureIn: (font: string) => Measure,
  ) {}

  /** The elements so far, in the order in which they were drawn. */
  get svg(): string {
    return this.#elements.join('\n');
  }

  get fillStyle(): Pen['fillStyle'] {
    return this.#style.fillStyle;
  }
  set fillStyle(value: Pen['fillStyle']) {
    this.#style.fillStyle = value;
  }
  get strokeStyle(): Pen['strokeStyle'] {
    return this.#style.strokeStyle;
  }
  set strokeStyle(value: Pen['strokeStyle']) {
    this.#style.strokeStyle = value;
  }
  get lineWidth(): number {
    return this.#style.lineWidth;
  }
  set lineWidth(value: number) {
    this.#style.lineWidth = value;
  }
  get lineJoin(): CanvasLineJoin {
    return this.#style.lineJoin;
  }
  set lineJoin(value: CanvasLineJoin) {
    this.#style.lineJoin = value;
  }
  get globalAlpha(): number {
    return this.#style.globalAlpha;
  }
  set globalAlpha(value: number) {
    this.#style.globalAlpha = value;
  }
  get font(): string {
    return this.#style.font;
  }
  set font(value: string) {
    this.#style.font = value;
  }
  get textAlign(): CanvasTextAlign {
    return this.#style.textAlign;
  }
  set textAlign(value: CanvasTextAlign) {
    this.#style.textAlign = value;
  }
  get textBaseline(): CanvasTextBaseline {
    return this.#style.textBaseline;
  }
  set textBaseline(value: CanvasTextBaseline) {
    this.#style.textBaseline = value;
  }

  save(): void {
    this.#saved.push({ ...this.#style });
  }

  restore(): void {
    this.#style = this.#saved.pop() ?? this.#style;
  }

  translate(x: number, y: number): void {
    this.#style = { ...this.#style, transform: translated(this.#style.transform, x, y) };
  }

  /** Clockwise, in radians. */
  rotate(angle: number): void {
    this.#style = { ...this.#style, transform: rotated(this.#style.transform, angle) };
  }

  setLineDash(dash: readonly number[]): void {
    this.#style = { ...this.#style, dash: [...dash] };
  }

  beginPath(): void {
    this.#path = new SvgPath();
  }

  closePath(): void {
    this.#path.close();
  }

  moveTo(x: number, y: number): void {
    this.#path.move(this.#style.transform, x, y);
  }

  lineTo(x: number, y: number): void {
    this.#path.line(this.#style.transform, x, y);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.rectangle(this.#style.transform, x, y, width, height, 0);
  }

  roundRect(x: number, y: number, width: number, height: number, radii?: unknown): void {
    const radius = typeof radii === 'number' ? radii : 0;
    this.#path.rectangle(this.#style.transform, x, y, width, height, radius);
  }

  arc(x: number, y: number, radius: number, start: number, end: number, counterclockwise = false): void {
    this.#path.arc(this.#style.transform, { x, y, radius, start, end, counterclockwise });
  }

  fill(): void {
    this.#fill(this.#path);
  }

  stroke(): void {
    this.#stroke(this.#path);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const path = new SvgPath();
    path.rectangle(this.#style.transform, x, y, width, height, 0);
    this.#fill(path);
  }

  clip(): void {
    const id = `${this.id}-clip-${++this.#clips}`;
    this.#add(`<clipPath id="${id}"><path d="${this.#path.data}"/></clipPath>`);
    this.#style = { ...this.#style, clip: id };
  }

  fillText(text: string, x: number, y: number): void {
    const { fillStyle, globalAlpha, font, textAlign, textBaseline, transform } = this.#style;
    const { size, weight, family } = fontOf(font);
    const baseline = y + (baselines[textBaseline] ?? 0) * size;
    const { a, b, c, d } = transform;
    const at = `x="${svgNumber(x)}" y="${svgNumber(baseline)}"`;
    const isPlain = a === 1 && b === 0 && c === 0 && d === 1;
    const place = isPlain
      ? `x="${svgNumber(x + transform.e)}" y="${svgNumber(baseline + transform.f)}"`
      : `${at} transform="matrix(${[a, b, c, d].map((value) => Math.round(value * 1e4) / 1e4).join(' ')} ${svgNumber(transform.e)} ${svgNumber(transform.f)})"`;
    this.#add(
      `<text ${place} font-family="${svgText(family)}" font-size="${size}"${weight}${anchors[textAlign] ?? ''}${svgPaint('fill', fillStyle, globalAlpha)}>${svgText(text)}</text>`,
    );
  }

  measureText(text: string): { readonly width: number } {
    return { width: this.measureIn(this.#style.font)(text) };
  }

  /** Pictures of very many cells stay pictures, inside the SVG. */
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void {
    const { e, f } = this.#style.transform;
    const place = `x="${svgNumber(x + e)}" y="${svgNumber(y + f)}" width="${svgNumber(width)}" height="${svgNumber(height)}"`;
    this.#add(`<image ${place} preserveAspectRatio="none" href="${image.toDataURL('image/png')}"/>`);
  }

  #fill({ data }: SvgPath): void {
    const { fillStyle, globalAlpha } = this.#style;
    if (data !== '') this.#add(`<path d="${data}"${svgPaint('fill', fillStyle, globalAlpha)}/>`);
  }

  #stroke({ data }: SvgPath): void {
    if (data === '') return;
    const { strokeStyle, globalAlpha, lineWidth, lineJoin, dash } = this.#style;
    const line = [
      ` stroke-width="${svgNumber(lineWidth)}"`,
      lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`,
      dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`,
    ].join('');
    this.#add(`<path d="${data}" fill="none"${svgPaint('stroke', strokeStyle, globalAlpha)}${line}/>`);
  }

  #add(element: string): void {
    const { clip } = this.#style;
    this.#elements.push(clip === undefined ? element : `<g clip-path="url(#${clip})">${element}</g>`);
  }
}

/** The parts of a font such as `bold 11px sans-serif`. */
function fontOf(font: string): { readonly size: number; readonly weight: string; readonly family: string } {
  const match = /^(?:(?<weight>bold|\d00) )?(?<size>[\d.]+)px (?<family>.+)$/u.exec(font)?.groups;
  if (!match) throw new RangeError(`The font ${font} has no size in pixels.`);
  const { weight, size, family } = match;
  return {
    size: Number(size),
    weight: weight === undefined ? '' : ` font-weight="${weight}"`,
    family: family!.replaceAll('"', "'"),
  };
}
