import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { isSamePair, pairLabel } from '../../concepts/concept';
import { changePair } from '../../concepts/editConcepts';
import { plural } from '../../format/plural';
import type { ConceptReplacement } from '../conceptReference';
import { capitalsOffers } from '../capitalsOffers';
import type { ConceptStore } from '../stores/conceptStore';
import { showStatus } from '../notify';
import type { ProbeSession } from '../sessions/probeSession';

/** *Change Capitals…*: of all pairs that are dropped for their capitals those that the user ticks, or the one given. */
export async function useOtherCapitals(
  store: ConceptStore,
  session: ProbeSession,
  given?: ConceptReplacement,
): Promise<void> {
  const chosen = given ? [given] : await choose(capitalsOffers(store, session.state.result));
  if (!chosen || chosen.length === 0) return;
  let changed = 0;
  await store.edit((before) => {
    changed = 0;
    return chosen.reduce((concepts, { concept, pair, instead }) => {
      const pairs = concepts.find(({ name }) => name === concept)?.pairs ?? [];
      if (pairs.some((other) => isSamePair(other, instead))) return concepts;
      changed++;
      return changePair(concepts, concept, pair, instead);
    }, before);
  });
  showStatus(t`Changed the capitals of ${plural(changed, 'pair')}`, 5000);
}

async function choose(
  found: readonly ConceptReplacement[],
): Promise<readonly ConceptReplacement[] | undefined> {
  if (found.length === 0)
    throw new UserError(t('No dropped word is a single token with other capitals in the current model.'));
  const items = found.map((offer) => ({
    label: `${pairLabel(offer.pair)}  ⇒  ${pairLabel(offer.instead)}`,
    description: offer.concept,
    picked: true,
    offer,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Select Pairs to Change: Single Tokens with Other Capitals'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map(({ offer }) => offer);
}
