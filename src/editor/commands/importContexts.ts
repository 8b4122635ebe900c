import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Concept } from '../../concepts/concept';
import { largestSource } from '../../concepts/conceptSources';
import {
  contextPairsOf,
  contextSetsOf,
  type ContextFile,
  type ReadContexts,
} from '../../concepts/contextLists';
import type { Contexts } from '../../concepts/contexts';
import { addPairs } from '../../concepts/editConcepts';
import { sectionOf } from '../../concepts/fileSections';
import { decodeText } from '../../concepts/lists/decodeText';
import { UserError } from '../../errors';
import { contextLabel } from '../../format/contextText';
import { plural, type Noun } from '../../format/plural';
import { showStatus } from '../notify';
import { plainText } from '../plainText';
import { nameOf } from '../stores/conceptDocument';
import type { ConceptStore } from '../stores/conceptStore';
import type { ContextReference } from '../conceptReference';

/** What files hold, read as one of the two kinds of contexts. */
interface Imported {
  readonly section: ContextReference['section'];
  readonly lists: readonly Concept[];
  readonly notes: readonly string[];
}

/** Entries shown of each set in the preview. */
const shown = 3;

/** *Import Contexts…*: contexts from .tsv and .jsonl files, after a preview. Known sets are added to. */
export async function importContexts(store: ConceptStore, log: vscode.LogOutputChannel): Promise<void> {
  store.assertEditable();
  const files = await chooseFiles();
  if (!files) return;
  const imported = await chooseKind(readBoth(files));
  if (!imported) return;
  for (const note of imported.notes) log.warn(note);
  const wanted = await preview(imported);
  if (!wanted || wanted.length === 0) return;
  let added = 0;
  await store.edit((lists) => {
    added = 0;
    return wanted.reduce((now, { name, pairs }) => {
      const result = addPairs(now, name, pairs);
      added += result.added;
      return result.concepts;
    }, lists);
  }, imported.section);
  showStatus(t`Imported ${plural(added, nounOf(imported))} in ${plural(wanted.length, 'set')}`, 8000);
}

async function chooseFiles(): Promise<readonly ContextFile[] | undefined> {
  const uris = await vscode.window.showOpenDialog({
    title: t('Import Contexts'),
    openLabel: t('Preview'),
    canSelectMany: true,
    filters: { [t('Contexts')]: ['tsv', 'txt', 'jsonl', 'ndjson'], [t('All files')]: ['*'] },
  });
  if (!uris) return undefined;
  return Promise.all(
    uris.map(async (uri) => {
      const path = nameOf(uri);
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > largestSource)
        throw new UserError(t`${path} is too large for a list of contexts (${size} bytes); split it.`);
      return { path, text: decodeText(await vscode.workspace.fs.readFile(uri), path) };
    }),
  );
}

/** The kinds that every file can be read as. @throws UserError if there is none */
function readBoth(files: readonly ContextFile[]): readonly Imported[] {
  const kinds = [
    () => asImported('contextPairs', files.map(contextPairsOf), (sets) => ({ contextPairs: sets })),
    () => asImported('contextSets', files.map(contextSetsOf), (sets) => ({ contextSets: sets })),
  ];
  let problem: UserError | undefined;
  const possible = kinds.flatMap((read) => {
    try {
      return [read()];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem = error;
      return [];
    }
  });
  if (problem && possible.length === 0) throw problem;
  return possible;
}

function asImported<T>(
  section: Imported['section'],
  read: readonly ReadContexts<T>[],
  contexts: (sets: readonly T[]) => Contexts,
): Imported {
  const sets = read.flatMap((file) => file.sets);
  const lists = sectionOf({ concepts: [], ...contexts(sets) }, section);
  return {
    section,
    // Files may have the same set, and a set the same entry twice.
    lists: lists.reduce<readonly Concept[]>(
      (all, { name, pairs }) => addPairs(all, name, pairs).concepts,
      [],
    ),
    notes: read.flatMap(({ notes }) => notes),
  };
}

/** Two columns may be a pair, or a label and a text: only the user knows. */
async function chooseKind(possible: readonly Imported[]): Promise<Imported | undefined> {
  if (possible.length < 2) return possible[0];
  const items = possible.map((imported) => ({
    label: imported.section === 'contextPairs' ? t('Pairs of contexts') : t('Labelled contexts'),
    description: countText(imported),
    detail: plainText(
      imported.section === 'contextPairs'
        ? t`${contextLabel(imported.lists[0]!.pairs[0]!)}: compared with concepts by Align Contexts with Concepts`
        : t`${imported.lists[0]!.name}: ${contextLabel(imported.lists[0]!.pairs[0]!)}; for Measure Contexts`,
    ),
    imported,
  }));
  const title = t('Import as Pairs of Contexts, or as Contexts with a Label?');
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.imported;
}

/** Shows what would be imported, with everything checked. @returns the sets to import */
async function preview(imported: Imported): Promise<readonly Concept[] | undefined> {
  const { lists, notes } = imported;
  const items = lists.map((list) => ({
    label: plainText(list.name),
    description: plural(list.pairs.length, nounOf(imported)),
    detail: plainText(
      `${list.pairs.slice(0, shown).map(contextLabel).join('; ')}${list.pairs.length > shown ? '; …' : ''}`,
    ),
    picked: true,
    list,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t`Import ${countText(imported)}?`,
    placeHolder: plainText([t('Press Enter to import what is checked.'), ...notes].join(' ')),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ list }) => list);
}

function countText(imported: Imported): string {
  const count = imported.lists.reduce((sum, { pairs }) => sum + pairs.length, 0);
  return t`${plural(count, nounOf(imported))} in ${plural(imported.lists.length, 'set')}`;
}

function nounOf({ section }: Imported): Noun {
  return section === 'contextPairs' ? 'context pair' : 'context';
}
