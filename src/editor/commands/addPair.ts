import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type * as vscode from 'vscode';
import { isSamePair, pairLabel, type CounterfactualPair } from '../../concepts/concept';
import { addPairs, leaveOut } from '../../concepts/editConcepts';
import { wordOf } from '../../concepts/lists/words';
import { looksLikePairs, pairsFromText, type PairsInText } from '../../concepts/pairsFromText';
import type { EngineClient } from '../../engine/engineClient';
import { chooseByModel } from './chooseByModel';
import type { ProbeSession } from '../sessions/probeSession';
import type { ConceptStore } from '../stores/conceptStore';
import { readSettings } from '../stores/settings';
import type { Mark } from '../views/markedWord';
import { showInformation, showStatus } from '../notify';
import { setContextKey } from '../setContextKey';
import { textInFront } from '../textInFront';
import type { ConceptPicker } from './pickConcept';
import { foreseenDrop } from './foreseenDrop';
import { selectedWords, type SelectedWord } from './selectedWords';

export interface AddPairContext {
  readonly store: ConceptStore;
  readonly mark: Mark;
  readonly picker: ConceptPicker;
  readonly engine: EngineClient;
  readonly session: ProbeSession;
  readonly showGeometry: () => void;
}

/**
 * *Add Pair from Selection*: two selections are a pair, several lines or a table are many. A single word is marked as the
 * base, and the next one completes the pair. Selecting the marked word again clears the mark. The first pair of all opens the
 * panel, which says how to go on.
 */
export async function addPairFromSelection(context: AddPairContext): Promise<void> {
  const { store, mark, engine } = context;
  const editor = await textInFront();
  if (!editor) throw new UserError(t('Open a text file first, then select two words in it.'));
  const words = selectedWords(editor);
  const [first] = words;
  if (!first) throw new UserError(t('Select two words, or place the cursor in one.'));
  const isText = words.some(({ text }) => looksLikePairs(text, words.length === 1));
  if (words.length === 1 && !isText) {
    const pair = markOrComplete(editor.document.uri, first, mark);
    if (pair && (await add([pair], context))) mark.clear();
    return;
  }
  mark.clear();
  await add(
    isText
      ? await pairsOfText(words.map(({ text }) => text).join('\n'), store, engine)
      : pairsOfSelections(words),
    context,
  );
}

function markOrComplete(
  document: vscode.Uri,
  { text, range }: SelectedWord,
  mark: Mark,
): CounterfactualPair | undefined {
  const { marked } = mark;
  const word = wordOf(text);
  if (!marked) mark.set({ word, document, range });
  else if (marked.word === word) mark.clear();
  else return { base: marked.word, target: word };
  return undefined;
}

async function pairsOfText(
  text: string,
  store: ConceptStore,
  engine: EngineClient,
): Promise<readonly CounterfactualPair[]> {
  const read = pairsFromText(text);
  const { pairs, rejected, refusal } = read;
  const [first, ...more] = rejected;
  if (pairs.length === 0) {
    const why = refusal ?? first?.reason;
    throw new UserError(
      why === undefined
        ? t('The selection contains no pairs; write one per line, such as “king → queen”.')
        : t`The selection contains no pairs (${why}); write one per line, such as “king → queen”.`,
    );
  }
  const notes: string[] = [];
  if (first)
    notes.push(
      more.length > 0
        ? t`Skipped “${first.text}” and ${more.length} more: ${first.reason}.`
        : t`Skipped “${first.text}”: ${first.reason}.`,
    );
  return chosenPairs(t('The selection'), read, store, engine, notes);
}

/** Pairs as they were read; of several answers, the one that the model can use best. */
export async function chosenPairs(
  name: string,
  { pairs }: PairsInText,
  store: ConceptStore,
  engine: EngineClient,
  notes: readonly string[] = [],
): Promise<readonly CounterfactualPair[]> {
  const chosen = await chooseByModel(engine, [{ name, pairs }], store.tokens);
  const all = [...notes, ...chosen.notes];
  if (all.length > 0) void showInformation(all.join(' '));
  return chosen.concepts[0]!.pairs;
}

function pairsOfSelections(words: readonly SelectedWord[]): readonly CounterfactualPair[] {
  if (words.length % 2 === 1) {
    throw new UserError(
      t`${words.length} words are selected; select two for a pair, or an even number for several.`,
    );
  }
  return words.flatMap(({ text }, i) =>
    i % 2 === 0 ? [{ base: wordOf(text), target: wordOf(words[i + 1]!.text) }] : [],
  );
}

/** @returns whether the user chose a concept */
async function add(pairs: readonly CounterfactualPair[], context: AddPairContext): Promise<boolean> {
  context.store.assertEditable();
  const what = whatOf(pairs);
  const foreseen = foresee(pairs, context)?.then((reason) => reason && t`Add ${what}; ${reason}`);
  const name = await context.picker.pick(t`Add ${what} to a concept`, {
    ...(foreseen && { laterTitle: foreseen }),
  });
  if (name === undefined) return false;
  await addTo(name, pairs, context);
  return true;
}

/** Why the pairs will not count; `undefined` if the engine cannot say so at once. */
export function foresee(
  pairs: readonly CounterfactualPair[],
  { engine, session, store }: AddPairContext,
): Promise<string | undefined> | undefined {
  const { result, progress } = session.state;
  if (!result || progress) return undefined;
  return foreseenDrop(pairs, { engine, model: readSettings().model, rule: store.tokens });
}

function whatOf(pairs: readonly CounterfactualPair[]): string {
  return pairs.length === 1 ? pairLabel(pairs[0]!) : t`${pairs.length} pairs`;
}

/** Adds pairs to a concept, which is created if necessary. */
export async function addTo(
  name: string,
  pairs: readonly CounterfactualPair[],
  { store, picker, showGeometry }: AddPairContext,
): Promise<void> {
  const isFirst = !store.concepts.some((concept) => concept.pairs.length > 0);
  const what = whatOf(pairs);
  let added = 0;
  await store.edit((concepts) => {
    const known = concepts.find((concept) => concept.name === name)?.pairs ?? [];
    // Adding a pair that is left out includes it again.
    const again = pairs.filter((pair) => known.some((one) => one.leftOut && isSamePair(one, pair)));
    const result = addPairs(concepts, name, pairs);
    added = result.added + again.length;
    const rows = again.map((pair) => ({ concept: name, pair }));
    return again.length === 0 ? result.concepts : leaveOut(result.concepts, rows, false);
  });
  await picker.remember(name);
  const known = pairs.length - added;
  const message = added === 0 ? t`${name} already has ${what}` : t`Added ${what} to ${name}`;
  showStatus(known > 0 && added > 0 ? t`${message} (${known} already there)` : message, 5000);
  setContextKey('hasAddedPair', true);
  if (isFirst) showGeometry();
}
