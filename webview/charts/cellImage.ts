import type { Matrix } from '../../src/geometry/matrix';
import { cosineRgb } from './cosineScale';

const undefinedAlpha = 40;

/**
 * A large matrix as an image of `size` device pixels: one pixel per value, then enlarged without smoothing, or averaged
 * where several values share a pixel. A million rectangles would be too many for any chart library.
 */
export function cellImage(values: Matrix, size: number, isDark: boolean): HTMLCanvasElement {
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
  }
  return large;
}

function canvas(width: number, height: number): HTMLCanvasElement {
  const element = document.createElement('canvas');
  element.width = width;
  element.height = height;
  return element;
}
