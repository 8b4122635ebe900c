import { isModelReference } from './foundModel';

/**
 * A model folder, a file of weights or a reference (see foundModel.ts), optionally with the output that holds the logits;
 * `null` for the built-in model.
 */
export type ModelChoice = string | { readonly path: string; readonly output: string } | null;

/** @param output empty to let the model find it */
export function modelChoice(path: string, output: string): ModelChoice {
  return output === '' ? path : { path, output };
}

/** A file of a model folder, or of a reference to one. @param join appends to a path */
export function fileOf(model: string, file: string, join: (path: string, file: string) => string): string {
  return isModelReference(model) ? `${model}/${file}` : join(model, file);
}

/** The folder, file or reference; `null` for the built-in model. */
export function pathOf(model: ModelChoice): string | null {
  return typeof model === 'object' ? (model?.path ?? null) : model;
}

export function outputOf(model: ModelChoice): string | null {
  return typeof model === 'object' ? (model?.output ?? null) : null;
}
