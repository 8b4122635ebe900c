import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { conceptFileSuffix, type ConceptFile } from '../../concepts/conceptFile';
import { addCategories, type Category } from '../../concepts/categories';
import { addContexts, addPairs, setNote } from '../../concepts/editConcepts';
import { conceptsFromFiles, type ConceptsFromFiles, type SourceFile } from '../../concepts/conceptSources';
import type { ListOptions } from '../../concepts/lists/listedConcept';
import { isWrittenWithoutSpaces } from '../../concepts/lists/words';
import { defaultTokenRule, tokenRuleText, isSameTokenRule, type TokenRule } from '../../concepts/tokenRule';
import type { EngineClient } from '../../engine/engineClient';
import { plural } from '../../format/plural';
import { chooseByModel } from './chooseByModel';
import type { ConceptStore } from '../stores/conceptStore';
import { chooseFiles } from './importFiles';
import { askForColumns, showPreview } from './importPreview';
import { showStatus } from '../notify';

/**
 * *Import Pairs…*: lists of pairs in the selected files and folders become concepts, after a preview. Pairs of an existing
 * concept are added to it.
 */
export async function importPairs(
  store: ConceptStore,
  engine: EngineClient,
  log: vscode.LogOutputChannel,
): Promise<void> {
  store.assertEditable();
  let files = await chooseFiles();
  while (files) {
    const read = conceptsFromFiles(files);
    const [first] = read.choices;
    if (read.concepts.length === 0 && first) {
      files = await withOtherColumns(files, read, first.path);
      continue;
    }
    const { concepts, notes } = await resolve(read, store.tokens, engine);
    for (const note of notes) log.warn(note);
    const choice = await showPreview(
      {
        concepts: concepts.map((concept, i) => {
          const { path, skipped } = read.concepts[i]!;
          return { ...concept, path, skipped };
        }),
        notes,
        choices: read.choices,
        withoutSpace: withoutSpace(read, store),
      },
      () => {
        log.show();
      },
    );
    if (!choice) return;
    if (choice.kind === 'import') {
      const rule: TokenRule = choice.withoutSpace ? { ...store.tokens, leadingSpace: false } : store.tokens;
      await take(store, read, choice.names, rule, engine);
      return;
    }
    files =
      choice.kind === 'columns'
        ? await withOtherColumns(files, read, choice.path)
        : readAgain(files, choice.path, { header: false });
  }
}

/** Picks one of several answers where a line has them, and collects all notes on the files. */
async function resolve(read: ConceptsFromFiles, rule: TokenRule, engine: EngineClient) {
  const { concepts, notes } = await chooseByModel(engine, read.concepts, rule);
  const rules = read.concepts.some(({ path }) => path.endsWith(conceptFileSuffix)) ? [read.tokens] : [];
  const foreign = rules
    .filter((other) => !isSameTokenRule(other, rule))
    .map(
      (other) =>
        t`The imported file tokenizes words differently (${tokenRuleText(other)}) from the current concept file.`,
    );
  return { concepts, notes: [...read.notes, ...notes, ...foreign, ...otherNotes(read)] };
}

async function take(
  store: ConceptStore,
  read: ConceptsFromFiles,
  names: ReadonlySet<string>,
  rule: TokenRule,
  engine: EngineClient,
): Promise<void> {
  const { concepts, notes } = await resolve(read, rule, engine);
  const wanted = concepts.filter(({ name }) => names.has(name));
  if (wanted.length === 0) return;
  let added = 0;
  await store.editFile((before) => {
    let { concepts: after } = before;
    added = 0;
    for (const { name, note, pairs } of wanted) {
      const isNew = !after.some((concept) => concept.name === name);
      const result = addPairs(after, name, pairs);
      after = isNew && note !== undefined ? setNote(result.concepts, name, note) : result.concepts;
      added += result.added;
    }
    const isSameRule = isSameTokenRule(rule, before.tokens ?? defaultTokenRule);
    const isSame = isSameRule && after === before.concepts;
    const file = isSame ? before : { ...before, ...(!isSameRule && { tokens: rule }), concepts: after };
    return withCategories(addContexts(file, read.contexts), read.categories);
  });
  const imported = t`Imported ${plural(added, 'pair')} in ${plural(wanted.length, 'concept')}`;
  showStatus(notes.length > 0 ? t`${imported}; ${plural(notes.length, 'note')} in the log` : imported, 8000);
}

/** Suggested if all words are in such a script and no other concept would change. */
function withoutSpace({ concepts }: ConceptsFromFiles, store: ConceptStore): boolean | null {
  if (!store.tokens.leadingSpace) return null;
  const words = concepts.flatMap(({ pairs }) => pairs.flatMap(({ base, answers }) => [base, ...answers]));
  return store.concepts.length === 0 && words.every(isWrittenWithoutSpaces);
}

async function withOtherColumns(
  files: readonly SourceFile[],
  { choices }: ConceptsFromFiles,
  path: string,
): Promise<readonly SourceFile[] | undefined> {
  const choice = choices.find((candidate) => candidate.path === path);
  const columns = choice && (await askForColumns(choice));
  return columns && readAgain(files, path, { columns });
}

function readAgain(files: readonly SourceFile[], path: string, list: ListOptions): readonly SourceFile[] {
  return files.map((file) => (file.path === path ? { ...file, list: { ...file.list, ...list } } : file));
}

function withCategories(file: ConceptFile, added: readonly Category[]): ConceptFile {
  const known = file.categories ?? [];
  const { categories, added: words } = addCategories(known, added);
  return words === 0 ? file : { ...file, categories };
}

/** Contexts and categories of concept files are imported too. */
function otherNotes({ contexts, categories }: ConceptsFromFiles): string[] {
  const { contextPairs = [], contextSets = [] } = contexts;
  const pairs = contextPairs.reduce((sum, set) => sum + set.pairs.length, 0);
  const texts = contextSets.reduce((sum, set) => sum + set.texts.length, 0);
  return [
    ...(pairs > 0 ? [t`Also imports ${plural(pairs, 'pair')} of contexts.`] : []),
    ...(texts > 0 ? [t`Also imports ${plural(texts, 'labelled context')}.`] : []),
    ...(categories.length > 0 ? [t`Also imports ${plural(categories.length, 'category')}.`] : []),
  ];
}
