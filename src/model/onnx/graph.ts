import type { ByteSource } from '../storage/byteSource';
import type { OnnxTensor } from './tensor';

export interface OnnxAttribute {
  readonly integer: number | null;
  readonly float: number | null;
  readonly integers: readonly number[];
  /** Null for long text, which is not used here. */
  readonly text: string | null;
  readonly tensor: OnnxTensor | null;
  /** The body of a branch of If. */
  readonly graph: OnnxGraph | null;
  /** In a function: the caller's attribute that provides the value; otherwise empty. */
  readonly reference: string;
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  /** Selects one of several functions with the same name; otherwise empty. */
  readonly overload: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Length of an axis; null if it varies between runs or is not stated. */
export type Dimension = number | null;

/** The type (TensorProto.DataType) of a value and its shape, if known, as stated in a file. */
export interface OnnxValue {
  readonly dataType: number;
  readonly shape: readonly Dimension[] | null;
}

/** An operator that the file itself defines (onnx.proto, FunctionProto). */
export interface OnnxFunction {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  /** Default values of attributes. */
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** For inputs, outputs and any other values that the file describes. */
  readonly values: ReadonlyMap<string, OnnxValue>;
  /** By `functionKey` (graphReader.ts); a file's functions are in its outermost graph. */
  readonly functions: ReadonlyMap<string, OnnxFunction>;
  /** The file that it was read from, for the data of small tensors. */
  readonly source: ByteSource;
}
