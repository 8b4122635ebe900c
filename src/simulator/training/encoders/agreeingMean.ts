import { dimensionOf, type SimulationConfig } from '../../config/simulationConfig';
import type { Kernel } from '../kernel';
import { forEachAgreeing, type World } from '../../world/world';
import type { ContextEncoder } from './contextEncoder';

/** The mean of g(c) over the tokens c that agree with a context, and its gradient. */
export interface AgreeingMean {
  /** k. */
  readonly size: number;
  /** Writes the mean of context `place` into [at, at + k). */
  write(place: number, target: Float32Array | Float64Array, at: number): void;
  /** Adds the gradient of that mean, in [at, at + k), to g's. */
  passBack(place: number, gradient: Float32Array | Float64Array, at: number): void;
}

export function agreeingMean(world: World, kernel: Kernel, config: SimulationConfig): AgreeingMean {
  const { g, stride } = kernel;
  const k = dimensionOf(config);
  const agreeing = new Int32Array(world.tokens.length);
  const sums = new Float64Array(k);
  const find = (place: number): number => {
    let count = 0;
    forEachAgreeing(world, place, (assignment) => {
      const token = world.tokenOf[assignment]!;
      if (token >= 0) agreeing[count++] = token;
    });
    return count;
  };
  return {
    size: k,
    write(place, target, at) {
      const count = find(place);
      sums.fill(0);
      for (let n = 0; n < count; n++)
        for (let j = 0; j < k; j++) sums[j] = sums[j]! + g.values[j * stride + agreeing[n]!]!;
      for (let j = 0; j < k; j++) target[at + j] = sums[j]! / count;
    },
    passBack(place, gradient, at) {
      const count = find(place);
      for (let n = 0; n < count; n++)
        for (let j = 0; j < k; j++) {
          const to = j * stride + agreeing[n]!;
          g.gradient[to] = g.gradient[to]! + gradient[at + j]! / count;
        }
    },
  };
}

/**
 * Tied weights without a hidden layer: f(d) is the mean of g(c) over the tokens c that agree with d, and no number of its own.
 * In language models, tying means that a token has the same vector where it is read and where it is predicted (Press & Wolf
 * 2017, arXiv 1608.05859). A context of J's world has no tokens to read; all it says is which tokens are possible.
 */
export function meanEncoder(world: World, kernel: Kernel, config: SimulationConfig): ContextEncoder {
  const { rows, rowGradients } = kernel;
  const { dimension: columns } = kernel.shape;
  const mean = agreeingMean(world, kernel, config);
  return {
    initialise: () => undefined,
    load(places, start, count) {
      for (let row = 0; row < count; row++) {
        mean.write(places[start + row]!, rows, row * columns);
        if (config.bias) rows[(row + 1) * columns - 1] = 1;
      }
    },
    passBack(places, start, count) {
      for (let row = 0; row < count; row++) mean.passBack(places[start + row]!, rowGradients, row * columns);
    },
    decay: () => undefined,
    stored: () => null,
  };
}
