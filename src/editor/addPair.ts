import * as vscode from 'vscode';
import { pairLabel, type CounterfactualPair } from '../concepts/concept';
import { addPairs } from '../concepts/editConcepts';
import { looksLikePairs, pairsFromText, wordOf } from '../concepts/pairsFromText';
import type { ConceptStore } from './conceptStore';
import type { Mark } from './markedWord';
import { showInformation, showStatus } from './notify';
import type { ConceptPicker } from './pickConcept';
import { UserError } from './registerCommands';
import { selectedWords, type SelectedWord } from './selectedWords';

/**
 * *Add Pair from Selection*: two selections are a pair, several lines or a table are many; a single word is marked as
 * the base, and the next one completes the pair. The marked word again takes the mark back.
 */
export async function addPairFromSelection(
  store: ConceptStore,
  mark: Mark,
  picker: ConceptPicker,
): Promise<void> {
  const editor = textEditor();
  if (!editor) throw new UserError('Open a text first, then select two words in it.');
  const words = selectedWords(editor);
  const [first] = words;
  if (!first) throw new UserError('Select two words, or put the caret into one.');
  const isText = words.some(({ text }) => looksLikePairs(text));
  if (words.length === 1 && !isText) {
    const pair = markOrComplete(editor.document.uri, first, mark);
    if (pair && (await add([pair], store, picker))) mark.clear();
    return;
  }
  mark.clear();
  await add(
    isText ? pairsOfText(words.map(({ text }) => text).join('\n')) : pairsOfSelections(words),
    store,
    picker,
  );
}

/** The text in use, also while the panel or the tree has the focus: then the one with something selected. */
function textEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return (
    activeTextEditor ??
    visibleTextEditors.find(({ selection }) => !selection.isEmpty) ??
    visibleTextEditors[0]
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

function pairsOfText(text: string): readonly CounterfactualPair[] {
  const { pairs, rejected } = pairsFromText(text);
  if (pairs.length === 0)
    throw new UserError('The selection holds no pairs; write one a line, as “king → queen”.');
  if (rejected.length > 0) {
    const [{ text: line, reason }] = rejected as [(typeof rejected)[number]];
    const more = rejected.length > 1 ? ` and ${rejected.length - 1} more` : '';
    void showInformation(`Passed over “${line}”${more}: ${reason}.`);
  }
  return pairs;
}

function pairsOfSelections(words: readonly SelectedWord[]): readonly CounterfactualPair[] {
  if (words.length % 2 === 1) {
    throw new UserError(
      `${words.length} words are selected; select two for a pair, or an even number for several.`,
    );
  }
  return words.flatMap(({ text }, i) =>
    i % 2 === 0 ? [{ base: wordOf(text), target: wordOf(words[i + 1]!.text) }] : [],
  );
}

/** @returns whether the user chose a concept */
async function add(
  pairs: readonly CounterfactualPair[],
  store: ConceptStore,
  picker: ConceptPicker,
): Promise<boolean> {
  store.assertEditable();
  const what = pairs.length === 1 ? pairLabel(pairs[0]!) : `${pairs.length} pairs`;
  const name = await picker.pick(`Add ${what} to a concept`);
  if (name === undefined) return false;
  let added = 0;
  await store.edit((concepts) => {
    const result = addPairs(concepts, name, pairs);
    added = result.added;
    return result.concepts;
  });
  const known = pairs.length - added;
  const message = added === 0 ? `${name} has ${what} already` : `Added ${what} to ${name}`;
  showStatus(known > 0 && added > 0 ? `${message} (${known} known already)` : message, 5000);
  return true;
}
