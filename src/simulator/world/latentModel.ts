import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { RandomSource } from '../../geometry/random';
import type { Graph } from './graph';

/**
 * The latent conditional model (paper, J § 2): m binary concepts with a joint law. An assignment, and its token, is an
 * integer whose bit i is concept i.
 */
export interface LatentModel {
  readonly concepts: number;
  readonly graph: Graph;
  /** P(concept = 1) for each concept and configuration of its parents; bit n of the configuration is the n-th parent. */
  readonly conditionals: readonly Float64Array[];
}

/** Draws P(concept = 1) for every concept and parent configuration, uniformly in [low, high]. */
export function drawLatentModel(
  graph: Graph,
  [low, high]: readonly [number, number],
  random: RandomSource,
): LatentModel {
  const conditionals = graph.parents.map((parents) =>
    Float64Array.from({ length: 1 << parents.length }, () => low + (high - low) * random.uniform()),
  );
  return { concepts: graph.parents.length, graph, conditionals };
}

/**
 * The model with weaker dependence: every P(concept = 1) given its parents is moved towards the mean over their
 * configurations. @param dependence 1: as it is; 0: independent concepts
 */
export function weakened(model: LatentModel, dependence: number): LatentModel {
  if (dependence === 1) return model;
  const conditionals = model.conditionals.map((own) => {
    const mean = own.reduce((sum, p) => sum + p, 0) / own.length;
    return own.map((p) => mean + dependence * (p - mean));
  });
  return { ...model, conditionals };
}

/**
 * The model with a share of its conditionals, chosen at random, rounded to 0 or 1. The same source chooses more of them for
 * a larger share, and none anew.
 */
export function withPointMasses(model: LatentModel, share: number, random: RandomSource): LatentModel {
  if (share === 0) return model;
  const conditionals = model.conditionals.map((own) =>
    own.map((p) => (random.uniform() < share ? Math.round(p) : p)),
  );
  return { ...model, conditionals };
}

/** P(concept = 1) given the values of its parents in `assignment`. */
function probabilityOfOne(model: LatentModel, concept: number, assignment: number): number {
  let configuration = 0;
  model.graph.parents[concept]!.forEach((parent, n) => {
    configuration |= ((assignment >> parent) & 1) << n;
  });
  return model.conditionals[concept]![configuration]!;
}

/** The exact joint law, [2^m]: the product of conditionals for every assignment. */
export function jointLaw(model: LatentModel): Float64Array {
  return Float64Array.from({ length: 1 << model.concepts }, (_, assignment) => {
    let probability = 1;
    for (let concept = 0; concept < model.concepts; concept++) {
      const one = probabilityOfOne(model, concept, assignment);
      probability *= (assignment >> concept) & 1 ? one : 1 - one;
    }
    return probability;
  });
}

/** Draws one assignment, concept by concept in topological order. */
export function ancestralSample(model: LatentModel, random: RandomSource): number {
  let assignment = 0;
  for (const concept of model.graph.order) {
    if (random.uniform() < probabilityOfOne(model, concept, assignment)) assignment |= 1 << concept;
  }
  return assignment;
}

/**
 * The law conditional on the assignment being one of `tokens`, as in rejection sampling. @throws UserError if they never
 * occur
 */
export function restrictedLaw(joint: Float64Array, tokens: Int32Array): Float64Array {
  const law = new Float64Array(joint.length);
  let sum = 0;
  for (const token of tokens) sum += joint[token]!;
  if (!(sum > 0))
    throw new UserError(t`The ${tokens.length} tokens chosen have probability ${sum} together.`);
  for (const token of tokens) law[token] = joint[token]! / sum;
  return law;
}
