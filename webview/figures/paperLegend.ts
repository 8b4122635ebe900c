import { svgNumber } from '../../src/export/figures/svgText';
import { cosineRgb } from '../charts/cosineScale';
import { hatch } from '../charts/hatch';
import type { Pen } from '../charts/pen';
import { scaleNames } from '../charts/legendView';
import { measureIn } from '../charts/textWidth';
import type { Figure, FigureKey } from './figure';
import { paperTheme } from './paperTheme';

const font = `11px ${paperTheme.fontFamily}`;
const rowHeight = 18;
const swatch = 26;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Draws the legend's entries beside each other, in as many rows as they need. @returns their height */
export function drawKeys(pen: Pen, keys: readonly FigureKey[], { left, top, width }: Place): number {
  const measure = measureIn(font);
  let [x, y] = [left, top];
  for (const key of keys) {
    const needed = swatch + 6 + measure(key.text) + 16;
    if (x > left && x + needed > left + width) [x, y] = [left, y + rowHeight];
    drawKey(pen, key, x, y + rowHeight / 2 - 2);
    pen.font = font;
    pen.fillStyle = paperTheme.foreground;
    pen.textBaseline = 'middle';
    pen.fillText(key.text, x + swatch + 6, y + rowHeight / 2 - 2);
    x += needed;
  }
  return y + rowHeight - top;
}

function drawKey(pen: Pen, { color, look }: FigureKey, x: number, y: number): void {
  pen.save();
  pen.fillStyle = pen.strokeStyle = paperTheme.concept(color);
  pen.beginPath();
  if (look === 'circle') {
    pen.arc(x + swatch / 2, y, 4, 0, 2 * Math.PI);
    pen.fill();
  } else if (look === 'triangle') {
    pen.moveTo(x + swatch / 2, y - 4.5);
    pen.lineTo(x + swatch / 2 + 4.5, y + 4);
    pen.lineTo(x + swatch / 2 - 4.5, y + 4);
    pen.closePath();
    pen.fill();
  } else {
    pen.lineWidth = 2;
    pen.setLineDash([...look.dash]);
    pen.moveTo(x, y);
    pen.lineTo(x + swatch, y);
    pen.stroke();
  }
  pen.restore();
}

const scaleWidth = 160;
const scaleHeight = 10;

interface ScalePlace {
  readonly left: number;
  readonly top: number;
  /** Unique in the document. */
  readonly id: string;
  readonly isHatched: boolean;
}

/** Draws a map's colour scale with its ends. @returns the elements to put below the pen's, and the height */
export function drawScale(
  pen: Pen,
  scale: NonNullable<Figure['scale']>,
  { left, top, id, isHatched }: ScalePlace,
): { readonly elements: string; readonly height: number } {
  const isAbsolute = scale === 'absolute';
  const lowest = isAbsolute ? 0 : -1;
  const name = scaleNames[scale];
  const x = left + Math.ceil(measureIn(font)(name)) + 8;
  pen.save();
  pen.font = font;
  pen.fillStyle = paperTheme.foreground;
  pen.textBaseline = 'middle';
  pen.fillText(name, left, top + scaleHeight / 2);
  pen.textBaseline = 'top';
  const ticks = isAbsolute ? ['0.00', '0.50', '1.00'] : ['−1.00', '0.00', '1.00'];
  const aligned = ['left', 'center', 'right'] as const;
  ticks.forEach((tick, at) => {
    pen.textAlign = aligned[at]!;
    pen.fillText(tick, x + (at / 2) * scaleWidth, top + scaleHeight + 3);
  });
  pen.restore();
  if (isHatched && !isAbsolute) hatch(pen, { left: x, top, width: scaleWidth / 2, height: scaleHeight });
  const steps = 6;
  const stops = Array.from({ length: steps + 1 }, (_, step) => {
    const value = lowest + (step / steps) * (1 - lowest);
    const [r, g, b] = cosineRgb(value, false);
    return `<stop offset="${svgNumber(step / steps)}" stop-color="rgb(${r},${g},${b})"/>`;
  });
  const elements =
    `<defs><linearGradient id="${id}-scale">${stops.join('')}</linearGradient></defs>` +
    `<rect x="${x}" y="${svgNumber(top)}" width="${scaleWidth}" height="${scaleHeight}" fill="url(#${id}-scale)"/>`;
  return { elements, height: scaleHeight + 24 };
}
