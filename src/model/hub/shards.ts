import { ModelError } from '../../errors';
import { ByteSource } from '../storage/byteSource';
import type { OnnxGraph } from '../onnx/graph';
import type { OnnxTensor } from '../onnx/tensor';
import { readOnnxGraph } from '../onnx/readOnnxGraph';

/**
 * The names of all files with external tensor data of an ONNX file, including its branches.
 *
 * @throws ModelError if it is not an ONNX file
 */
export function externalLocations(onnxPath: string, label: string): string[] {
  const source = new ByteSource(onnxPath, label);
  try {
    return [...new Set(tensorsOf(readOnnxGraph(source)).flatMap(locationOf))];
  } finally {
    source.close();
  }
}

function tensorsOf(graph: OnnxGraph): OnnxTensor[] {
  const attributes = graph.nodes.flatMap((node) => [...node.attributes.values()]);
  const inner = attributes.flatMap(({ tensor, graph: branch }) => [
    ...(tensor ? [tensor] : []),
    ...(branch ? tensorsOf(branch) : []),
  ]);
  return [...graph.initializers.values(), ...inner];
}

function locationOf({ data }: OnnxTensor): string[] {
  if (data.kind !== 'external') return [];
  // Backslashes separate folders only on Windows; no exporter writes them for a file next to the model.
  if (data.location.includes('\\'))
    throw new ModelError(
      `The model keeps weights in ${JSON.stringify(data.location)}, which is not allowed; choose another model.`,
    );
  return [data.location];
}
