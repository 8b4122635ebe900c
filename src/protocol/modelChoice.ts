/** A model folder or a file of weights, optionally with the output that holds the logits; `null` for the built-in model. */
export type ModelChoice = string | { readonly path: string; readonly output: string } | null;

/** @param output empty to let the model find it */
export function modelChoice(path: string, output: string): ModelChoice {
  return output === '' ? path : { path, output };
}

export function pathOf(model: ModelChoice): string | null {
  return typeof model === 'object' ? (model?.path ?? null) : model;
}

export function outputOf(model: ModelChoice): string | null {
  return typeof model === 'object' ? (model?.output ?? null) : null;
}
