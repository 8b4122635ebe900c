import { row, type Matrix } from '../../geometry/matrix';
import { dot } from '../../geometry/vector';
import { moralNeighbours } from '../world/graph';
import { orthonormalBasis, steeringVectors } from './logOdds';
import { singularValues } from './singularValues';
import type { World } from '../world/world';

/** The dimension of the span of a concept's unembedding steering vectors (J, Theorem 10). */
export interface SteeringSubspace {
  readonly concept: number;
  readonly neighbours: number;
  /** 2^neighbours: an upper bound of the dimension in a general MRF, because the log-odds have at most that many values. */
  readonly bound: number;
  /** Singular values of the Δ_{c,i} projected on span{f(d): d_i = ⋄}, in descending order. */
  readonly singularValues: readonly number[];
}

/** @param f [contexts, k] @param g [tokens, k] */
export function steeringSubspace(world: World, f: Matrix, g: Matrix, concept: number): SteeringSubspace {
  const contexts = [...world.known.keys()]
    .filter((place) => ((world.known[place]! >> concept) & 1) === 0)
    .map((place) => Float64Array.from(row(f, place)));
  const basis = orthonormalBasis(contexts);
  const projected = steeringVectors(world, g, concept).map((delta) =>
    Float64Array.from(basis, (axis) => dot(axis, delta)),
  );
  const bits = moralNeighbours(world.model.graph)[concept]!;
  const neighbours = Array.from({ length: world.concepts }, (_, j) => (bits >> j) & 1).reduce(
    (sum, bit) => sum + bit,
    0,
  );
  return { concept, neighbours, bound: 2 ** neighbours, singularValues: singularValues(projected) };
}

/** Share of the vectors' squared length outside the best subspace of this dimension. */
export function shareOutside({ singularValues: values }: SteeringSubspace, dimensions: number): number {
  const squares = values.map((value) => value * value);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
  return sum(squares.slice(dimensions)) / sum(squares);
}

/** The smallest dimension whose best subspace leaves out at most `share`. */
export function dimensionsFor(subspace: SteeringSubspace, share: number): number {
  return subspace.singularValues.findIndex((_, n) => shareOutside(subspace, n + 1) <= share) + 1;
}
