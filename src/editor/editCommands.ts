import * as vscode from 'vscode';
import { pairLabel } from '../concepts/concept';
import { deleteConcept, deletePair, movePair, renameConcept, swapPair } from '../concepts/editConcepts';
import type { CommandHandlers, ConceptReference, PairReference } from './commandTable';
import type { ConceptStore } from './conceptStore';
import type { ConceptPicker } from './pickConcept';
import { askForText } from './notify';
import { plainText } from './plainText';
import { UserError } from './registerCommands';

type EditCommand =
  `conceptProbe.${'renameConcept' | 'deleteConcept' | 'swapPair' | 'movePair' | 'deletePair'}`;

/** The tree's edits. From the palette, without a tree item, each asks which concept or pair is meant. */
export function editCommands(store: ConceptStore, picker: ConceptPicker): Pick<CommandHandlers, EditCommand> {
  const onConcept = async (
    given: ConceptReference | undefined,
    title: string,
    edit: (concept: string) => unknown,
  ): Promise<void> => {
    const concept = given?.concept ?? (await askForConcept(store, title));
    if (concept !== undefined) await edit(concept);
  };
  const onPair = async (
    given: PairReference | undefined,
    title: string,
    edit: (reference: PairReference) => unknown,
  ): Promise<void> => {
    const reference = given ?? (await askForPair(store, title));
    if (reference) await edit(reference);
  };
  return {
    'conceptProbe.renameConcept': (given) =>
      onConcept(given, 'Rename which concept?', async (concept) => {
        const name = await askForName(store, concept);
        if (name !== undefined) await store.edit((concepts) => renameConcept(concepts, concept, name));
      }),
    'conceptProbe.deleteConcept': (given) =>
      onConcept(given, 'Delete which concept?', (concept) =>
        store.edit((concepts) => deleteConcept(concepts, concept)),
      ),
    'conceptProbe.swapPair': (given) =>
      onPair(given, 'Swap which pair?', ({ concept, pair }) =>
        store.edit((concepts) => swapPair(concepts, concept, pair)),
      ),
    'conceptProbe.deletePair': (given) =>
      onPair(given, 'Delete which pair?', ({ concept, pair }) =>
        store.edit((concepts) => deletePair(concepts, concept, pair)),
      ),
    'conceptProbe.movePair': (given) =>
      onPair(given, 'Move which pair?', async ({ concept, pair }) => {
        const to = await picker.pick(`Move ${pairLabel(pair)} to another concept`, concept);
        if (to !== undefined) await store.edit((concepts) => movePair(concepts, concept, pair, to));
      }),
  };
}

/** The user's choice among the pairs of all concepts. @throws UserError if there are none */
export async function askForPair(store: ConceptStore, title: string): Promise<PairReference | undefined> {
  const items = store.concepts.flatMap(({ name, pairs }) =>
    pairs.map((pair) => ({
      label: plainText(pairLabel(pair)),
      description: plainText(name),
      reference: { concept: name, pair },
    })),
  );
  if (items.length === 0)
    throw new UserError('There are no pairs yet; select two words in a text and add them.');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.reference;
}

/** The user's choice among all concepts. @throws UserError if there are none */
export async function askForConcept(store: ConceptStore, title: string): Promise<string | undefined> {
  const items = store.concepts.map(({ name }) => ({ label: plainText(name), name }));
  if (items.length === 0)
    throw new UserError('There are no concepts yet; select two words in a text and add them.');
  return (await vscode.window.showQuickPick(items, { title }))?.name;
}

function askForName(store: ConceptStore, concept: string): Thenable<string | undefined> {
  return askForText({
    title: `Rename ${concept}`,
    value: concept,
    validateInput: (name) => {
      try {
        renameConcept(store.concepts, concept, name);
        return undefined;
      } catch (error) {
        return (error as RangeError).message;
      }
    },
  });
}
