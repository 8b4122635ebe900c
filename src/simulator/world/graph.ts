import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { shuffle, type RandomSource } from '../../geometry/random';

/** A directed acyclic graph of concepts 0 … m − 1, plain data. */
export interface Graph {
  /** The concepts in topological order. */
  readonly order: readonly number[];
  /** The parents of each concept, in ascending order. */
  readonly parents: readonly (readonly number[])[];
}

export type Edge = readonly [from: number, to: number];

/**
 * A uniformly random order, with each edge along it drawn with probability `edgeProbability` (the paper specifies neither).
 */
export function drawGraph(concepts: number, edgeProbability: number, random: RandomSource): Graph {
  const order = Int32Array.from({ length: concepts }, (_, i) => i);
  shuffle(order, random);
  const parents: number[][] = Array.from({ length: concepts }, () => []);
  order.forEach((to, place) => {
    for (const from of order.subarray(0, place)) {
      if (random.uniform() < edgeProbability) parents[to]!.push(from);
    }
    parents[to]!.sort((a, b) => a - b);
  });
  return { order: [...order], parents };
}

/** The graph of these edges. @throws UserError that names an edge to a missing concept, or a cycle */
export function graphOf(concepts: number, edges: readonly Edge[]): Graph {
  const parents: number[][] = Array.from({ length: concepts }, () => []);
  for (const [from, to] of edges) {
    for (const end of [from, to]) {
      if (!Number.isInteger(end) || end < 0 || end >= concepts)
        throw new UserError(
          t`The edge ${from} → ${to} needs concepts from 0 to ${concepts - 1}, and ${end} is none.`,
        );
    }
    if (!parents[to]!.includes(from)) parents[to]!.push(from);
  }
  parents.forEach((list) => list.sort((a, b) => a - b));
  const order: number[] = [];
  const path: number[] = [];
  const visit = (concept: number): void => {
    if (order.includes(concept)) return;
    if (path.includes(concept)) {
      const cycle = [...path.slice(path.indexOf(concept)), concept].reverse();
      throw new UserError(t`The edges close a cycle: ${cycle.join(' → ')}.`);
    }
    path.push(concept);
    parents[concept]!.forEach(visit);
    path.pop();
    order.push(concept);
  };
  parents.forEach((_, concept) => {
    visit(concept);
  });
  return { order, parents };
}

/** The neighbours of each concept in the moral graph, as bits: parents, children, and other parents of its children. */
export function moralNeighbours({ parents }: Graph): Int32Array {
  const neighbours = new Int32Array(parents.length);
  parents.forEach((list, child) => {
    const family = [...list, child].reduce((bits, concept) => bits | (1 << concept), 0);
    for (const member of [...list, child]) neighbours[member]! |= family & ~(1 << member);
  });
  return neighbours;
}

/**
 * Whether every path of the moral graph from `a` to `b` goes through `given`, so that they are independent given it.
 *
 * @param neighbours of {@link moralNeighbours}
 * @param given concepts as bits
 */
export function separated(neighbours: Int32Array, a: number, b: number, given = 0): boolean {
  if (a === b || ((given >> a) & 1) === 1 || ((given >> b) & 1) === 1) return a !== b;
  let reached = 1 << a;
  for (;;) {
    let next = reached;
    neighbours.forEach((bits, concept) => {
      if ((reached >> concept) & 1) next |= bits & ~given;
    });
    if (next === reached) return ((reached >> b) & 1) === 0;
    reached = next;
  }
}
