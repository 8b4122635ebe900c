import type { Range } from '../onnx/cuts';
import { countOf, type OnnxTensor } from '../onnx/tensor';

/** A tensor of a file of any format: in a .safetensors or .gguf file, its data is always `inline`. */
export type StoredTensor = Pick<OnnxTensor, 'name' | 'dimensions' | 'element' | 'data'>;

/** A tensor read as a matrix, whatever its own shape; `element` is a key of `elementTypes`. */
export interface StoredMatrix {
  readonly tensor: StoredTensor;
  readonly element: string;
  readonly rows: number;
  readonly columns: number;
  /** Elements between the starts of consecutive rows. */
  readonly stride: number;
}

/** One number per block of a weight: its scale or its zero point. */
export interface BlockNumbers extends StoredMatrix {
  /** Number of weight rows that share a row of numbers. */
  readonly blockRows: number;
  /** Number of weight columns that share a number; if `flat`, number of elements counted across rows. */
  readonly blockColumns: number;
  readonly flat: boolean;
}

/** How a weight is stored: element (r, c) is (value − zero point) · scale, both from its block. */
export interface StoredWeight {
  readonly values: StoredMatrix;
  readonly scales: BlockNumbers | null;
  readonly zeroPoints: BlockNumbers | number;
}

/** A stored weight and how the product uses it. */
export interface WeightUse {
  readonly weight: StoredWeight;
  /** Whether rows of U are stored rows (`[vocab, hidden]`) rather than columns. */
  readonly rowsAreTokens: boolean;
  /** The stored rows or columns that are the head's tokens. */
  readonly tokens: Range;
  /** The number format for users, such as `float16`, `int4 blocks of 32`. */
  readonly elementType: string;
}

export const floatTypes: ReadonlySet<string> = new Set(['float32', 'float16', 'bfloat16', 'float64']);

export function storedMatrix(
  tensor: StoredTensor,
  element: string,
  rows: number,
  columns: number,
  stride = columns,
): StoredMatrix {
  return { tensor, element, rows, columns, stride };
}

/** A single number, or one per column of a weight with `rows` rows. */
export function numbersPerColumn(
  tensor: StoredTensor,
  element: string,
  rows: number,
  columns: number,
): BlockNumbers {
  const count = countOf(tensor) === 1 ? 1 : columns;
  const blockColumns = count === 1 ? columns : 1;
  return { ...storedMatrix(tensor, element, 1, count), blockRows: rows, blockColumns, flat: false };
}
