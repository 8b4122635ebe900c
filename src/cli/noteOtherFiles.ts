import type { ModelSummary } from '../protocol/modelSummary';
import type { Output } from './output';

/** Says which of several ONNX files was taken and how to name another, unless the user named one. */
export function noteOtherFiles(
  { file, otherFiles }: Pick<ModelSummary, 'file' | 'otherFiles'>,
  model: string | null,
  output: Output,
): void {
  const [other] = otherFiles;
  if (model === null || other === undefined || model.endsWith('.onnx')) return;
  const count = otherFiles.length + 1;
  output.note(`${model} has ${count} ONNX files; took ${file}. Name another with --file ${other}.`);
}
