import type { FigureTable } from '../../src/export/figures/figureTable';
import type { FigureFacts } from '../../src/format/figureCaption';
import type { ColorScale } from '../charts/legendView';
import type { Drawing } from '../charts/picture';

/** A picture of the panel with everything that it needs to be understood elsewhere. */
export interface Figure {
  /** Name of its files without the suffix, such as `directions.causal`. */
  readonly name: string;
  readonly facts: FigureFacts;
  /** A chart, or what makes a picture of SVG elements. */
  readonly drawing: Drawing | (() => DrawnSvg);
  /** Width in CSS pixels for which the chart is laid out; 640 by default. */
  readonly width?: number;
  /** The colour scale of a map. */
  readonly scale?: ColorScale;
  readonly keys?: readonly FigureKey[];
  /** Its numbers, put together only when somebody wants them. */
  readonly table: () => FigureTable;
}

/** Elements without a root, and their size in CSS pixels. */
export interface DrawnSvg {
  readonly elements: string;
  readonly width: number;
  readonly height: number;
  /** Whether negative cells are hatched. */
  readonly isHatched?: boolean;
}

/** An entry of the legend: a line or a mark in a concept's colour. */
export interface FigureKey {
  readonly text: string;
  readonly color: number;
  readonly look: { readonly dash: readonly number[] } | 'circle' | 'triangle';
}

/** Width for a map, so that the numbers are printed in the cells of up to 40 rows. */
export function mapWidth(columns: number): number {
  return columns > 60 ? 900 : Math.min(1400, Math.max(480, 200 + 29 * columns));
}
