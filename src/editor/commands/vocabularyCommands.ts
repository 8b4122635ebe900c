import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSamePair } from '../../concepts/concept';
import { addPairs } from '../../concepts/editConcepts';
import type { EngineClient } from '../../engine/engineClient';
import type { AxisRequest } from '../../protocol/axisRequest';
import { formatCosine, formatCount, productName } from '../../format/numbers';
import { plural } from '../../format/plural';
import type { CommandHandlers } from './commandTable';
import type { ConceptStore } from '../stores/conceptStore';
import { askForConcept } from './askForRow';
import { askForText, showStatus } from '../notify';
import { contextRequest } from '../contextRequest';
import { plainText } from '../plainText';
import type { ProbeSession } from '../sessions/probeSession';
import { withProgress } from '../withNotification';

type VocabularyCommand = `conceptProbe.${'findPairs' | 'nearestTokens' | 'projectVocabulary'}`;

/** Number of tokens or pairs offered. */
const count = 40;

/**
 * The commands that compare a concept with the whole vocabulary. Run from the Command Palette, each asks for the concept.
 */
export function vocabularyCommands(
  engine: EngineClient,
  store: ConceptStore,
  session: ProbeSession,
  showGeometry: () => void,
): Pick<CommandHandlers, VocabularyCommand> {
  const request = (): AxisRequest => ({ ...contextRequest(store), count });
  return {
    'conceptProbe.findPairs': async (given) => {
      store.assertEditable();
      const concept =
        given?.concept ?? (await askForConcept(store, t('Select a Concept to Find More Pairs Of')));
      if (concept === undefined) return;
      const found = await withProgress(t`Finding pairs parallel to ${concept}`, (options) =>
        engine.call(
          'findPairs',
          { ...request(), ...(given?.product && { product: given.product }), concept },
          options,
        ),
      );
      if (!found) return;
      // Pairs that are left out do not take part in the search, so it may find them.
      const own = store.concepts.find(({ name }) => name === concept)?.pairs ?? [];
      const fresh = found.pairs.filter((pair) => !own.some((known) => isSamePair(known, pair)));
      const items = fresh.map(({ base, target, cosine }) => ({
        label: plainText(`${base} → ${target}`),
        description: `${t`cosine ${formatCosine(cosine)}`}, ${productName(found.product)}`,
        pair: { base, target },
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: t`Select Pairs to Add to ${concept}, Most Parallel First`,
        placeHolder: found.areWordsChecked
          ? t`All pairs of ${formatCount(found.tokens)} words. Parallel pairs may differ in meaning: read them before you add them`
          : t`All pairs of ${formatCount(found.tokens)} words (some may be pieces of longer words). Parallel pairs may differ in meaning: read them before you add them`,
        canPickMany: true,
      });
      if (!chosen || chosen.length === 0) return;
      await store.edit(
        (concepts) =>
          addPairs(
            concepts,
            concept,
            chosen.map(({ pair }) => pair),
          ).concepts,
      );
      showStatus(t`Added ${plural(chosen.length, 'pair')} to ${concept}`, 8000);
    },
    'conceptProbe.nearestTokens': async (given) => {
      const concept = given?.concept ?? (await askForConcept(store, t('Select a Concept to Add to a Word')));
      if (concept === undefined) return;
      const base = await askForText({
        title: t`Nearest Tokens to a Word + ${concept}`,
        prompt: t('A word that is a single token, such as king'),
      });
      if (base === undefined || base.trim() === '') return;
      session.showNearest(concept, base.trim());
      showGeometry();
    },
    'conceptProbe.projectVocabulary': async (given) => {
      const x = given?.x ?? (await askForConcept(store, t('Select a Concept to Project the Vocabulary On')));
      if (x === undefined) return;
      session.projectVocabulary({
        product: given?.product ?? contextRequest(store).product,
        x,
        y: given?.y ?? null,
      });
      showGeometry();
    },
  };
}
