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
  readonly tensor: OnnxTensor | null;
  /** The body of a branch of If. */
  readonly graph: OnnxGraph | null;
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly outputs: readonly string[];
  /** How many dimensions each output has, where the graph says so. */
  readonly outputRanks: ReadonlyMap<string, number>;
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
  for (const field of fieldsOf(source, { start: 0, end: source.size }))
    if (field.number === 7 && field.wire === 'bytes') graphs.push(field);
  const graph = reader.graph(graphs, 0);
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
