import type { Matrix } from './matrix';

/** Two clusters that became one: numbers below n are rows, n + k is the cluster of merge k. */
export interface Merge {
  readonly a: number;
  readonly b: number;
  /** Mean similarity between the rows of the two. A merge is never more similar than the merges below it. */
  readonly similarity: number;
}

export interface ClusterTree {
  /** Row numbers with similar ones next to each other, `[n]`: the rows of every cluster are neighbours. */
  readonly order: Int32Array;
  /** `[n − 1]`, each after the merges below it. */
  readonly merges: readonly Merge[];
}

/**
 * Average-linkage clustering by the nearest-neighbour chain (Murtagh 1983, O(n²)), where at each merge the more similar ends
 * of the two clusters touch. NaN counts as similarity 0. Ties are resolved in favour of the earlier row.
 *
 * @param similarity symmetric `[n, n]`
 */
export function clusterTree(similarity: Matrix): ClusterTree {
  const n = similarity.rows;
  const linkage = new Float64Array(n * n);
  for (let i = 0; i < linkage.length; i++) linkage[i] = similarity.data[i]! || 0;
  const at = (i: number, j: number): number => similarity.data[i * n + j]! || 0;
  const state: Clusters = {
    linkage,
    leaves: Array.from({ length: n }, (_, i) => [i]),
    nodes: Int32Array.from({ length: n }, (_, i) => i),
    active: Int32Array.from({ length: n }, (_, i) => i),
    count: n,
  };
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (state.count > 1) {
    if (chain.length === 0) chain.push(state.active[0]!);
    const end = chain.at(-1)!;
    const previous = chain.at(-2) ?? -1;
    const nearest = nearestTo(end, previous, state);
    if (nearest !== previous) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [a, b] = [Math.min(end, previous), Math.max(end, previous)];
    merges.push({ a: state.nodes[a]!, b: state.nodes[b]!, similarity: linkage[a * n + b]! });
    merge(a, b, state, at);
    state.nodes[a] = n + merges.length - 1;
  }
  return { order: Int32Array.from(state.leaves[0] ?? []), merges };
}

/** A cluster is stored at its earliest row. */
interface Clusters {
  /** Mean similarity of two clusters, `[n, n]`. */
  readonly linkage: Float64Array;
  readonly leaves: number[][];
  /** The cluster's number in {@link Merge}. */
  readonly nodes: Int32Array;
  /** The first `count` are the places of the clusters, ascending. */
  readonly active: Int32Array;
  count: number;
}

/** The most similar other cluster; in a tie the previous one in the chain, so that the chain ends. */
function nearestTo(cluster: number, previous: number, { linkage, leaves, active, count }: Clusters): number {
  const start = cluster * leaves.length;
  let nearest = previous;
  let best = previous < 0 ? -Infinity : linkage[start + previous]!;
  for (let k = 0; k < count; k++) {
    const other = active[k]!;
    if (!(linkage[start + other]! > best) || other === cluster) continue;
    nearest = other;
    best = linkage[start + other]!;
  }
  return nearest;
}

/** Merges cluster b into a. */
function merge(a: number, b: number, state: Clusters, at: (i: number, j: number) => number): void {
  const { linkage, leaves, active } = state;
  const n = leaves.length;
  const [left, right] = [leaves[a]!, leaves[b]!];
  const total = left.length + right.length;
  const [ofLeft, ofRight] = [left.length, right.length];
  state.count = removed(b, active, state.count);
  for (let k = 0; k < state.count; k++) {
    const other = active[k]!;
    const mean = (ofLeft * linkage[a * n + other]! + ofRight * linkage[b * n + other]!) / total;
    linkage[a * n + other] = mean;
    linkage[other * n + a] = mean;
  }
  leaves[a] = touching(left, right, at);
}

/** Removes a value from the first `count` numbers. @returns how many are left */
function removed(value: number, numbers: Int32Array, count: number): number {
  const place = numbers.subarray(0, count).indexOf(value);
  numbers.copyWithin(place, place + 1, count);
  return count - 1;
}

function touching(left: number[], right: number[], at: (i: number, j: number) => number): number[] {
  const [leftEnds, rightEnds] = [
    [left.at(-1)!, left[0]!],
    [right[0]!, right.at(-1)!],
  ];
  let best = -Infinity;
  let turned = [false, false];
  leftEnds.forEach((u, turnLeft) => {
    rightEnds.forEach((v, turnRight) => {
      if (!(at(u, v) > best)) return;
      best = at(u, v);
      turned = [turnLeft === 1, turnRight === 1];
    });
  });
  return [...(turned[0] ? left.reverse() : left), ...(turned[1] ? right.reverse() : right)];
}
