import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { row, type Matrix } from '../../geometry/matrix';
import { cosine, dot, norm } from '../../geometry/vector';
import { lnDeterministic } from '../training/elementary';
import { moralNeighbours, separated } from '../world/graph';
import type { World } from '../world/world';

/** The effect on the log-odds of concept i when concept j becomes known (J, Theorem 7). */
export interface Separation {
  readonly concept: number;
  readonly other: number;
  /** Whether the two are separated by all others, that is, not neighbours in the MRF. */
  readonly separated: boolean;
  /** Greatest |cos(Δ_{c,i}, f(d_{j→v}) − f(d_{j→⋄}))| over the tokens that agree with both contexts. */
  readonly agreeingCosine: number;
  /**
   * Root mean square of the change of log-odds over all d that leave i and j unknown, all c that agree with d, and v ≠ c_j.
   */
  readonly change: number;
  /** Largest difference between such a change and the true one. */
  readonly deviation: number;
  /** Root mean square of the changes divided by the lengths of Δ_{c,i} and f(d_{j→v}) − f(d_{j→⋄}). */
  readonly changeCosine: number;
}

/**
 * What the data determine about Δ_{c,i} ⊥ f(d_{j→v}) − f(d_{j→⋄}). With exact conditionals, for a token c that agrees with
 * d, Δ_{c,i}ᵀf(d) = ln p(c_{i→1}|d) / p(c_{i→0}|d) = ln p(c_{i→1}) / p(c_{i→0}), whatever d knows. So a c that agrees with
 * both contexts has Δ_{c,i} orthogonal to the difference *for any* i and j, and of other c, whose probability is 0 once j is
 * known, the data say nothing. What does depend on separation is whether the log-odds stay the same from a token with the
 * other value of j: the change is Δ_{c′,i}ᵀf(d_{j→v}) − Δ_{c,i}ᵀf(d_{j→⋄}) with c′ = c_{j→v}; where i has a matched
 * representation, Δ_{c′,i} = Δ_{c,i}, it is the theorem's product.
 *
 * @param world in which all tokens and contexts occur
 * @param f [contexts, k] @param g [tokens, k], of a learner with softmax and without bias
 * @throws UserError if a token or context never occurs
 */
export function separation(world: World, f: Matrix, g: Matrix, concept: number, other: number): Separation {
  if (world.law.some((p) => p === 0) || world.contextOf.some((place) => place < 0))
    throw new UserError(t('Separation can be measured only if every token and context occurs.'));
  const [bit, otherBit] = [1 << concept, 1 << other];
  const everything = (1 << world.concepts) - 1;
  const delta = (token: number): Float64Array => difference(row(g, token & ~bit), row(g, token | bit));
  const odds = (token: number): number =>
    lnDeterministic(world.law[token | bit]!) - lnDeterministic(world.law[token & ~bit]!);
  const [cosines, changes, shares, deviations]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const { unknown, known, token } of cases(world, concept, other)) {
    const apart = difference(row(f, unknown), row(f, known));
    const [own, flipped] = [delta(token), delta(token ^ otherBit)];
    const change = dot(own, row(f, known)) - dot(flipped, row(f, unknown));
    cosines.push(Math.abs(cosine(own, apart)));
    changes.push(change);
    shares.push((2 * change) / (norm(own) + norm(flipped)) / norm(apart));
    deviations.push(Math.abs(change - (odds(token) - odds(token ^ otherBit))));
  }
  const neighbours = moralNeighbours(world.model.graph);
  return {
    ...{ concept, other },
    separated: separated(neighbours, concept, other, everything & ~bit & ~otherBit),
    agreeingCosine: Math.max(...cosines),
    change: rootMeanSquare(changes),
    deviation: Math.max(...deviations),
    changeCosine: rootMeanSquare(shares),
  };
}

interface Case {
  /** Index of a context d that leaves both concepts unknown. */
  readonly unknown: number;
  /** Index of d_{j→v}. */
  readonly known: number;
  /** A token c with c_i = 0 that agrees with both. */
  readonly token: number;
}

function* cases(world: World, concept: number, other: number): Generator<Case> {
  const [bit, otherBit, everything] = [1 << concept, 1 << other, (1 << world.concepts) - 1];
  for (const [unknown, bits] of world.known.entries()) {
    if ((bits & (bit | otherBit)) !== 0) continue;
    for (const value of [0, otherBit]) {
      const values = world.values[unknown]! | value;
      const known =
        world.contextOf[world.places[values]! + 2 * world.places[everything & ~bits & ~otherBit]!]!;
      for (let token = 0; token <= everything; token++) {
        const agrees = ((token ^ values) & (bits | otherBit)) === 0;
        if (agrees && (token & bit) === 0) yield { unknown, known, token };
      }
    }
  }
}

function difference(from: ArrayLike<number>, to: ArrayLike<number>): Float64Array {
  return Float64Array.from(from, (value, j) => to[j]! - value);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
