import type { Pen } from './pen';
import type { Box } from './picture';

/** Distance of the lines along an axis in CSS pixels, and in pixels of an image of twice the size. */
const period = 5;
const imagePeriod = 2 * period;

/** Marks a box with diagonal lines, which continue in the boxes beside it. */
export function hatch(pen: Pen, { left, top, width, height }: Box): void {
  const [right, bottom] = [left + width, top + height];
  pen.save();
  pen.strokeStyle = 'rgba(0, 0, 0, 0.55)';
  pen.lineWidth = 0.6;
  pen.beginPath();
  // On each line x + y is a multiple of the period.
  for (let sum = Math.ceil((left + top) / period) * period; sum < right + bottom; sum += period) {
    const fromX = Math.max(left, sum - bottom);
    const toX = Math.min(right, sum - top);
    pen.moveTo(fromX, sum - fromX);
    pen.lineTo(toX, sum - toX);
  }
  pen.stroke();
  pen.restore();
}

/** Whether the pixel of an image lies on a line. */
export function isHatchedAt(x: number, y: number): boolean {
  return (x + y) % imagePeriod === 0;
}
