import type { Loss, SimulationConfig } from '../config/simulationConfig';
import { expDeterministic, lnDeterministic } from './elementary';
import { forEachAgreeing, type World } from '../world/world';

/**
 * A loss that is a sum over tokens c of terms of the logit z = f(d)ᵀg(c) and of p = p(c|d), expected over the next token.
 * As for softmax cross-entropy, the slope of the logit is the estimate of p minus p.
 */
export interface TokenLoss {
  /** Its smallest value for a p. */
  readonly least: (p: number) => number;
  /** What a logit adds to that. */
  readonly excess: (p: number, logit: number) => number;
}

/**
 * Besides softmax cross-entropy, whose tokens are not apart.
 *
 * `logistic`: one-versus-rest, −p ln σ(z) − (1 − p) ln σ(−z), in nats. Like softmax, it has an exponential tail, on which
 * gradient descent goes to infinity in the direction of the largest margin (Soudry et al. 2018, arXiv 1710.10345; J,
 * Theorems 4 and 5).
 *
 * `squared`: ½ Σ (z − y)² for the one-hot next token y, as in Hui & Belkin (2021, arXiv 2006.07322), without their weights. It
 * has no tail: its minimum, z = p, is at finite logits, so that the argument of those theorems does not apply.
 */
export const tokenLosses: Readonly<Record<Exclude<Loss, 'softmax'>, TokenLoss>> = {
  logistic: {
    least: (p) => -timesLn(p) - timesLn(1 - p),
    excess: (p, logit) => timesLn(p) + timesLn(1 - p) + p * softplus(-logit) + (1 - p) * softplus(logit),
  },
  squared: {
    least: (p) => (p * (1 - p)) / 2,
    excess: (p, logit) => (logit - p) ** 2 / 2,
  },
};

/** The least expected loss that any estimate of p(c|d) can reach. */
export function lossFloor(world: World, loss: Loss): number {
  if (loss === 'softmax') return world.entropyFloor;
  const { least } = tokenLosses[loss];
  let sum = 0;
  world.weights.forEach((weight, place) => {
    forEachAgreeing(world, place, (assignment) => {
      sum += weight * least(world.law[assignment]! / world.agreement[place]!);
    });
  });
  return sum;
}

/** The expected loss if every logit is 0: where training starts, nearly. */
export function startingLoss({ loss, concepts, tokens }: SimulationConfig): number {
  const count = tokens === 'all' ? 2 ** concepts : tokens;
  switch (loss) {
    case 'softmax':
      return Math.log(count);
    case 'logistic':
      return count * Math.LN2;
    case 'squared':
      return 1 / 2;
  }
}

/** p ln p. */
function timesLn(p: number): number {
  return p > 0 ? p * lnDeterministic(p) : 0;
}

/** ln(1 + eˣ). */
function softplus(x: number): number {
  return Math.max(x, 0) + lnDeterministic(1 + expDeterministic(-Math.abs(x)));
}
