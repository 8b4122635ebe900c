import type { Matrix } from '../../src/geometry/matrix';
import { cosineRgb } from './cosineScale';
import { isHatchedAt } from './hatch';
import { memoize, memoizeBy } from './memoize';

const undefinedColor = [128, 128, 128, 40] as const;
/** Steps of the scale on each side of 0: twice as fine as the colours, which have 255 steps from end to end. */
const steps = 512;

/**
 * A matrix as an image of one pixel per value, computed once for a matrix and a theme: a million rectangles would be too many
 * for any chart library.
 */
export const cellImage: (values: Matrix, isDark: boolean) => HTMLCanvasElement = memoizeBy(
  ({ rows, columns, data }, isDark) => {
    const colors = scaleColors(isDark ? dark : light);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.max(1, columns), Math.max(1, rows)];
    const image = new ImageData(canvas.width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < data.length; i++) {
      const step = Math.round(data[i]! * steps);
      // NaN has the last colour, and a cosine is beyond ±1 only by rounding.
      pixels[i] = colors[step >= -steps ? Math.min(steps, step) + steps : step < 0 ? 0 : 2 * steps + 1]!;
    }
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  },
);

const [light, dark] = [{ isDark: false }, { isDark: true }];

/** The colours of −1…1 and of undefined values, as the four bytes of a pixel. */
const scaleColors = memoize(({ isDark }: typeof light): Uint32Array => {
  const bytes = Array.from({ length: 2 * steps + 1 }, (_, at) => [
    ...cosineRgb((at - steps) / steps, isDark),
    255,
  ]);
  return new Uint32Array(Uint8ClampedArray.from([...bytes, undefinedColor].flat()).buffer);
});

/**
 * The image for a printed map, of `width` × `height` pixels: enlarged without smoothing, or averaged where several values share
 * a pixel, with lines over what is negative.
 */
export function hatchedImage(values: Matrix, width: number, height: number): HTMLCanvasElement {
  const large = document.createElement('canvas');
  [large.width, large.height] = [width, height];
  const context = large.getContext('2d');
  if (!context) return large;
  context.imageSmoothingEnabled = width < values.columns || height < values.rows;
  context.imageSmoothingQuality = 'high';
  context.drawImage(cellImage(values, false), 0, 0, width, height);
  context.fillStyle = 'rgba(0, 0, 0, 0.45)';
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isHatchedAt(x, y)) continue;
      const row = Math.floor((y / height) * values.rows);
      const column = Math.floor((x / width) * values.columns);
      if (values.data[row * values.columns + column]! < 0) context.fillRect(x, y, 1, 1);
    }
  return large;
}
