import * as vscode from 'vscode';
import { pairLabel, type CounterfactualPair } from '../../concepts/concept';
import { pairOffset } from '../../concepts/conceptFile';
import type { ProbeResult } from '../../protocol/probeResult';
import type { ConceptReplacement } from '../conceptReference';
import type { ProbeSession } from '../sessions/probeSession';
import type { ConceptStore } from '../stores/conceptStore';

/** Dropped pairs that have a word which is a single token with other capitals. */
export function capitalsOffers(
  store: ConceptStore,
  result: ProbeResult | null,
): readonly ConceptReplacement[] {
  return (result?.concepts ?? []).flatMap(({ name, pairs }) => {
    const known = store.concepts.find((concept) => concept.name === name)?.pairs ?? [];
    return pairs.flatMap(({ base, target, instead }) =>
      instead && known.some((pair) => pair.base === base && pair.target === target)
        ? [{ concept: name, pair: { base, target }, instead }]
        : [],
    );
  });
}

export function hasPair(pairs: readonly CounterfactualPair[], { base, target }: CounterfactualPair): boolean {
  return pairs.some((pair) => pair.base === base && pair.target === target);
}

/** Quick fixes for such pairs in a concept file. */
export class CapitalsFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { state } = this.store;
    if (state.kind !== 'valid' || state.uri.toString() !== document.uri.toString()) return [];
    const text = document.getText();
    return capitalsOffers(this.store, this.session.state.result).flatMap((offer) => {
      const concept = state.file.concepts.findIndex(({ name }) => name === offer.concept);
      const pair = state.file.concepts[concept]?.pairs.findIndex((one) => hasPair([one], offer.pair)) ?? -1;
      const place = pairOffset(text, concept, pair);
      if (!place) return [];
      const where = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
      if (!where.intersection(range)) return [];
      const title = `Change capitals to make single tokens: ${pairLabel(offer.instead)}`;
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { command: 'conceptProbe.useOtherCapitals', title, arguments: [offer] };
      return [action];
    });
  }
}
