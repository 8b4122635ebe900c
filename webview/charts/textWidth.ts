/** Width of a text in CSS pixels. */
export type Measure = (text: string) => number;

/** Splits a text into what readers see as single characters, such as an emoji of several parts. */
const graphemes = new Intl.Segmenter();

let context: CanvasRenderingContext2D | null | undefined;

/** Measures in a CSS font such as `11px sans-serif`. */
export function measureIn(font: string): Measure {
  context ??= document.createElement('canvas').getContext('2d');
  return (text) => {
    if (!context) return text.length * 7;
    context.font = font;
    return context.measureText(text).width;
  };
}

/** The text, or its longest prefix that fits with an ellipsis. Never splits a grapheme. */
export function elided(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let fits = 0;
  let tooLong = letters.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (measure(`${letters.slice(0, middle).join('').trimEnd()}…`) <= width) fits = middle;
    else tooLong = middle;
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`;
}

/**
 * Width of the widest label, limited to a part of the picture. Longer labels are elided, and the tooltip shows them in full.
 */
export function widthForLabels(labels: readonly string[], spaceWidth: number, measure: Measure): number {
  const widest = labels.reduce((width, label) => Math.max(width, measure(label)), 0);
  return Math.min(Math.ceil(widest) + 1, 190, Math.max(64, Math.floor(spaceWidth * 0.36)));
}
