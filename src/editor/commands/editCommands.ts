import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { conceptName, pairFromLabel, pairLabel } from '../../concepts/concept';
import {
  addConcept,
  changePair,
  leaveOut,
  movePair,
  renameConcept,
  setNote,
  swapPair,
  type Deleted,
} from '../../concepts/editConcepts';
import { moveByOne } from '../../concepts/moveRows';
import type { CommandHandlers } from './commandTable';
import type { ConceptReference, PairReference } from '../conceptReference';
import type { ConceptStore } from '../stores/conceptStore';
import { Turns } from '../turns';
import type { ConceptTree } from '../views/conceptTree';
import type { ConceptPicker } from './pickConcept';
import { askForText } from '../notify';
import { askForConcept, askForName, askForNote, askForPair, askForWords, type PairChoice } from './askForRow';
import { deleteWithUndo } from './deleteWithUndo';
import type { ContextEdits } from './contextCommands';
import { objection } from './objection';

type EditCommand =
  `conceptProbe.${'renameConcept' | 'deleteConcept' | 'swapPair' | 'movePair' | 'leaveOutPair' | 'includePair' | 'deletePair' | 'editPair' | 'newConcept' | 'editNote' | 'deleteSelected' | 'renameSelected' | 'moveSelectedUp' | 'moveSelectedDown' | 'undo' | 'redo'}`;

/** The tree's edits. Run from the Command Palette, without a tree item, each asks for the concept or pair. */
export function editCommands(
  store: ConceptStore,
  picker: ConceptPicker,
  tree: ConceptTree,
  contexts: ContextEdits,
  log: vscode.LogOutputChannel,
  typePairs: (concept: string) => Promise<void>,
): Pick<CommandHandlers, EditCommand> {
  const onConcept = async (
    given: ConceptReference | undefined,
    title: string,
    edit: (concept: string) => unknown,
  ): Promise<void> => {
    store.assertEditable();
    const concept = given?.concept ?? (await askForConcept(store, title));
    if (concept !== undefined) await edit(concept);
  };
  const onPair = async (
    given: PairReference | undefined,
    title: string,
    edit: (reference: PairReference) => unknown,
    choice?: PairChoice,
  ): Promise<void> => {
    store.assertEditable();
    const reference = given ?? (await askForPair(store, title, choice));
    if (reference) await edit(reference);
  };
  const setLeftOut = (rows: readonly Deleted[], isLeftOut: boolean): Promise<void> => {
    const pairs = rows.flatMap(({ section = 'concepts', concept, pair }) =>
      pair && section === 'concepts' ? [{ concept, pair }] : [],
    );
    return store.edit((concepts) => leaveOut(concepts, pairs, isLeftOut));
  };
  const remove = (deleted: readonly Deleted[]): Promise<void> => deleteWithUndo(store, deleted, log);
  const rename = async (concept: string): Promise<void> => {
    const name = await askForName(store, concept);
    if (name === undefined) return;
    await store.edit((concepts) => renameConcept(concepts, concept, name));
    await tree.focus({ concept: conceptName(name) });
  };
  const change = async ({ concept, pair }: PairReference): Promise<void> => {
    const words = await askForWords(store, concept, pair);
    if (words === undefined) return;
    const changed = pairFromLabel(words);
    await store.edit((concepts) => changePair(concepts, concept, pair, changed));
    await tree.focus({ concept, pair: changed });
  };
  // A key that is held down acts on one row at a time, and stops soon after it is released.
  const keys = new Turns(2);
  const moveSelected = (step: -1 | 1): Promise<void> =>
    keys.run(async () => {
      store.assertEditable();
      const [row] = await tree.rowsOfKey();
      if (!row) return;
      await store.edit((lists) => moveByOne(lists, row, step), row.section);
      await tree.focus(row);
    });
  return {
    'conceptProbe.newConcept': async () => {
      store.assertEditable();
      const name = await askForText({
        title: t('New Concept'),
        prompt: t('What the pairs differ in, such as male → female'),
        validateInput: (text) => (text === '' ? null : objection(() => addConcept(store.concepts, text))),
      });
      if (!name?.trim()) return;
      await store.edit((concepts) => addConcept(concepts, name));
      const concept = conceptName(name);
      await tree.focus({ concept });
      await typePairs(concept);
    },
    'conceptProbe.editNote': (given) =>
      onConcept(given, t('Select a Concept to Edit Its Note'), async (concept) => {
        const text = await askForNote(store, concept);
        if (text !== undefined) await store.edit((concepts) => setNote(concepts, concept, text));
      }),
    'conceptProbe.renameConcept': (given) => onConcept(given, t('Select a Concept to Rename'), rename),
    'conceptProbe.editPair': (given) => onPair(given, t('Select a Pair to Edit'), change),
    'conceptProbe.deleteConcept': (given, selected) =>
      onConcept(given, t('Select a Concept to Delete'), (concept) => remove(selected ?? [{ concept }])),
    'conceptProbe.deletePair': (given, selected) =>
      onPair(given, t('Select a Pair to Delete'), (reference) => remove(selected ?? [reference])),
    'conceptProbe.swapPair': (given) =>
      onPair(given, t('Select a Pair to Swap'), ({ concept, pair }) =>
        store.edit((concepts) => swapPair(concepts, concept, pair)),
      ),
    'conceptProbe.movePair': (given) =>
      onPair(given, t('Select a Pair to Move'), async ({ concept, pair }) => {
        const to = await picker.pick(t`Move ${pairLabel(pair)} to another concept`, { except: concept });
        if (to === undefined) return;
        await store.edit((concepts) => movePair(concepts, concept, pair, to));
        await picker.remember(to);
      }),
    'conceptProbe.leaveOutPair': (given, selected) =>
      onPair(
        given,
        t('Select a Pair to Leave Out'),
        (reference) => setLeftOut(selected ?? [reference], true),
        {
          isOffered: ({ leftOut }) => !leftOut,
          otherwise: t('All pairs are already left out.'),
        },
      ),
    'conceptProbe.includePair': (given, selected) =>
      onPair(
        given,
        t('Select a Pair to Include Again'),
        (reference) => setLeftOut(selected ?? [reference], false),
        { isOffered: ({ leftOut }) => leftOut === true, otherwise: t('No pair is left out.') },
      ),
    'conceptProbe.deleteSelected': () =>
      keys.run(async () => {
        store.assertEditable();
        const rows = await tree.rowsOfKey();
        if (rows.length === 0) return;
        const next = tree.neighbour(rows);
        await remove(rows);
        if (next) await tree.focus(next);
      }),
    'conceptProbe.renameSelected': async () => {
      store.assertEditable();
      const [row] = await tree.rowsOfKey();
      if (!row) return;
      if (row.section !== 'concepts') await contexts.change({ ...row, section: row.section });
      else await (row.kind === 'pair' ? change(row) : rename(row.concept));
    },
    'conceptProbe.moveSelectedUp': () => moveSelected(-1),
    'conceptProbe.moveSelectedDown': () => moveSelected(1),
    'conceptProbe.undo': () => store.move('undo'),
    'conceptProbe.redo': () => store.move('redo'),
  };
}
