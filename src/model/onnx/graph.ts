import type { ByteSource } from './byteSource';
import type { OnnxTensor } from './tensor';

export interface OnnxAttribute {
  readonly integer: number | null;
  readonly float: number | null;
  readonly integers: readonly number[];
  /** Null for text that is long, which is none that we know. */
  readonly text: string | null;
  readonly tensor: OnnxTensor | null;
  /** The body of a branch of If. */
  readonly graph: OnnxGraph | null;
  /** In a function: the caller's attribute that stands here; otherwise empty. */
  readonly reference: string;
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  /** Which of several functions of one name is called; otherwise empty. */
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Length of an axis; null where it differs from run to run or is not said. */
export type Dimension = number | null;

/** What a file says about a value: its type (TensorProto.DataType), and its shape unless that is unknown. */
export interface OnnxValue {
  readonly dataType: number;
  readonly shape: readonly Dimension[] | null;
}

/** An operator that the file itself defines (onnx.proto, FunctionProto). */
export interface OnnxFunction {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  /** Values of attributes that a call leaves out. */
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of inputs, outputs and whatever else the file describes. */
  readonly values: ReadonlyMap<string, OnnxValue>;
  /** By `functionKey` (graphReader.ts); those of the file are in its outermost graph. */
  readonly functions: ReadonlyMap<string, OnnxFunction>;
  /** The file it was read from, for the data of small tensors. */
  readonly source: ByteSource;
}
