import { t } from '@vscode/l10n';
import { svgNumber, svgText } from '../../src/export/figures/svgText';
import { figureCaption, figureDetails } from '../../src/format/figureCaption';
import { chartSvg } from '../charts/charting';
import type { Drawing, Picture } from '../charts/picture';
import { measureIn } from '../charts/textWidth';
import type { DrawnSvg, Figure } from './figure';
import { drawKeys, drawScale } from './paperLegend';
import { paperTheme } from './paperTheme';
import { plainSvg } from './plainSvg';
import { SvgPen } from './svgPen';
import { wrapped } from './wrapped';

const margin = 12;
const narrowest = 440;
const titleSize = 13;
const captionSize = 11;
const lineHeight = 1.4;

/** A figure as a complete SVG document: title, legend, picture, scale and caption, in black on white. */
export function paperFigure(figure: Figure): DrawnSvg {
  const id = idOf(figure.name);
  const body = pictureOf(figure, id);
  const { notes = [] } = figure.facts;
  const facts = body.isHatched
    ? { ...figure.facts, notes: [...notes, t('Hatched: negative.')] }
    : figure.facts;
  const inner = Math.max(narrowest, body.width);
  const pen = new SvgPen(`${id}-text`, measureIn);
  let y = margin;
  const write = (text: string, size: number, weight: string, color: string) => {
    const font = `${weight}${size}px ${paperTheme.fontFamily}`;
    pen.font = font;
    pen.fillStyle = color;
    pen.textBaseline = 'top';
    for (const line of wrapped(text, inner, measureIn(font))) {
      pen.fillText(line, margin, y);
      y += size * lineHeight;
    }
  };
  write(facts.title, titleSize, 'bold ', paperTheme.foreground);
  y += 6;
  if (figure.keys) y += drawKeys(pen, figure.keys, { left: margin, top: y, width: inner });
  const bodyTop = y;
  y += body.height + 6;
  const scale = figure.scale
    ? drawScale(pen, figure.scale, { left: margin, top: y, id, isHatched: body.isHatched })
    : { elements: '', height: 0 };
  y += scale.height;
  write(figureDetails(facts), captionSize, '', paperTheme.muted);
  const [width, height] = [inner + 2 * margin, Math.ceil(y + margin)];
  const elements = [
    `<title>${svgText(facts.title)}</title>`,
    `<desc>${svgText(figureCaption(facts))}</desc>`,
    `<rect width="${svgNumber(width)}" height="${height}" fill="${paperTheme.background}"/>`,
    scale.elements,
    pen.svg,
    `<g transform="translate(${margin} ${svgNumber(bodyTop)})">`,
    body.elements,
    '</g>',
  ].join('\n');
  return { elements, width, height };
}

/** The document of SVG elements. */
export function svgDocument({ elements, width, height }: DrawnSvg): string {
  const size = `width="${svgNumber(width)}" height="${svgNumber(height)}" viewBox="0 0 ${svgNumber(width)} ${svgNumber(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${elements}\n</svg>\n`;
}

/** The picture alone, whole, as it looks on paper. */
export function pictureOf(
  { drawing, width = 640 }: Pick<Figure, 'drawing' | 'width'>,
  id: string,
): DrawnSvg & { readonly isHatched: boolean } {
  const picture = (drawing as Drawing)({ width, theme: paperTheme, devicePixelRatio: 2, isPaper: true });
  if ('elements' in picture) return { isHatched: false, ...(picture as DrawnSvg) };
  return {
    elements: elementsOf(picture, id),
    width: picture.width,
    height: picture.height,
    isHatched: picture.isHatched ?? false,
  };
}

function elementsOf(picture: Picture, id: string): string {
  if ('option' in picture) return plainSvg(chartSvg(picture.option(0), picture.width, picture.height), id);
  const pen = new SvgPen(id, measureIn);
  picture.paint(pen);
  return pen.svg;
}

/** The name as an id of XML. */
export function idOf(name: string): string {
  return `figure-${name.replace(/[^\p{L}\p{N}-]+/gu, '-')}`;
}
