import { t } from '@vscode/l10n';
import { UserError } from '../../../src/errors';
import { checkConfig, checkNumber } from '../../../src/simulator/config/checkConfig';
import { checkMemory } from '../../../src/simulator/training/chooseKernel';
import { parseContext } from '../../../src/simulator/world/context';
import { graphOf } from '../../../src/simulator/world/graph';
import {
  defaultLearningRate,
  defaultSimulation,
  type SettingKey,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';
import { memoize } from '../../charts/memoize';

/** What the next run will be. */
export interface Settings {
  readonly config: SimulationConfig;
  readonly runs: number;
  /** Whether the steps were set by hand, so that they no longer follow the number of concepts. */
  readonly hasOwnSteps: boolean;
}

/** Fewer than the command line allows: the panel keeps the curve of each. */
export const mostRuns = 1000;

/** Steps until the loss is about 1 % above its floor and steering vectors are parallel, per number of concepts. */
const enoughSteps = [
  5_000, 10_000, 20_000, 40_000, 60_000, 100_000, 200_000, 300_000, 500_000, 1_000_000, 1_500_000, 2_000_000,
];

export function suggestedSteps(concepts: number): number {
  const at = Math.max(1, Math.min(enoughSteps.length, Math.floor(concepts) || 1));
  return enoughSteps[at - 1]!;
}

export const defaultSettings: Settings = {
  config: {
    ...defaultSimulation,
    steps: suggestedSteps(defaultSimulation.concepts),
    // A curve to look at.
    curvePoints: 100,
  },
  runs: 1,
  hasOwnSteps: false,
};

/** With another value of a setting, and of those that follow it until they are set themselves. */
export function withSetting<K extends SettingKey>(
  settings: Settings,
  key: K,
  value: SimulationConfig[K],
): Settings {
  const hasOwnSteps = settings.hasOwnSteps || key === 'steps';
  const config: SimulationConfig = { ...settings.config, [key]: value };
  const { steps, learningRate } = config;
  return {
    ...settings,
    hasOwnSteps,
    config: {
      ...config,
      steps: key === 'concepts' && !hasOwnSteps ? suggestedSteps(config.concepts) : steps,
      learningRate: key === 'optimizer' ? defaultLearningRate(config.optimizer) : learningRate,
    },
  };
}

/** The config as it runs: without edges of concepts that there are no more, which come back with them. */
export const configOf = memoize(({ config }: Settings): SimulationConfig => {
  const { concepts, edges } = config;
  return { ...config, edges: edges?.filter((edge) => edge.every((end) => end < concepts)) ?? null };
});

/** The settings of a run that was made. */
export function settingsOf(config: SimulationConfig, runs: number): Settings {
  return { config, runs, hasOwnSteps: config.steps !== suggestedSteps(config.concepts) };
}

/** Why these settings cannot run: one sentence; `null` if they can. */
export const problemOf = memoize((settings: Settings): { readonly sentence: string | null } => {
  try {
    check(settings);
    return { sentence: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { sentence: withoutNaN(error.message) };
  }
});

/** “…, not NaN.” would mean nothing to whoever emptied a field. */
function withoutNaN(sentence: string): string {
  const rule = /^(.*), \p{L}+ [^,]*NaN[^,]*\.$/u.exec(sentence)?.[1];
  return rule === undefined ? sentence : t`${rule}; its field is empty.`;
}

/** @throws UserError */
function check(settings: Settings): void {
  const config = configOf(settings);
  checkConfig(config);
  checkNumber(t('The number of runs'), settings.runs, 1, mostRuns, true);
  if (config.edges) graphOf(config.concepts, config.edges);
  config.contexts?.forEach((text) => parseContext(text, config.concepts));
  checkMemory(config);
}
