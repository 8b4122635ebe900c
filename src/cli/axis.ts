import { describeRows } from '../format/rowsWithoutToken';
import type { AxisRequest } from '../protocol/axisRequest';
import type { Padded } from '../protocol/vocabularyResult';
import type { Context } from './command';
import { readConceptInputs } from './conceptInputs';
import { modelHead } from './modelHead';
import type { AxisChoice } from './options/axisOptions';

/** The engine request of commands that project a concept on the vocabulary. @throws UserError */
export async function axisRequest(choice: AxisChoice, { methods, output }: Context): Promise<AxisRequest> {
  const { concepts, notes, tokens } = await readConceptInputs(choice, methods);
  notes.forEach(output.note);
  const { model, seed, product, direction, ridge, allRows, count } = choice;
  return { model, concepts, tokens, seed, settings: { direction, ridge, allRows }, product, count };
}

/** The head of the JSON document: what is needed to reproduce it. */
export function axisHead({ model, direction, ridge, seed, policy, leadingSpace }: AxisChoice) {
  return {
    ...modelHead(model),
    ...{ direction, ridge, seed, tokenPolicy: policy },
    ...(leadingSpace !== null && { leadingSpace }),
  };
}

/** A line about rows without a token; empty if every row has one. */
export function paddingLine({ padding }: Padded): string[] {
  return padding ? [describeRows(padding.rows, padding.counted)] : [];
}
