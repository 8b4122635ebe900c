import { t } from '@vscode/l10n';
import { svgDocument } from './paperFigure';
import type { DrawnSvg } from './figure';

/** Pixels per CSS pixel. */
const ratio = 2;
/** Chromium draws no longer canvas. */
const longest = 16_384;

/** The picture at twice its size; smaller if no canvas is that long. @throws Error if it cannot be drawn */
export async function pngOf(drawn: DrawnSvg): Promise<Blob> {
  const scale = Math.min(ratio, longest / Math.max(drawn.width, drawn.height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgDocument(drawn))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(drawn.width * scale);
  canvas.height = Math.round(drawn.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(t('The browser could not make a picture of this size.')));
    }, 'image/png');
  });
}
