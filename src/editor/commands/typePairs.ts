import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { CounterfactualPair } from '../../concepts/concept';
import { pairsFromLine, type PairsInText } from '../../concepts/pairsFromText';
import type { ConceptReference } from '../conceptReference';
import { askForText } from '../notify';
import type { ConceptTree } from '../views/conceptTree';
import { addTo, chosenPairs, foresee, type AddPairContext } from './addPair';
import { objection } from './objection';

/** *Add Pair…*: types one pair or several into a box, for the given concept or one that is asked for. */
export async function typePairs(
  context: AddPairContext & { readonly tree: ConceptTree },
  given?: ConceptReference,
): Promise<void> {
  const { store, picker, engine, tree } = context;
  store.assertEditable();
  const concept = given?.concept ?? (await picker.pick(t('Add a Pair to a Concept')));
  if (concept === undefined) return;
  const text = await askForText({
    title: t`Add a Pair to ${concept}`,
    placeHolder: t('king → queen'),
    prompt: t('Two words, such as king -> queen; several pairs with commas between them'),
    validateInput: (line) => (line.trim() === '' ? null : objection(() => typed(line))),
    warnOf: (line) => (line.trim() === '' ? undefined : foresee(certain(typed(line)), context)),
  });
  if (!text?.trim()) return;
  const pairs = await chosenPairs(concept, typed(text), store, engine);
  await addTo(concept, pairs, context);
  const [pair] = pairs;
  if (pair) await tree.focus({ concept, pair });
}

/** The pairs without a choice of answers, of which the model's tokens decide. */
function certain({ pairs }: PairsInText): readonly CounterfactualPair[] {
  return pairs.flatMap(({ base, answers }) => (answers.length === 1 ? [{ base, target: answers[0]! }] : []));
}

/** @throws UserError if the line has something else than pairs */
function typed(line: string): PairsInText {
  const read = pairsFromLine(line);
  if (read.pairs.length === 0 || read.rejected.length > 0)
    throw new UserError(t('Write two words, such as king → queen.'));
  return read;
}
