import type { Nested } from '../../../src/simulator/training/runSimulation';

type Vector = readonly number[];

/** Tokens in space: x, y and z of each, centred and scaled so that the largest distance from the centre is 1. */
export interface FramedPoints {
  readonly points: readonly Vector[];
  /** Distance of the farthest token from the centre, before scaling. */
  readonly reach: number;
  /** Whether the omitted dimensions contribute nothing to any distance between tokens. */
  readonly isWhole: boolean;
}

/**
 * Rotates the space so that the concepts' mean steering vectors, orthogonalized one after the other, lie along its axes: the
 * first to the right, the second up, the third towards the viewer. This preserves distances, and the picture stays still
 * while training rotates the whole. A fourth axis is drawn obliquely.
 *
 * @param unembeddings g(c), [tokens][k], at most 16 tokens
 * @param tokens the assignment of each token
 */
export function framed(unembeddings: Nested, tokens: readonly number[], concepts: number): FramedPoints {
  const middle = meanOf(unembeddings);
  const centred = unembeddings.map((point) => point.map((value, j) => value - middle[j]!));
  const axes = orthogonal(steeringMeans(centred, tokens, concepts), 4);
  const coordinates = centred.map((point) => axes.map((axis) => dot(point, axis)));
  const reach = Math.max(...centred.map(length)) || 1;
  const lost = centred.map((point, at) => Math.abs(length(point) - length(coordinates[at]!)));
  const drawn = coordinates.map(oblique);
  const drawnReach = Math.max(...drawn.map(length)) || 1;
  return {
    points: drawn.map((point) => point.map((value) => value / drawnReach)),
    reach,
    isWhole: Math.max(...lost) < 0.01 * reach,
  };
}

/** Projects the fourth axis obliquely. */
const fourth = [0.36, 0.3, 0.42] as const;

function oblique([x = 0, y = 0, z = 0, w = 0]: Vector): Vector {
  return [x + w * fourth[0], y + w * fourth[1], z + w * fourth[2]];
}

/** The mean of each concept's steering vectors over the given tokens. */
function steeringMeans(points: Nested, tokens: readonly number[], concepts: number): Vector[] {
  return Array.from({ length: concepts }, (_, concept) => {
    const differences = steeringPairs(tokens, concept).map(([from, to]) =>
      points[to]!.map((value, j) => value - points[from]![j]!),
    );
    return differences.length === 0 ? points[0]!.map(() => 0) : meanOf(differences);
  });
}

/** Indices of the pairs of tokens that differ only in the concept: without it, with it. */
export function steeringPairs(tokens: readonly number[], concept: number): (readonly [number, number])[] {
  const bit = 1 << concept;
  return tokens.flatMap((token, from) => {
    const to = tokens.indexOf(token | bit);
    return (token & bit) === 0 && to >= 0 ? [[from, to] as const] : [];
  });
}

/** Up to `count` orthonormal vectors: the given ones, orthogonalized, then the coordinate axes. */
function orthogonal(vectors: readonly Vector[], count: number): Vector[] {
  const dimension = vectors[0]!.length;
  const own = Array.from({ length: dimension }, (_, axis) =>
    Array.from({ length: dimension }, (__, j) => (j === axis ? 1 : 0)),
  );
  const found: Vector[] = [];
  for (const vector of [...vectors, ...own]) {
    if (found.length === count) break;
    // Twice, because a single pass loses precision.
    const rest = without(without(vector, found), found);
    if (length(rest) > 1e-6 * Math.max(length(vector), 1e-9))
      found.push(rest.map((value) => value / length(rest)));
  }
  return found;
}

function without(vector: Vector, axes: readonly Vector[]): Vector {
  return axes.reduce((rest, axis) => {
    const part = dot(rest, axis);
    return rest.map((value, j) => value - part * axis[j]!);
  }, vector);
}

function meanOf(vectors: readonly Vector[]): Vector {
  return vectors[0]!.map((_, j) => vectors.reduce((sum, vector) => sum + vector[j]!, 0) / vectors.length);
}

function dot(a: Vector, b: Vector): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0);
}

function length(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}
