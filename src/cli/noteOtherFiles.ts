import { namesFile, pathOf, type ModelChoice } from '../protocol/modelChoice';
import type { ModelSummary } from '../protocol/modelSummary';
import type { Output } from './output';

/** Reports which of several files of weights is used and how to choose another, unless the user named one. */
export function noteOtherFiles(
  { file, otherFiles }: Pick<ModelSummary, 'file' | 'otherFiles'>,
  model: ModelChoice,
  output: Output,
): void {
  const path = pathOf(model);
  if (path === null || otherFiles.length === 0 || namesFile(path)) return;
  output.note(otherFilesText(path, file, otherFiles));
}

/** @param others at least one */
export function otherFilesText(model: string, file: string, others: readonly string[]): string {
  return `${model} has ${others.length + 1} files of weights; using ${file}. Choose another with --file ${others[0]!}.`;
}
