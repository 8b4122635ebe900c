import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSamePair, type CounterfactualPair } from '../../concepts/concept';
import { placeOf } from '../../concepts/conceptFile';
import { longestContext } from '../../concepts/contexts';
import { changePair, renameConcept } from '../../concepts/editConcepts';
import { pathOf } from '../../concepts/fileSections';
import { UserError } from '../../errors';
import { contextLabel } from '../../format/contextText';
import { plural } from '../../format/plural';
import type { ContextReference } from '../conceptReference';
import { askForText } from '../notify';
import { plainText } from '../plainText';
import type { ConceptStore } from '../stores/conceptStore';
import type { ConceptTree } from '../views/conceptTree';
import type { CommandHandlers } from './commandTable';
import { deleteWithUndo } from './deleteWithUndo';
import { objection } from './objection';

type ContextCommand =
  `conceptProbe.${'renameContexts' | 'editContext' | 'deleteContexts' | 'revealContexts'}`;

export type ContextEdits = ReturnType<typeof contextEdits>;

/** The tree's edits of contexts. */
export function contextEdits(store: ConceptStore, tree: ConceptTree) {
  const rename = async ({ section, concept }: ContextReference): Promise<void> => {
    const noun = section === 'contextPairs' ? 'set' : 'label';
    const name = await askForText({
      title: t`Rename ${concept}`,
      value: concept,
      validateInput: (typed) => objection(() => renameConcept(store.section(section), concept, typed, noun)),
    });
    if (name === undefined) return;
    await store.edit((lists) => renameConcept(lists, concept, name, noun), section);
    await tree.focus({ section, concept: name.trim() });
  };
  const edit = async (reference: ContextReference & { readonly pair: CounterfactualPair }): Promise<void> => {
    const { section, concept, pair } = reference;
    // An input box has a single line.
    if (/[\r\n]/u.test(pair.base + pair.target)) {
      await revealContexts(reference, store, false);
      return;
    }
    const changed = await askForContexts(pair, section === 'contextPairs');
    if (!changed) return;
    await store.edit((lists) => changePair(lists, concept, pair, changed), section);
    await tree.focus({ section, concept, pair: changed });
  };
  return {
    rename,
    edit,
    /** Renames a set, or edits an entry. */
    change: (reference: ContextReference): Promise<void> => {
      const { pair } = reference;
      return pair ? edit({ ...reference, pair }) : rename(reference);
    },
  };
}

/** Run from the Command Palette, without a tree item, each command asks for the set or the context. */
export function contextCommands(
  store: ConceptStore,
  edits: ContextEdits,
  log: vscode.LogOutputChannel,
): Pick<CommandHandlers, ContextCommand> {
  return {
    'conceptProbe.renameContexts': async (given) => {
      store.assertEditable();
      const reference = given ?? (await askForSet(store, t('Select a Set of Contexts to Rename')));
      if (reference) await edits.rename(reference);
    },
    'conceptProbe.editContext': async (given) => {
      store.assertEditable();
      const reference = given ?? (await askForEntry(store, t('Select a Context to Edit')));
      if (reference) await edits.change(reference);
    },
    'conceptProbe.deleteContexts': async (given, selected) => {
      store.assertEditable();
      const reference = given ?? (await askForSet(store, t('Select a Set of Contexts to Delete')));
      if (reference) await deleteWithUndo(store, selected ?? [reference], log);
    },
    'conceptProbe.revealContexts': async (given) => {
      const reference = given ?? (await askForEntry(store, t('Select a Context to Reveal')));
      if (reference) await revealContexts(reference, store, given !== undefined);
    },
  };
}

/** Selects a set of contexts or an entry of it in the concept file. @throws UserError if the file no longer has it */
async function revealContexts(
  { section, concept, pair }: ContextReference,
  store: ConceptStore,
  preserveFocus: boolean,
): Promise<void> {
  const lists = store.section(section);
  const list = lists.findIndex(({ name }) => name === concept);
  const entry = pair && lists[list]?.pairs.findIndex((candidate) => isSamePair(candidate, pair));
  if (store.state.kind === 'none' || list < 0 || (entry ?? 0) < 0)
    throw new UserError(t`${pair ? contextLabel(pair) : concept} is no longer in the concept file.`);
  const document = await vscode.workspace.openTextDocument(store.state.uri);
  const place = placeOf(document.getText(), pathOf(section, list, entry));
  if (!place) return;
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  await vscode.window.showTextDocument(document, {
    viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus,
    selection: new vscode.Range(document.positionAt(place.start), document.positionAt(place.end)),
  });
}

async function askForContexts(
  pair: CounterfactualPair,
  isPair: boolean,
): Promise<CounterfactualPair | undefined> {
  const base = await askForContext(isPair ? t('Edit the Base Context') : t('Edit the Context'), pair.base);
  if (base === undefined) return undefined;
  if (!isPair) return { base, target: '' };
  const target = await askForContext(t('Edit the Target Context'), pair.target);
  return target === undefined ? undefined : { base, target };
}

function askForContext(title: string, value: string): Thenable<string | undefined> {
  return askForText({
    title,
    value,
    validateInput: (text) =>
      text.trim() === ''
        ? t('A context must not be empty.')
        : text.length > longestContext
          ? t`A context has at most ${longestContext} characters.`
          : undefined,
  });
}

const sections = ['contextPairs', 'contextSets'] as const;
const noContexts = t('The concept file has no contexts yet; add some from a selection, or import them.');

async function askForSet(store: ConceptStore, title: string): Promise<ContextReference | undefined> {
  const items = sections.flatMap((section) =>
    store.section(section).map(({ name, pairs }) => ({
      label: plainText(name),
      description: plural(pairs.length, section === 'contextPairs' ? 'pair' : 'text'),
      reference: { section, concept: name },
    })),
  );
  if (items.length === 0) throw new UserError(noContexts);
  return (await vscode.window.showQuickPick(items, { title }))?.reference;
}

async function askForEntry(store: ConceptStore, title: string): Promise<ContextReference | undefined> {
  const items = sections.flatMap((section) =>
    store.section(section).flatMap(({ name, pairs }) =>
      pairs.map((pair) => ({
        label: plainText(contextLabel(pair)),
        description: plainText(name),
        reference: { section, concept: name, pair },
      })),
    ),
  );
  if (items.length === 0) throw new UserError(noContexts);
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.reference;
}
