import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { isSamePair, pairLabel } from '../../concepts/concept';
import { pairOffset } from '../../concepts/conceptFile';
import type { Occurrence } from '../../concepts/occurrences';
import type { PairReference } from '../conceptReference';
import type { ConceptStore } from '../stores/conceptStore';
import { isReadable } from '../textInFront';
import { rangeOf, type TextOccurrences } from '../views/textOccurrences';

/**
 * Selects both words of a pair where they are closest to each other: in a visible text, else in an open one, else on the
 * pair's line in the concept file.
 *
 * @param preserveFocus whether the focus stays where it is
 * @throws UserError if the concept file no longer has the pair
 */
export async function revealPair(
  reference: PairReference,
  store: ConceptStore,
  occurrences: TextOccurrences,
  preserveFocus: boolean,
): Promise<void> {
  const { state } = store;
  const concept = store.concepts.findIndex(({ name }) => name === reference.concept);
  const pair =
    store.concepts[concept]?.pairs.findIndex((candidate) => isSamePair(candidate, reference.pair)) ?? -1;
  if (state.kind === 'none' || pair < 0) {
    throw new UserError(t`The pair ${pairLabel(reference.pair)} is no longer in the concept file.`);
  }
  const isConceptFile = (document: vscode.TextDocument): boolean =>
    document.uri.toString() === state.uri.toString();
  const documents = [
    ...vscode.window.visibleTextEditors.map((editor) => editor.document),
    ...vscode.workspace.textDocuments,
  ];
  for (const document of documents) {
    if (isConceptFile(document) || !isReadable(document)) continue;
    const places = nearestPlaces(occurrences.in(document), concept, pair);
    if (places)
      return show(
        document,
        places.map((place) => rangeOf(document, place)),
        preserveFocus,
      );
  }
  const document = await vscode.workspace.openTextDocument(state.uri);
  const place = pairOffset(document.getText(), concept, pair);
  if (place) await show(document, [rangeOf(document, { ...place, ends: [] })], preserveFocus);
}

async function show(
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
  preserveFocus: boolean,
): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = visible?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(document, { viewColumn, preserveFocus });
  editor.selections = ranges.map((range) => new vscode.Selection(range.start, range.end));
  editor.revealRange(ranges[0]!, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The base and the target with the fewest characters between them, found in one pass over all occurrences. */
function nearestPlaces(
  all: readonly Occurrence[],
  concept: number,
  pair: number,
): [Occurrence, Occurrence] | undefined {
  const last: { base?: Occurrence; target?: Occurrence } = {};
  let nearest: [Occurrence, Occurrence] | undefined;
  for (const place of all) {
    for (const end of place.ends) if (end.concept === concept && end.pair === pair) last[end.role] = place;
    const { base, target } = last;
    if (base && target && (!nearest || gap(base, target) < gap(...nearest))) nearest = [base, target];
  }
  return nearest;
}

function gap(a: Occurrence, b: Occurrence): number {
  return Math.abs(a.start - b.start);
}
