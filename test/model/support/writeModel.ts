import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxDataType, serializeOnnx, type OnnxGraph, type OnnxTensor } from '../../../src/model/onnx/writer';

/** logits = hidden · W for a given weight. `graph` may replace parts. */
export function writeModel(folder: string, weight: OnnxTensor, graph: Partial<OnnxGraph> = {}): void {
  const node = [{ opType: 'MatMul', input: ['hidden', weight.name ?? 'W'], output: ['logits'] }];
  const output = [{ name: 'logits', elemType: onnxDataType.float }];
  const model = {
    irVersion: 8,
    opsetImport: { '': 17 },
    graph: { node, output, initializer: [weight], ...graph },
  };
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), serializeOnnx(model));
}
