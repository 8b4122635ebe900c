import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serializeOnnx, type OnnxModel } from '../../../src/model/onnx/writer';
import type { Head, OnnxHead } from '../../../src/model/head/head';
import { Model } from '../../../src/model/model';

/** Writes `folder/onnx/model.onnx`. */
export function writeHead(folder: string, model: OnnxModel): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), serializeOnnx(model));
}

/** The head and every row of U. @throws ModelError */
export function openHead(path: string): { head: Head; rows: Float32Array } {
  return opened(path, (model) => model.unembedding.head);
}

/** The head of an ONNX graph and every row of U. @throws ModelError */
export function openOnnxHead(path: string): { head: OnnxHead; rows: Float32Array } {
  return opened(path, (model) => model.onnxHead);
}

function opened<H>(path: string, headOf: (model: Model) => H): { head: H; rows: Float32Array } {
  const model = new Model(path);
  try {
    const { unembedding } = model;
    const ids = Array.from({ length: unembedding.head.vocabSize }, (_, id) => id);
    return { head: headOf(model), rows: unembedding.rows(ids).data as Float32Array };
  } finally {
    model.close();
  }
}
