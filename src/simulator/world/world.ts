import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { randomSource, shuffle } from '../../geometry/random';
import { aliasSampler, type Sampler } from './aliasSampler';
import { allContexts, contextProbabilities, parseContext, ternaryPlaces } from './context';
import { lnDeterministic } from '../training/elementary';
import { drawGraph, graphOf } from './graph';
import {
  drawLatentModel,
  jointLaw,
  restrictedLaw,
  weakened,
  withPointMasses,
  type LatentModel,
} from './latentModel';
import { maskLaw } from './maskLaw';
import type { SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from './streams';

/** What a learner observes: the tokens and contexts that occur, with their exact probabilities. */
export interface World {
  readonly concepts: number;
  readonly model: LatentModel;
  /** [2^m]: the law of the assignments, conditional on being tokens. */
  readonly law: Float64Array;
  /** Assignments that are tokens, ascending. */
  readonly tokens: Int32Array;
  /** [2^m]: index of an assignment in `tokens`, −1 if it is not a token. */
  readonly tokenOf: Int32Array;
  /** Contexts that occur: known concepts and their values, as bits. */
  readonly known: Int32Array;
  readonly values: Int32Array;
  /** P(d) of each, with sum 1. */
  readonly weights: Float64Array;
  /** P(c_core = d_core) of each: p(c | d) = law[c] / this for a c that agrees with d. */
  readonly agreement: Float64Array;
  /** [3^m]: position of a context, by its index, among those that occur; −1 if it does not occur. */
  readonly contextOf: Int32Array;
  /** [2^m]: see `ternaryPlaces`. */
  readonly places: Int32Array;
  readonly drawToken: Sampler;
  /** Draws the known concepts, as bits. */
  readonly drawMask: Sampler;
  /** Σ P(d) H(C | d) in nats, the lower bound of softmax cross-entropy. */
  readonly entropyFloor: number;
}

/** The world of a config and its seed. @throws UserError for edges, contexts or tokens that do not define one */
export function createWorld(config: SimulationConfig): World {
  const { concepts, seed, edges, contexts } = config;
  const stream = (name: keyof typeof simulatorStreams) => randomSource(seed, simulatorStreams[name]);
  const graph =
    edges === null ? drawGraph(concepts, config.edgeProbability, stream('graph')) : graphOf(concepts, edges);
  const drawn = drawLatentModel(graph, config.conditionals, stream('conditionals'));
  const model = withPointMasses(
    weakened(drawn, config.dependence),
    config.pointMasses,
    stream('pointMasses'),
  );
  const tokens = chosenTokens(config);
  const law = restrictedLaw(jointLaw(model), tokens);
  const tokenOf = new Int32Array(1 << concepts).fill(-1);
  tokens.forEach((assignment, place) => (tokenOf[assignment] = place));
  const places = ternaryPlaces(concepts);
  const chosen = contexts?.map((text) => parseContext(text, concepts)) ?? null;
  const masks = maskLaw(config, chosen, stream('masks'));
  const everything = (1 << concepts) - 1;
  const indexOf = (known: number, values: number): number =>
    places[values]! + 2 * places[everything & ~known]!;
  const allowed = chosen && new Set(chosen.map(({ known, values }) => indexOf(known, values)));
  const occurring = contextsOf(law, masks, allowed, concepts);
  return {
    ...{ concepts, model, law, tokens, tokenOf, places },
    ...occurring,
    drawToken: aliasSampler(law),
    drawMask: aliasSampler(masks),
  };
}

export function chosenTokens({ concepts, tokens, seed }: SimulationConfig): Int32Array {
  const all = Int32Array.from({ length: 1 << concepts }, (_, i) => i);
  if (tokens === 'all') return all;
  shuffle(all, randomSource(seed, simulatorStreams.tokens));
  return all.subarray(0, tokens).slice().sort();
}

type Occurring = Pick<World, 'known' | 'values' | 'weights' | 'agreement' | 'contextOf' | 'entropyFloor'>;

function contextsOf(
  law: Float64Array,
  masks: Float64Array,
  allowed: ReadonlySet<number> | null,
  concepts: number,
): Occurring {
  const all = allContexts(concepts);
  const agreements = contextProbabilities(law, concepts);
  const surprises = contextProbabilities(
    law.map((p) => (p > 0 ? p * lnDeterministic(p) : 0)),
    concepts,
  );
  const occurs = (index: number): boolean =>
    masks[all.known[index]!]! * agreements[index]! > 0 && (allowed?.has(index) ?? true);
  const contextOf = new Int32Array(agreements.length).fill(-1);
  let count = 0;
  agreements.forEach((_, index) => {
    if (occurs(index)) contextOf[index] = count++;
  });
  if (count === 0) throw new UserError(t('None of the contexts chosen ever occurs.'));
  const known = new Int32Array(count);
  const values = new Int32Array(count);
  const weights = new Float64Array(count);
  const agreement = new Float64Array(count);
  let [sum, floor] = [0, 0];
  contextOf.forEach((place, index) => {
    if (place < 0) return;
    const p = agreements[index]!;
    known[place] = all.known[index]!;
    values[place] = all.values[index]!;
    agreement[place] = p;
    weights[place] = masks[known[place]]! * p;
    sum += weights[place];
    floor += weights[place] * (lnDeterministic(p) - surprises[index]! / p);
  });
  return {
    ...{ known, values, agreement, contextOf },
    weights: weights.map((weight) => weight / sum),
    entropyFloor: Math.max(0, floor / sum),
  };
}

/** Visits each assignment that agrees with context `place` once. */
export function forEachAgreeing(world: World, place: number, visit: (assignment: number) => void): void {
  const hidden = ((1 << world.concepts) - 1) & ~world.known[place]!;
  const values = world.values[place]!;
  for (let part = hidden; ; part = (part - 1) & hidden) {
    visit(values | part);
    if (part === 0) return;
  }
}
