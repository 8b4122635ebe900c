import { pathOf, type ModelChoice } from '../protocol/modelChoice';
import type { ModelSummary } from '../protocol/modelSummary';
import type { Output } from './output';

/** Says which of several ONNX files was taken and how to name another, unless the user named one. */
export function noteOtherFiles(
  { file, otherFiles }: Pick<ModelSummary, 'file' | 'otherFiles'>,
  model: ModelChoice,
  output: Output,
): void {
  const [other] = otherFiles;
  const path = pathOf(model);
  if (path === null || other === undefined || path.endsWith('.onnx')) return;
  const count = otherFiles.length + 1;
  output.note(`${path} has ${count} ONNX files; took ${file}. Name another with --file ${other}.`);
}
