import type { Matrix } from '../../geometry/matrix';

/** The numbers of a figure. */
export interface FigureTable {
  readonly caption: string;
  /** Heading of the names column. */
  readonly noun: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: Matrix;
  /** Formats a value; as a cosine by default. */
  readonly format?: (value: number, column: number) => string;
}
