import { pathOf, type ModelChoice } from '../protocol/modelChoice';
import { parseHubReference } from '../protocol/hubReference';
import type { ModelSummary } from '../protocol/modelSummary';
import type { Output } from './output';

/** Reports which of several ONNX files is used and how to choose another, unless the user named one. */
export function noteOtherFiles(
  { file, otherFiles }: Pick<ModelSummary, 'file' | 'otherFiles'>,
  model: ModelChoice,
  output: Output,
): void {
  const [other] = otherFiles;
  const path = pathOf(model);
  if (path === null || other === undefined || path.endsWith('.onnx') || parseHubReference(path)?.file) return;
  const count = otherFiles.length + 1;
  output.note(`${path} has ${count} ONNX files; using ${file}. Choose another with --file ${other}.`);
}
