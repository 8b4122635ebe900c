import * as vscode from 'vscode';
import { pairLabel, type CounterfactualPair } from '../concepts/concept';
import { pairOffset } from '../concepts/conceptFile';
import { changePair } from '../concepts/editConcepts';
import type { ProbeResult } from '../protocol/probeResult';
import { plural } from '../protocol/formatNumbers';
import type { ConceptReplacement } from './commandTable';
import type { ConceptStore } from './conceptStore';
import { showStatus } from './notify';
import type { ProbeSession } from './probeSession';
import { UserError } from './registerCommands';

/** Dropped pairs of which a word is one token in other capitals. */
function offers(store: ConceptStore, result: ProbeResult | null): readonly ConceptReplacement[] {
  return (result?.concepts ?? []).flatMap(({ name, pairs }) => {
    const known = store.concepts.find((concept) => concept.name === name)?.pairs ?? [];
    return pairs.flatMap(({ base, target, instead }) =>
      instead && known.some((pair) => pair.base === base && pair.target === target)
        ? [{ concept: name, pair: { base, target }, instead }]
        : [],
    );
  });
}

/** *Use Other Capitals…*: of all pairs that are dropped for their capitals those that the user ticks, or the one given. */
export async function useOtherCapitals(
  store: ConceptStore,
  session: ProbeSession,
  given?: ConceptReplacement,
): Promise<void> {
  const chosen = given ? [given] : await choose(offers(store, session.state.result));
  if (!chosen || chosen.length === 0) return;
  let changed = 0;
  await store.edit((before) => {
    changed = 0;
    return chosen.reduce((concepts, { concept, pair, instead }) => {
      if (has(concepts.find(({ name }) => name === concept)?.pairs ?? [], instead)) return concepts;
      changed++;
      return changePair(concepts, concept, pair, instead);
    }, before);
  });
  showStatus(`Changed the capitals of ${plural(changed, 'pair')}`, 5000);
}

function has(pairs: readonly CounterfactualPair[], { base, target }: CounterfactualPair): boolean {
  return pairs.some((pair) => pair.base === base && pair.target === target);
}

async function choose(
  found: readonly ConceptReplacement[],
): Promise<readonly ConceptReplacement[] | undefined> {
  if (found.length === 0)
    throw new UserError('No dropped word is one token in other capitals in the model in use.');
  const items = found.map((offer) => ({
    label: `${pairLabel(offer.pair)}  ⇒  ${pairLabel(offer.instead)}`,
    description: offer.concept,
    picked: true,
    offer,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Words that are one token in other capitals: change those ticked',
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ offer }) => offer);
}

/** In a concept file, on the line of such a pair: a fix. */
export class CapitalsFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { state } = this.store;
    if (state.kind !== 'valid' || state.uri.toString() !== document.uri.toString()) return [];
    const text = document.getText();
    return offers(this.store, this.session.state.result).flatMap((offer) => {
      const concept = state.file.concepts.findIndex(({ name }) => name === offer.concept);
      const pair = state.file.concepts[concept]?.pairs.findIndex((one) => has([one], offer.pair)) ?? -1;
      const place = pairOffset(text, concept, pair);
      if (!place) return [];
      const where = new vscode.Range(document.positionAt(place.start), document.positionAt(place.end));
      if (!where.intersection(range)) return [];
      const title = `Use the capitals that are one token: ${pairLabel(offer.instead)}`;
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { command: 'conceptProbe.useOtherCapitals', title, arguments: [offer] };
      return [action];
    });
  }
}
