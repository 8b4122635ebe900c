import type { ByteSource } from './byteSource';
import { GraphReader } from './graphReader';
import type { OnnxTensor } from './onnxTensor';
import { ModelError } from '../modelError';
import { fieldsOf, textOf, type Range } from './protobufReader';

export { elementTypeName, type OnnxTensor } from './onnxTensor';

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

/**
 * The graph of an ONNX file without its tensors' data. Field numbers are those of onnx.proto.
 *
 * @throws ModelError if the file is damaged or no ONNX file
 */
export function readOnnxGraph(source: ByteSource): OnnxGraph {
  refusePointerFile(source);
  const reader = new GraphReader(source);
  // Repeated graph fields are one graph: protobuf merges them.
  const graphs: Range[] = [];
  const functions = new Map<string, OnnxFunction>();
  for (const field of fieldsOf(source, { start: 0, end: source.size })) {
    if (field.wire !== 'bytes') continue;
    if (field.number === 7) graphs.push(field);
    else if (field.number === 25) functions.set(...reader.function(field));
  }
  const graph = { ...reader.graph(graphs, 0), functions };
  if (graph.nodes.length === 0)
    throw new ModelError(`${source.label} holds no ONNX graph; choose the model's .onnx file.`);
  return graph;
}

/** Repositories cloned without Git LFS hold a few lines of text in place of each model. */
function refusePointerFile(source: ByteSource): void {
  if (source.size === 0) throw new ModelError(`${source.label} is empty; export or copy the model again.`);
  const start = textOf(source, { start: 0, end: Math.min(source.size, 24) });
  if (start.startsWith('version https://git-lfs')) {
    throw new ModelError(
      `${source.label} is a Git LFS pointer, not the model; run “git lfs pull” in its folder.`,
    );
  }
}
