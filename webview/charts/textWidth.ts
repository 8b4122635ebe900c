/** Width of a text in CSS pixels. */
export type Measure = (text: string) => number;

/** Splits a text into what readers see as single characters, such as an emoji of several parts. */
const graphemes = new Intl.Segmenter();

let context: CanvasRenderingContext2D | null | undefined;

const measures = new Map<string, Measure>();
/** Texts whose width is remembered: measuring the names of a thousand rows takes longer than painting their map. */
const mostWidths = 20_000;

/** Measures in a CSS font such as `11px sans-serif`; always the same function for a font. */
export function measureIn(font: string): Measure {
  const known = measures.get(font);
  if (known) return known;
  context ??= document.createElement('canvas').getContext('2d');
  const widths = new Map<string, number>();
  const measure: Measure = (text) => {
    if (!context) return text.length * 7;
    let width = widths.get(text);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      if (widths.size >= mostWidths) widths.clear();
      widths.set(text, width);
    }
    return width;
  };
  measures.set(font, measure);
  return measure;
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
