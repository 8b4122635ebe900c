import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { conceptPlaces } from '../../concepts/conceptPlaces';
import { conceptSummary } from '../../format/conceptSummary';
import { Disposable } from '../disposable';
import { plainText } from '../plainText';
import { conceptResultOf } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';
import type { ConceptStore } from '../stores/conceptStore';
import { isConceptText, rangeAt } from './conceptFileText';

/** Over each concept in the concept file: how many of its pairs count, and its mean; a click shows it in the panel. */
export class ConceptLenses extends Disposable implements vscode.CodeLensProvider {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {
    super();
    let shown = session.state;
    this.register(
      session.onDidChange((state) => {
        const isSame = state.result === shown.result && state.isOutdated === shown.isOutdated;
        shown = state;
        if (!isSame) this.#changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { state } = this.store;
    if (state.kind !== 'valid' || !isConceptText(this.store, document)) return [];
    const places = conceptPlaces(document.getText());
    const { result, isOutdated } = this.session.state;
    return state.file.concepts.flatMap(({ name }, index) => {
      const place = places[index];
      if (!place) return [];
      const summary = conceptSummary(conceptResultOf(result, name), isOutdated);
      const title = plainText(t`${summary} · Show`);
      const command = { command: 'conceptProbe.showConcept', title, arguments: [{ concept: name }] };
      return [new vscode.CodeLens(rangeAt(document, place), command)];
    });
  }
}
