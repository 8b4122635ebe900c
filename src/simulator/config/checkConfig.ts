import { UserError } from '../../errors';
import { dimensionOf, initialisations, optimizers, type SimulationConfig } from './simulationConfig';

/** Bounds that the settings have, both ends included. */
export const bounds = {
  concepts: [1, 14],
  dimension: [1, 64],
  edgeProbability: [0, 1],
  maskRate: [0, 1],
  learningRate: [0, 1000],
  momentum: [0, 0.9999],
  batch: [1, 10_000],
  initialScale: [0, 100],
  steps: [0, 1_000_000_000],
  curvePoints: [1, 10_000],
} as const satisfies Partial<Record<keyof SimulationConfig, readonly [number, number]>>;

const whole = new Set<string>(['concepts', 'dimension', 'batch', 'steps', 'curvePoints']);

/** @throws UserError that names the setting, its value and what it may be */
export function checkConfig(config: SimulationConfig): void {
  for (const name of Object.keys(bounds) as (keyof typeof bounds)[]) {
    const [least, most] = bounds[name];
    const value = name === 'dimension' ? dimensionOf(config) : config[name];
    checkNumber(nameOf(name), value, least, most, whole.has(name));
  }
  const { concepts, masks, tokens, conditionals, contexts, seed } = config;
  const [low, high] = conditionals;
  if (!(low >= 0 && low <= high && high <= 1))
    throw new UserError(`The range of the conditionals needs 0 ≤ low ≤ high ≤ 1, not ${low} and ${high}.`);
  if (dimensionOf(config) > 2 ** concepts)
    throw new UserError(
      `A dimension of ${dimensionOf(config)} is more than the ${2 ** concepts} tokens of ${concepts} concepts.`,
    );
  if (masks !== 'all') checkNumber('The number of masks', masks, 1, 2 ** concepts, true);
  if (tokens !== 'all') checkNumber('The number of tokens', tokens, 2, 2 ** concepts, true);
  if (masks !== 'all' && contexts !== null)
    throw new UserError(`Give ${masks} random masks or ${contexts.length} contexts, not both.`);
  if (contexts?.length === 0) throw new UserError('The list of contexts is empty.');
  if (!Number.isSafeInteger(seed)) throw new UserError(`The seed needs a whole number, not ${seed}.`);
  checkChoice('optimizer', config.optimizer, optimizers);
  checkChoice('initialisation', config.initialisation, initialisations);
  checkChoice('gradient', config.gradient, ['sampled', 'population']);
}

export function checkNumber(
  name: string,
  value: number,
  least: number,
  most: number,
  isWhole: boolean,
): void {
  if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value)))
    throw new UserError(
      `${name} needs a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not ${value}.`,
    );
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new UserError(`The ${name} is one of ${choices.join(', ')}, not “${value}”.`);
}

function nameOf(setting: keyof typeof bounds): string {
  const names: Record<keyof typeof bounds, string> = {
    concepts: 'The number of concepts',
    dimension: 'The dimension',
    edgeProbability: 'The edge probability',
    maskRate: 'The mask rate',
    learningRate: 'The learning rate',
    momentum: 'The momentum',
    batch: 'The batch',
    initialScale: 'The initial scale',
    steps: 'The number of steps',
    curvePoints: 'The number of points of the curve',
  };
  return names[setting];
}
