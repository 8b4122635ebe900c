import { t } from '@vscode/l10n';
import { settingText } from '../../../src/format/settingText';
import { formatCount } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import {
  dimensionOf,
  settingKeys,
  settingOf,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import { formatSteps } from '../runs/formatProgress';

/** What a simulation was made with: what matters first, then what differs from the usual. */
export function configWords(config: SimulationConfig): string[] {
  const { concepts, learningRate, steps, seed } = config;
  return [
    `m\u00a0=\u00a0${concepts}`,
    `k\u00a0=\u00a0${dimensionOf(config)}`,
    `${settingText('optimizer', config)} ${learningRate}`,
    t`${formatSteps(steps)} steps`,
    t`seed ${seed}`,
    ...unusual(config),
  ];
}

function unusual(config: SimulationConfig): string[] {
  const { edges, masks, tokens, contexts, bias, gradient, weightDecay } = config;
  const { learner, hiddenWidth, tied, loss } = config;
  return [
    ...(edges ? [t`graph by hand, ${plural(edges.length, 'edge')}`] : []),
    ...(masks === 'all' ? [] : [plural(masks, 'mask')]),
    ...(tokens === 'all' ? [] : [plural(tokens, 'token')]),
    ...(contexts ? [t`contexts ${contexts.join(', ')}`] : []),
    ...(bias ? [t('bias')] : []),
    ...(loss === 'logistic' ? [t('logistic loss')] : []),
    ...(loss === 'squared' ? [t('squared loss')] : []),
    ...(learner === 'hidden'
      ? [t`hidden layer of ${hiddenWidth} ${settingText('activation', config)} units`]
      : []),
    ...(tied ? [t('tied weights')] : []),
    ...(weightDecay > 0 ? [t`weight decay ${weightDecay}`] : []),
    ...(gradient === 'population' ? [t('exact gradient')] : []),
  ];
}

/** How big the world of these settings is. */
export function worldWords({ concepts, tokens, contexts, masks }: SimulationConfig): string {
  const all = 2 ** concepts;
  const words =
    tokens === 'all' ? plural(all, 'token') : t`${formatCount(tokens)} of ${plural(all, 'token')}`;
  if (contexts) return `${words}, ${plural(contexts.length, 'context')}`;
  return `${words}, ${masks === 'all' ? plural(3 ** concepts, 'context') : t`contexts of ${plural(masks, 'mask')}`}`;
}

/** Label, A's, B's of every setting that is not the same in both. */
export function differingSettings(a: SimulationResult, b: SimulationResult) {
  const rows = settingKeys.map(
    (key) => [settingOf(key).label, settingText(key, a.config), settingText(key, b.config)] as const,
  );
  const runs = [t('Runs'), formatCount(a.runs.length), formatCount(b.runs.length)] as const;
  return [...rows, runs].filter(([, inA, inB]) => inA !== inB);
}
