/**
 * What painters may use of a canvas: exactly what `SvgPen` can record as vector graphics, so that every painted chart can be
 * exported.
 */
export interface Pen extends Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'save'
  | 'restore'
  | 'translate'
  | 'rotate'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'rect'
  | 'roundRect'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'clip'
  | 'setLineDash'
  | 'fillRect'
  | 'fillText'
  | 'imageSmoothingEnabled'
  | 'imageSmoothingQuality'
> {
  measureText(text: string): { readonly width: number };
  drawImage(image: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
}
