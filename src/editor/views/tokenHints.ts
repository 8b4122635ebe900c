import * as vscode from 'vscode';
import { conceptPlaces } from '../../concepts/conceptPlaces';
import { pairTokens } from '../../format/conceptSummary';
import { Disposable } from '../disposable';
import { conceptResultOf, pairResultOf } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';
import type { ConceptStore } from '../stores/conceptStore';
import { settingsSection } from '../stores/settings';
import { isConceptText, rangeAt } from './conceptFileText';

const setting = 'tokenHints';

/** After each word of the concept file its tokens in the model, if the setting asks for them. */
export class TokenHints extends Disposable implements vscode.InlayHintsProvider {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {
    super();
    let shown = session.state.result;
    this.register(
      session.onDidChange(({ result }) => {
        if (result !== shown) this.#changed.fire();
        shown = result;
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${settingsSection}.${setting}`)) this.#changed.fire();
      }),
    );
  }

  provideInlayHints(document: vscode.TextDocument, within: vscode.Range): vscode.InlayHint[] {
    const { state } = this.store;
    const isWanted = vscode.workspace.getConfiguration(settingsSection).get<boolean>(setting, false);
    if (!isWanted || state.kind !== 'valid' || !isConceptText(this.store, document)) return [];
    const places = conceptPlaces(document.getText());
    return state.file.concepts.flatMap(({ name, pairs }, concept) => {
      const result = conceptResultOf(this.session.state.result, name);
      return pairs.flatMap((pair, index) => {
        const place = places[concept]?.pairs[index];
        const found = pairResultOf(result, pair, index);
        if (!place || !found || !within.intersection(rangeAt(document, place))) return [];
        const tokens = pairTokens(found);
        return place.words.flatMap(({ end }, word) =>
          tokens[word] === undefined ? [] : [hint(document.positionAt(end), tokens[word])],
        );
      });
    });
  }
}

function hint(position: vscode.Position, label: string): vscode.InlayHint {
  const made = new vscode.InlayHint(position, label);
  made.paddingLeft = true;
  return made;
}
