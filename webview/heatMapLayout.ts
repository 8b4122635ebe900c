import { widthForLabels, type Measure } from './textWidth';

/** Where the parts of an n × n heat map stand, in CSS pixels. Cells are square and of whole pixels. */
export interface HeatMapLayout {
  readonly cell: number;
  readonly gap: number;
  readonly left: number;
  readonly top: number;
  readonly plot: number;
  readonly width: number;
  readonly height: number;
  /** Widest that a label may be. */
  readonly labelWidth: number;
  /** Degrees by which the column labels are turned. */
  readonly rotate: 0 | 45 | 90;
  /** Every how many rows and columns have a label. */
  readonly labelStep: number;
}

const largestCell = 40;
const smallestReadableCell = 14;
/** Big maps shrink their cells until the whole is about this wide; what is wider than its space scrolls. */
const largestPlot = 600;
const labelHeight = 13;
const labelGap = 8;
const margin = 4;

export function heatMapLayout(
  labels: readonly string[],
  spaceWidth: number,
  measure: Measure,
): HeatMapLayout {
  const n = Math.max(1, labels.length);
  const labelWidth = widthForLabels(labels, spaceWidth, measure);
  const left = labelWidth + labelGap;
  const smallest = clamp(Math.floor(largestPlot / n), 1, smallestReadableCell);
  const cell = clamp(Math.floor((spaceWidth - left - margin) / n), smallest, largestCell);
  const rotate = labelWidth + 6 <= cell ? 0 : cell >= 18 ? 45 : 90;
  const footer = labelGap + Math.ceil(footerHeight(rotate, labelWidth));
  return {
    cell,
    gap: cell >= 8 ? 1 : 0,
    left,
    top: margin,
    plot: n * cell,
    width: left + n * cell + margin,
    height: margin + n * cell + footer,
    labelWidth,
    rotate,
    labelStep: Math.ceil(labelHeight / cell),
  };
}

function footerHeight(rotate: HeatMapLayout['rotate'], labelWidth: number): number {
  if (rotate === 0) return labelHeight;
  return rotate === 45 ? (labelWidth + labelHeight) * Math.SQRT1_2 : labelWidth;
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}
