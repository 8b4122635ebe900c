import type { Matrix } from '../../src/geometry/matrix';
import { cosineRgb } from './cosineScale';
import { isHatchedAt } from './hatch';

const undefinedAlpha = 40;

/**
 * A large matrix as an image of `size` device pixels: one pixel per value, then enlarged without smoothing, or averaged
 * where several values share a pixel. A million rectangles would be too many for any chart library.
 *
 * @param isHatched whether lines mark what is negative
 */
export function cellImage(
  values: Matrix,
  size: number,
  isDark: boolean,
  isHatched = false,
): HTMLCanvasElement {
  const small = canvas(values.columns, values.rows);
  const image = new ImageData(values.columns, values.rows);
  values.data.forEach((value, index) => {
    const isUndefined = Number.isNaN(value);
    const [r, g, b] = isUndefined ? [128, 128, 128] : cosineRgb(value, isDark);
    image.data.set([r, g, b, isUndefined ? undefinedAlpha : 255], index * 4);
  });
  small.getContext('2d')?.putImageData(image, 0, 0);
  const large = canvas(size, size);
  const context = large.getContext('2d');
  if (context) {
    context.imageSmoothingEnabled = size < values.rows;
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, 0, 0, size, size);
    if (isHatched) hatchImage(context, values, size);
  }
  return large;
}

function hatchImage(context: CanvasRenderingContext2D, { data, rows, columns }: Matrix, size: number): void {
  context.fillStyle = 'rgba(0, 0, 0, 0.45)';
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      if (!isHatchedAt(x, y)) continue;
      const [row, column] = [Math.floor((y / size) * rows), Math.floor((x / size) * columns)];
      if (data[row * columns + column]! < 0) context.fillRect(x, y, 1, 1);
    }
}

function canvas(width: number, height: number): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.width = width;
  element.height = height;
  return element;
}
