import { t } from '@vscode/l10n';
import { matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import { checkNumber } from '../config/checkConfig';
import { expDeterministic, lnDeterministic } from '../training/elementary';
import { meanCosineWithin, steering } from '../measures/steering';
import { simulatorStreams } from '../world/streams';

/** The theory's subproblem (J, Theorems 4 and 5): the contexts d_{i→1} and d_{i→0} and the steering vectors of concept i. */
export interface TwoContextsConfig {
  readonly loss: 'exponential' | 'logistic';
  /** Whether f1 and f0 are trained too. */
  readonly trainEmbeddings: boolean;
  /** Number of steering vectors Δ_c, at least 2. */
  readonly vectors: number;
  readonly dimension: number;
  readonly learningRate: number;
  /** Initial standard deviation of each coordinate; 1 for f1 and f0 if they are not trained. */
  readonly initialScale: number;
  readonly seed: number;
}

export interface TwoContextsSnapshot {
  readonly step: number;
  /** Σ_c ℓ(Δ_cᵀf1) + ℓ(−Δ_cᵀf0), with ℓ(z) = e^{−z} or ln(1 + e^{−z}). */
  readonly loss: number;
  /** Mean pairwise cosine of the Δ_c. */
  readonly u: number;
  /** Mean cosine of the Δ_c with f1 − f0. */
  readonly ue: number;
  readonly meanNorm: number;
  readonly embeddingNorm: number;
}

/** Gradient descent on this subproblem, in double precision. */
export class TwoContexts {
  private done = 0;
  private readonly deltas: Float64Array;
  private readonly f1: Float64Array;
  private readonly f0: Float64Array;

  /** @throws UserError for settings out of bounds */
  constructor(private readonly config: TwoContextsConfig) {
    const { vectors, dimension: k, learningRate, initialScale, trainEmbeddings, seed } = config;
    checkNumber(t('The number of vectors'), vectors, 2, 10_000, true);
    checkNumber(t('The dimension'), k, 1, 1000, true);
    checkNumber(t('The learning rate'), learningRate, 0, 1000, false);
    checkNumber(t('The initial scale'), initialScale, 0, 100, false);
    const random = randomSource(seed, simulatorStreams.initialisation);
    const draw = (length: number, scale: number): Float64Array =>
      Float64Array.from({ length }, () => scale * random.gaussian());
    this.deltas = draw(vectors * k, initialScale);
    this.f1 = draw(k, trainEmbeddings ? initialScale : 1);
    this.f0 = draw(k, trainEmbeddings ? initialScale : 1);
  }

  advance(steps: number): void {
    for (let step = 0; step < steps; step++) this.step();
    this.done += steps;
  }

  snapshot(): TwoContextsSnapshot {
    const { vectors, dimension: k } = this.config;
    const starts = new Int32Array(vectors);
    const ends = starts.map((_, n) => n + 1);
    const own = steering(matrix(vectors + 1, k, Float64Array.of(...new Float64Array(k), ...this.deltas)), {
      starts,
      ends,
    });
    const apart = this.f1.map((value, j) => value - this.f0[j]!);
    const length = Math.sqrt(product(apart, 0, apart));
    let loss = 0;
    for (let c = 0; c < vectors; c++)
      loss +=
        this.lossOf(product(this.deltas, c * k, this.f1)) +
        this.lossOf(-product(this.deltas, c * k, this.f0));
    return {
      step: this.done,
      loss,
      u: meanCosineWithin(own, false),
      ue: product(own.unitSum, 0, apart) / own.count / length,
      meanNorm: own.meanNorm,
      embeddingNorm: length,
    };
  }

  private step(): void {
    const { vectors, dimension: k, learningRate: rate, trainEmbeddings } = this.config;
    const { deltas, f1, f0 } = this;
    const gradient1 = new Float64Array(k);
    const gradient0 = new Float64Array(k);
    for (let c = 0; c < vectors; c++) {
      const slope1 = this.slopeOf(product(deltas, c * k, f1));
      const slope0 = this.slopeOf(-product(deltas, c * k, f0));
      for (let j = 0; j < k; j++) {
        const delta = deltas[c * k + j]!;
        gradient1[j] = gradient1[j]! + slope1 * delta;
        gradient0[j] = gradient0[j]! - slope0 * delta;
        deltas[c * k + j] = delta - rate * (slope1 * f1[j]! - slope0 * f0[j]!);
      }
    }
    if (!trainEmbeddings) return;
    for (let j = 0; j < k; j++) {
      f1[j] = f1[j]! - rate * gradient1[j]!;
      f0[j] = f0[j]! - rate * gradient0[j]!;
    }
  }

  private lossOf(margin: number): number {
    const decay = expDeterministic(-margin);
    return this.config.loss === 'exponential' ? decay : lnDeterministic(1 + decay);
  }

  /** ℓ′. */
  private slopeOf(margin: number): number {
    return this.config.loss === 'exponential'
      ? -expDeterministic(-margin)
      : -1 / (1 + expDeterministic(margin));
  }
}

function product(values: Float64Array, start: number, v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += values[start + j]! * v[j]!;
  return sum;
}
