import type { Range } from '../onnx/cuts';
import { countOf, type OnnxTensor } from '../onnx/tensor';

/** A tensor taken as a matrix, whatever its own shape says: `element` names one of elementTypes.ts. */
export interface StoredMatrix {
  readonly tensor: OnnxTensor;
  readonly element: string;
  readonly rows: number;
  readonly columns: number;
  /** Elements from row to row. */
  readonly stride: number;
}

/** One number for each block of a weight: its scale or its zero point. */
export interface BlockNumbers extends StoredMatrix {
  /** Rows of the weight that share a row of numbers. */
  readonly blockRows: number;
  /** Columns of the weight that share a number; where `flat`, elements counted through all rows. */
  readonly blockColumns: number;
  readonly flat: boolean;
}

/** How a weight is stored: element (r, c) is (value − zero point) · scale, each of its own block. */
export interface StoredWeight {
  readonly values: StoredMatrix;
  readonly scales: BlockNumbers | null;
  readonly zeroPoints: BlockNumbers | number;
}

/** A stored weight as the product uses it. */
export interface WeightUse {
  readonly weight: StoredWeight;
  /** Whether rows of U are stored rows (`[vocab, hidden]`) rather than columns. */
  readonly rowsAreTokens: boolean;
  /** Which stored rows, or columns, are the head's tokens. */
  readonly tokens: Range;
  /** What a user would call the numbers, as `float16`, `int4 blocks of 32`. */
  readonly elementType: string;
}

export const floatTypes: ReadonlySet<string> = new Set(['float32', 'float16', 'bfloat16', 'float64']);

export function storedMatrix(
  tensor: OnnxTensor,
  element: string,
  rows: number,
  columns: number,
  stride = columns,
): StoredMatrix {
  return { tensor, element, rows, columns, stride };
}

/** One number for everything, or one for each column of a weight of `rows` rows. */
export function numbersPerColumn(
  tensor: OnnxTensor,
  element: string,
  rows: number,
  columns: number,
): BlockNumbers {
  const count = countOf(tensor) === 1 ? 1 : columns;
  const blockColumns = count === 1 ? columns : 1;
  return { ...storedMatrix(tensor, element, 1, count), blockRows: rows, blockColumns, flat: false };
}
