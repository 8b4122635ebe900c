import { namesFile, pathOf, type ModelChoice } from '../protocol/modelChoice';
import type { ModelSummary } from '../protocol/modelSummary';
import type { Output } from './output';

/** Reports which of several files of weights is used and how to choose another, unless the user named one. */
export function noteOtherFiles(
  { file, otherFiles }: Pick<ModelSummary, 'file' | 'otherFiles'>,
  model: ModelChoice,
  output: Output,
): void {
  const [other] = otherFiles;
  const path = pathOf(model);
  if (path === null || other === undefined || namesFile(path)) return;
  const count = otherFiles.length + 1;
  output.note(`${path} has ${count} files of weights; using ${file}. Choose another with --file ${other}.`);
}
