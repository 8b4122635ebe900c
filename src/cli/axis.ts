import { version } from '../../package.json';
import { describeRows } from '../format/rowsWithoutToken';
import type { AxisRequest } from '../protocol/axisRequest';
import { outputOf, pathOf } from '../protocol/modelChoice';
import type { Padded } from '../protocol/vocabularyResult';
import type { Context } from './command';
import { readConceptInputs } from './conceptInputs';
import type { AxisChoice } from './options/axisOptions';

/** What the engine is asked by commands that lay a concept over the vocabulary. @throws UserError */
export async function axisRequest(choice: AxisChoice, { methods, output }: Context): Promise<AxisRequest> {
  const { concepts, notes, tokens } = await readConceptInputs(choice, methods);
  notes.forEach(output.note);
  const { model, seed, product, direction, ridge, allRows, count } = choice;
  return { model, concepts, tokens, seed, settings: { direction, ridge, allRows }, product, count };
}

/** What is needed to compute it again: the head of the JSON document. */
export function axisHead({ model, direction, ridge, seed, policy, leadingSpace }: AxisChoice) {
  const output = outputOf(model);
  return {
    ...{ schema: 1, version, model: pathOf(model) ?? 'embedded', ...(output !== null && { output }) },
    ...{ direction, ridge, seed, tokenPolicy: policy },
    ...(leadingSpace !== null && { leadingSpace }),
  };
}

/** A line on rows that have no token; none where every row has one. */
export function paddingLine({ padding }: Padded): string[] {
  return padding ? [describeRows(padding.rows, padding.counted)] : [];
}
