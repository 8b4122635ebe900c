import { widthForLabels, type Measure } from './textWidth';

/** Where the parts of an n × n heat map are, in CSS pixels. Cells are square. */
export interface HeatMapLayout {
  readonly cell: number;
  readonly gap: number;
  readonly left: number;
  readonly top: number;
  readonly plot: number;
  readonly width: number;
  readonly height: number;
  /** Font size of the labels. */
  readonly labelSize: number;
  /** Widest that a label may be. */
  readonly labelWidth: number;
  /** Degrees by which the column labels are turned. */
  readonly rotate: 0 | 45 | 90;
  /** Every how many rows and columns have a label. */
  readonly labelStep: number;
}

const largestCell = 40;
const narrowestLabel = 64;
const labelGap = 9;
/** Half a line, for the labels of the first and the last row. */
const margin = 6;
/** The height of a line of labels by their font size: smaller ones are taken where they leave every row its name. */
const lines = [
  { labelSize: 11, lineHeight: 13 },
  { labelSize: 10, lineHeight: 11 },
  { labelSize: 9, lineHeight: 10 },
] as const;

/**
 * The whole map always fits into `spaceWidth`, so that no row or column is out of sight. Where cells are too low for a
 * label each, only every `labelStep`-th row and column has one.
 *
 * @param inWholePixels whether cells are drawn one by one, which looks even only at whole pixels
 * @param measureAt measures text of a font size
 */
export function heatMapLayout(
  labels: readonly string[],
  spaceWidth: number,
  inWholePixels: boolean,
  measureAt: (labelSize: number) => Measure,
): HeatMapLayout {
  const n = Math.max(1, labels.length);
  const layoutOf = ({ labelSize, lineHeight }: (typeof lines)[number], mostWidth: number): HeatMapLayout => {
    const labelWidth = Math.min(mostWidth, widthForLabels(labels, spaceWidth, measureAt(labelSize)));
    const left = labelWidth + labelGap;
    const cell = cellSize((spaceWidth - left - margin) / n, inWholePixels);
    const plot = Math.round(n * cell);
    const rotate = labelWidth + 6 <= cell ? 0 : cell >= 18 ? 45 : 90;
    return {
      cell,
      gap: cell >= 8 ? 1 : 0,
      left,
      top: margin,
      plot,
      width: left + plot + margin,
      height: margin + plot + labelGap + Math.ceil(footerHeight(rotate, labelWidth, lineHeight)),
      labelSize,
      labelWidth,
      rotate,
      labelStep: Math.ceil(lineHeight / cell),
    };
  };
  for (const line of lines) {
    const left = spaceWidth - labelGap - margin - n * line.lineHeight;
    const layout = layoutOf(line, Math.max(narrowestLabel, Math.floor(left)));
    if (layout.labelStep === 1) return layout;
  }
  return layoutOf(lines[0], Infinity);
}

function cellSize(widest: number, inWholePixels: boolean): number {
  const size = Math.min(largestCell, widest);
  return inWholePixels ? Math.max(1, Math.floor(size)) : size;
}

function footerHeight(rotate: HeatMapLayout['rotate'], labelWidth: number, lineHeight: number): number {
  if (rotate === 0) return lineHeight;
  return rotate === 45 ? (labelWidth + lineHeight) * Math.SQRT1_2 : labelWidth;
}
