import * as vscode from 'vscode';
import { addPairs } from '../../concepts/editConcepts';
import type { EngineClient } from '../../engine/engineClient';
import type { AxisRequest } from '../../protocol/engineMessages';
import { formatCosine, formatCount, plural, productName } from '../../format/numbers';
import { shownProduct } from '../../format/shownProduct';
import type { InnerProduct } from '../../protocol/geometryResult';
import type { CommandHandlers } from './commandTable';
import type { ConceptStore } from '../stores/conceptStore';
import { askForConcept } from './editCommands';
import { askForText, showStatus } from '../notify';
import { plainText } from '../plainText';
import type { ProbeSession } from '../sessions/probeSession';
import { readSettings } from '../stores/settings';
import { withProgress } from '../withNotification';

type VocabularyCommand = `conceptProbe.${'findPairs' | 'nearestTokens' | 'projectVocabulary'}`;

/** Tokens and pairs offered. */
const count = 40;

/** What lays one concept over the whole vocabulary. From the palette each asks which concept is meant. */
export function vocabularyCommands(
  engine: EngineClient,
  store: ConceptStore,
  session: ProbeSession,
  showGeometry: () => void,
): Pick<CommandHandlers, VocabularyCommand> {
  const product = (): InnerProduct => shownProduct(readSettings().settings.products.includes('causal'));
  const request = (): AxisRequest => {
    const { model, seed, settings } = readSettings();
    return {
      model,
      seed,
      settings,
      concepts: store.concepts,
      tokens: store.tokens,
      product: product(),
      count,
    };
  };
  return {
    'conceptProbe.findPairs': async (given) => {
      store.assertEditable();
      const concept = given?.concept ?? (await askForConcept(store, 'Find more pairs of which concept?'));
      if (concept === undefined) return;
      const found = await withProgress(`Pairs like those of ${concept}`, (options) =>
        engine.call(
          'findPairs',
          { ...request(), ...(given?.product && { product: given.product }), concept },
          options,
        ),
      );
      if (!found) return;
      const items = found.pairs.map(({ base, target, cosine }) => ({
        label: plainText(`${base} → ${target}`),
        description: `cosine ${formatCosine(cosine)}, ${productName(found.product)}`,
        pair: { base, target },
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: `Pairs most parallel to ${concept}; choose those to add`,
        placeHolder: `From all pairs of ${formatCount(found.tokens)} words${found.areWordsChecked ? '' : ', some perhaps pieces of longer ones'}; parallel is not yet alike in meaning: read before adding`,
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
      showStatus(`Added ${plural(chosen.length, 'pair')} to ${concept}`, 8000);
    },
    'conceptProbe.nearestTokens': async (given) => {
      const concept = given?.concept ?? (await askForConcept(store, 'Which concept’s direction?'));
      if (concept === undefined) return;
      const base = await askForText({
        title: `Nearest tokens to a word + ${concept}`,
        prompt: 'A word that is one token, as king',
      });
      if (base === undefined || base.trim() === '') return;
      const found = await withProgress(`Nearest to ${base} + ${concept}`, (options) =>
        engine.call('neighbours', { ...request(), concept, base: base.trim() }, options),
      );
      if (!found) return;
      const items = found.neighbours.map(({ piece, id, cosine }) => ({
        label: plainText(piece),
        description: `cosine ${formatCosine(cosine)}`,
        detail: `token ${id}`,
      }));
      await vscode.window.showQuickPick(items, {
        title: `Nearest to ${found.base} + ${concept}, ${productName(found.product)} inner product`,
      });
    },
    'conceptProbe.projectVocabulary': async (given) => {
      const x = given?.x ?? (await askForConcept(store, 'Project the vocabulary on which concept?'));
      if (x === undefined) return;
      session.projectVocabulary({ product: given?.product ?? product(), x, y: given?.y ?? null });
      showGeometry();
    },
  };
}
