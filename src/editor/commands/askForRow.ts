import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { pairFromLabel, pairLabel, type CounterfactualPair } from '../../concepts/concept';
import { changePair, renameConcept } from '../../concepts/editConcepts';
import type { PairReference } from '../conceptReference';
import type { ConceptStore } from '../stores/conceptStore';
import { askForText } from '../notify';
import { plainText } from '../plainText';
import { objection } from './objection';

/* Questions about the rows of the *Concepts* view: which one, and its new name, words or note. */

/** Which pairs to offer, and what to say if there are none of them. */
export interface PairChoice {
  readonly isOffered: (pair: CounterfactualPair) => boolean;
  readonly otherwise: string;
}

/** Asks for one of the pairs of all concepts. @throws UserError if there are none */
export async function askForPair(
  store: ConceptStore,
  title: string,
  choice?: PairChoice,
): Promise<PairReference | undefined> {
  const items = store.concepts.flatMap(({ name, pairs }) =>
    pairs
      .filter((pair) => choice?.isOffered(pair) ?? true)
      .map((pair) => ({
        label: plainText(pairLabel(pair)),
        description: plainText(name),
        reference: { concept: name, pair },
      })),
  );
  if (items.length === 0)
    throw new UserError(
      choice && store.concepts.some(({ pairs }) => pairs.length > 0)
        ? choice.otherwise
        : t('There are no pairs yet. Select two words in a text file and add them.'),
    );
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.reference;
}

/** Asks for one of the concepts. @throws UserError if there are none */
export async function askForConcept(store: ConceptStore, title: string): Promise<string | undefined> {
  const items = store.concepts.map(({ name }) => ({ label: plainText(name), name }));
  if (items.length === 0)
    throw new UserError(t('There are no concepts yet. Select two words in a text file and add them.'));
  return (await vscode.window.showQuickPick(items, { title }))?.name;
}

export function askForName(store: ConceptStore, concept: string): Thenable<string | undefined> {
  return askForText({
    title: t`Rename ${concept}`,
    value: concept,
    validateInput: (name) => objection(() => renameConcept(store.concepts, concept, name)),
  });
}

/** An input box has one line, so a line break is shown as a sign. */
const lineBreak = ' ↵ ';

export async function askForNote(store: ConceptStore, concept: string): Promise<string | undefined> {
  const note = store.concepts.find(({ name }) => name === concept)?.note ?? '';
  const text = await askForText({
    title: t`Edit the Note of ${concept}`,
    value: note.replaceAll('\n', lineBreak),
    prompt: note === '' ? t('For example, where the pairs come from') : t('Leave empty to remove the note'),
  });
  return text?.replaceAll(/ ?↵ ?/gu, '\n');
}

export function askForWords(
  store: ConceptStore,
  concept: string,
  pair: CounterfactualPair,
): Thenable<string | undefined> {
  return askForText({
    title: t`Edit a Pair of ${concept}`,
    value: pairLabel(pair),
    validateInput: (text) => objection(() => changePair(store.concepts, concept, pair, pairFromLabel(text))),
  });
}
