import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { conceptPlaces } from '../../concepts/conceptPlaces';
import { isolatedPair } from '../../format/isolated';
import { dropReason, type PairResult } from '../../protocol/probeResult';
import { dropFixes } from '../dropFixes';
import { conceptResultOf, pairResultOf } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';
import type { ConceptStore } from '../stores/conceptStore';
import { isConceptText, rangeAt } from './conceptFileText';

/** A pair of the concept file that does not count, and where it is. */
interface DroppedPair {
  readonly concept: string;
  readonly result: PairResult;
  readonly range: vscode.Range;
}

/** Never suggested as the best fix. */
const lastResorts: readonly string[] = ['conceptProbe.leaveOutPair', 'conceptProbe.deletePair'];

/** Quick fixes for pairs of the concept file that do not count. */
export class DropActions implements vscode.CodeActionProvider {
  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return droppedPairs(document, this.store, this.session)
      .filter((dropped) => dropped.range.intersection(range))
      .flatMap(({ concept, result }) =>
        dropFixes(concept, result, this.store.tokens).map(({ title, command, argument }, index) => {
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          action.command = { command, title, arguments: [argument] };
          action.isPreferred = index === 0 && !lastResorts.includes(command);
          return action;
        }),
      );
  }
}

/** Why pairs do not count: hints, which are underlined with dots and not listed as problems. */
export function dropHints(
  document: vscode.TextDocument,
  store: ConceptStore,
  session: ProbeSession,
): vscode.Diagnostic[] {
  return droppedPairs(document, store, session).map(({ result, range }) => {
    const reason = dropReason(isolatedPair(result)) ?? '';
    const hint = new vscode.Diagnostic(range, t`Not counted: ${reason}.`, vscode.DiagnosticSeverity.Hint);
    hint.source = 'Concept Probe';
    return hint;
  });
}

function droppedPairs(
  document: vscode.TextDocument,
  store: ConceptStore,
  { state: { result } }: ProbeSession,
): readonly DroppedPair[] {
  if (store.state.kind !== 'valid' || !isConceptText(store, document)) return [];
  const places = conceptPlaces(document.getText());
  return store.state.file.concepts.flatMap(({ name, pairs }, concept) => {
    const conceptResult = conceptResultOf(result, name);
    return pairs.flatMap((pair, index) => {
      const place = places[concept]?.pairs[index];
      const found = pairResultOf(conceptResult, pair, index);
      if (!place || !found || dropReason(found) === undefined) return [];
      return [{ concept: name, result: found, range: rangeAt(document, place) }];
    });
  });
}
