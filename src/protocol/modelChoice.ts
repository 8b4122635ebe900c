import { isModelReference } from './foundModel';
import { isHubReference, withHubFile } from './hubReference';
import { formatByName } from './weightFormat';

/**
 * A model folder, a file of weights or a reference (see foundModel.ts and hubReference.ts), optionally with the output that
 * holds the logits; `null` for the built-in model.
 */
export type ModelChoice =
  | string
  | {
      readonly path: string;
      readonly output: string;
      /** From now on, the whole head of a model that is read over the network may be read, not only single rows. */
      readonly wholeHead?: true;
    }
  | null;

/** @param output empty to let the model find it */
export function modelChoice(path: string, output: string): ModelChoice {
  return output === '' ? path : { path, output };
}

/** Whether a path or reference ends in a file of weights, rather than naming a model that may have several. */
export function namesFile(model: string): boolean {
  return formatByName(model) !== null;
}

/** A file of a model folder, or of a reference to one. @param join appends to a path */
export function fileOf(model: string, file: string, join: (path: string, file: string) => string): string {
  if (isHubReference(model)) return withHubFile(model, file);
  return isModelReference(model) ? `${model}/${file}` : join(model, file);
}

/** The same model, whose whole head may be read over the network. */
export function withWholeHead(path: string, output = ''): ModelChoice {
  return { path, output, wholeHead: true };
}

/** The folder, file or reference; `null` for the built-in model. */
export function pathOf(model: ModelChoice): string | null {
  return typeof model === 'object' ? (model?.path ?? null) : model;
}

export function outputOf(model: ModelChoice): string | null {
  const output = typeof model === 'object' ? model?.output : '';
  return output === undefined || output === '' ? null : output;
}
