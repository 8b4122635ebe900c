import { svgNumber } from '../../src/export/figures/svgText';
import { measureIn } from '../charts/textWidth';
import type { DrawnSvg, Figure } from './figure';
import { idOf, pictureOf } from './paperFigure';
import { paperTheme } from './paperTheme';
import { SvgPen } from './svgPen';

const gap = 24;
const titleSize = 12;
const titleHeight = 24;

/** A chart in a row, and what stands above it. */
export interface FigurePart extends Pick<Figure, 'drawing' | 'width'> {
  readonly title: string;
}

/** Charts beside each other as one picture. @param name of the figure */
export function figureRow(name: string, parts: readonly FigurePart[]): DrawnSvg {
  const pen = new SvgPen(`${idOf(name)}-titles`, measureIn);
  pen.font = `bold ${titleSize}px ${paperTheme.fontFamily}`;
  pen.fillStyle = paperTheme.foreground;
  pen.textBaseline = 'top';
  let [left, height, isHatched] = [0, 0, false];
  const drawn = parts.map(({ title, ...part }, at) => {
    const picture = pictureOf(part, `${idOf(name)}-${at}`);
    pen.fillText(title, left, 0);
    const elements = `<g transform="translate(${svgNumber(left)} ${titleHeight})">\n${picture.elements}\n</g>`;
    left += picture.width + gap;
    height = Math.max(height, titleHeight + picture.height);
    isHatched ||= picture.isHatched;
    return elements;
  });
  return { elements: [pen.svg, ...drawn].join('\n'), width: left - gap, height, isHatched };
}
