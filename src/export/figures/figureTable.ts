import type { Matrix } from '../../geometry/matrix';

/** The numbers of a figure. */
export interface FigureTable {
  readonly caption: string;
  /** Heading of the names column in files of data; {@link tableHeading} is what readers see. */
  readonly noun: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** What readers see in place of the names that the columns have in files of data. */
  readonly shownColumns?: readonly string[];
  readonly values: Matrix;
  /** Formats a value; as a cosine by default. */
  readonly format?: (value: number, column: number) => string;
}
