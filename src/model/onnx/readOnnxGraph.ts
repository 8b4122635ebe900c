import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import type { OnnxFunction, OnnxGraph } from './graph';
import { GraphReader } from './graphReader';
import { fieldsOf, textOf, type Range } from './protobufReader';

/**
 * Reads the graph of an ONNX file without its tensors' data. Field numbers are those of onnx.proto.
 *
 * @throws ModelError if the file is damaged or not an ONNX file
 */
export function readOnnxGraph(source: ByteSource): OnnxGraph {
  refusePointerFile(source);
  const reader = new GraphReader(source);
  // Protobuf merges repeated graph fields into one graph.
  const graphs: Range[] = [];
  const functions = new Map<string, OnnxFunction>();
  for (const field of fieldsOf(source, { start: 0, end: source.size })) {
    if (field.wire !== 'bytes') continue;
    if (field.number === 7) graphs.push(field);
    else if (field.number === 25) functions.set(...reader.function(field));
  }
  const graph = { ...reader.graph(graphs, 0), functions };
  if (graph.nodes.length === 0)
    throw new ModelError(`${source.label} contains no ONNX graph; choose the model's .onnx file.`);
  return graph;
}

/** Repositories cloned without Git LFS contain a few lines of text in place of each model. */
function refusePointerFile(source: ByteSource): void {
  if (source.size === 0) throw new ModelError(`${source.label} is empty; export or copy the model again.`);
  const start = textOf(source, { start: 0, end: Math.min(source.size, 24) });
  if (start.startsWith('version https://git-lfs')) {
    throw new ModelError(
      `${source.label} is a Git LFS pointer instead of the model; run “git lfs pull” in its folder.`,
    );
  }
}
