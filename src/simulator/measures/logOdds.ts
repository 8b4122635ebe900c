import { row, type Matrix } from '../../geometry/matrix';
import { cosine, dot, norm } from '../../geometry/vector';
import { meanOfDefined, tokenPairs } from './measures';
import { lnDeterministic } from '../training/elementary';
import type { World } from '../world/world';

/** A learner's log-odds of one concept compared with the true ones (J, Theorem 3). */
export interface LogOdds {
  /** ln P(C_i = 0) / P(C_i = 1). */
  readonly truth: number;
  /** Mean of ln p̂(c_{i→0}|d) / p̂(c_{i→1}|d) = −Δ_{c,i}ᵀf(d) over all d with d_i = ⋄ and all c that agree with d. */
  readonly learned: number;
  /** Root mean square of the difference from the true value; 0 for independent concepts that are learned exactly. */
  readonly deviation: number;
  /** The same over all c. The data determine nothing for those that disagree with d, because both probabilities are 0. */
  readonly deviationOverall: number;
  /** Mean pairwise cosine of the Δ_{c,i} projected on span{f(d): d_i = ⋄}. */
  readonly projectedCosine: number;
}

/** @param f [contexts, k] @param g [tokens, k], of a learner with softmax and without bias */
export function logOdds(world: World, f: Matrix, g: Matrix, concept: number): LogOdds {
  const truth = trueLogOdds(world, concept);
  const deltas = steeringVectors(world, g, concept);
  const open = [...world.known.keys()].filter((place) => ((world.known[place]! >> concept) & 1) === 0);
  const contexts = open.map((place) => Float64Array.from(row(f, place)));
  const starts = [...tokenPairs(world, concept).starts];
  const agrees = (n: number, place: number): boolean =>
    ((world.tokens[starts[n]!]! ^ world.values[place]!) & world.known[place]!) === 0;
  const values = deltas.flatMap((delta) => contexts.map((context) => -dot(delta, context)));
  const agreeing = values.filter((_, at) => agrees(Math.floor(at / open.length), open[at % open.length]!));
  const fromTruth = (numbers: readonly number[]): number =>
    Math.sqrt(mean(numbers.map((value) => (value - truth) ** 2)));
  const basis = orthonormalBasis(contexts);
  const projected = deltas.map((delta) => Float64Array.from(basis, (axis) => dot(axis, delta)));
  const cosines = projected.flatMap((a, i) => projected.slice(i + 1).map((b) => cosine(a, b)));
  return {
    truth,
    learned: mean(agreeing),
    deviation: fromTruth(agreeing),
    deviationOverall: fromTruth(values),
    projectedCosine: meanOfDefined(cosines),
  };
}

/** ln P(C_i = 0) / P(C_i = 1); infinite if one of the two never occurs. */
export function trueLogOdds({ law }: World, concept: number): number {
  const sums = [0, 0];
  law.forEach((p, assignment) => {
    sums[(assignment >> concept) & 1]! += p;
  });
  return lnDeterministic(sums[0]!) - lnDeterministic(sums[1]!);
}

/**
 * How far the data are from matching log-odds (the condition of J, Theorem 3), over all concepts: the root mean square of
 * ln p(c_{i→0}|d) / p(c_{i→1}|d) − ln P(C_i = 0) / P(C_i = 1) over all d with d_i = ⋄ and all c that agree with d, as in
 * `deviation`. 0 if the concepts are independent; NaN or infinite if a token never occurs.
 */
export function logOddsMismatch(world: World): number {
  const squares = Array.from({ length: world.concepts }, (_, concept) => {
    const truth = trueLogOdds(world, concept);
    const { starts, ends } = tokenPairs(world, concept);
    const law = (token: number): number => lnDeterministic(world.law[world.tokens[token]!]!);
    const open = [...world.known.keys()].filter((place) => ((world.known[place]! >> concept) & 1) === 0);
    return [...starts].flatMap((start, n) => {
      // Once both tokens agree with d, their ratio does not depend on it.
      const square = (law(start) - law(ends[n]!) - truth) ** 2;
      const agreeing = open.filter(
        (place) => ((world.tokens[start]! ^ world.values[place]!) & world.known[place]!) === 0,
      );
      return agreeing.map(() => square);
    });
  });
  return Math.sqrt(mean(squares.flat()));
}

/** Δ_{c,i} for every pair of tokens. */
export function steeringVectors(world: World, g: Matrix, concept: number): Float64Array[] {
  const { starts, ends } = tokenPairs(world, concept);
  return Array.from(starts, (start, n) => {
    const from = row(g, start);
    return Float64Array.from(row(g, ends[n]!), (value, j) => value - from[j]!);
  });
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/**
 * An orthonormal basis of the span of the vectors, by Gram–Schmidt. A remainder below a millionth of a vector counts as
 * rounding error.
 */
export function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (const axis of [...basis, ...basis]) {
      const along = dot(axis, rest);
      rest = rest.map((value, j) => value - along * axis[j]!);
    }
    const length = norm(rest);
    if (length > 1e-6 * norm(vector)) basis.push(rest.map((value) => value / length));
  }
  return basis;
}
