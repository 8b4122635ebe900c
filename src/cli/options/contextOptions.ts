import type { ContextRequest } from '../../protocol/contextResult';
import type { ModelChoice } from '../../protocol/modelChoice';
import type { Context, Given } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { modelHead } from '../modelHead';
import { jsonOption } from './axisOptions';
import { conceptOptions, conceptsWith } from './conceptOptions';
import { geometryOf, geometryOptions, productOption } from './geometryOptions';

/** What the commands that read contexts have in common. */
export const contextOptions = {
  json: jsonOption,
  csv: { type: 'string', placeholder: 'FILE', help: 'Write the numbers as a table' },
  npy: { type: 'string', placeholder: 'FILE', help: 'Write the numbers as a NumPy matrix' },
  ...productOption,
  ...geometryOptions,
  ...conceptOptions,
} as const;

/** What the engine is asked: the concepts, the inner product and how directions are computed. @throws UserError */
export async function contextRequest(
  given: Given<Omit<typeof contextOptions, 'file'>>,
  model: ModelChoice,
  { methods, output }: Context,
): Promise<ContextRequest> {
  const { seed, product } = given.values;
  const settings = geometryOf(given.values);
  const chosen = conceptsWith(model, given);
  const { concepts, notes, tokens } = await readConceptInputs(chosen, methods);
  notes.forEach(output.note);
  return { model, concepts, tokens, seed, settings, product };
}

/** What is needed to compute it again: the head of the JSON document. */
export function contextHead({ model, product, seed, tokens, settings }: ContextRequest) {
  const { direction, ridge } = settings;
  return { ...modelHead(model), product, direction, ridge, seed, tokens };
}
