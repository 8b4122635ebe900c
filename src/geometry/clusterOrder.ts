import type { Matrix } from './matrix';

/**
 * An order of the rows that places similar ones next to each other: average-linkage clustering by the nearest-neighbour
 * chain (Murtagh 1983, O(n²)), where at each merge the more similar ends of the two clusters touch. NaN counts as similarity
 * 0. Ties are resolved in favour of the earlier row.
 *
 * @param similarity symmetric `[n, n]`
 * @returns row numbers, `[n]`
 */
export function clusterOrder(similarity: Matrix): Int32Array {
  const n = similarity.rows;
  const at = (i: number, j: number): number => similarity.data[i * n + j]! || 0;
  const linkage = Float64Array.from(similarity.data, (value) => value || 0);
  const leaves: (number[] | null)[] = Array.from({ length: n }, (_, i) => [i]);
  const chain: number[] = [];
  let firstActive = 0;
  for (let merges = 0; merges < n - 1;) {
    while (!leaves[firstActive]) firstActive++;
    if (chain.length === 0) chain.push(firstActive);
    const end = chain.at(-1)!;
    const previous = chain.at(-2) ?? -1;
    const nearest = nearestTo(end, previous, leaves, linkage);
    if (nearest !== previous) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merge(Math.min(end, previous), Math.max(end, previous), leaves, linkage, at);
    merges++;
  }
  return Int32Array.from(leaves[0] ?? []);
}

/** The most similar other cluster; in a tie the previous one in the chain, so that the chain ends. */
function nearestTo(
  cluster: number,
  previous: number,
  leaves: readonly (number[] | null)[],
  linkage: Float64Array,
): number {
  const n = leaves.length;
  let nearest = previous;
  let best = previous < 0 ? -Infinity : linkage[cluster * n + previous]!;
  for (let other = 0; other < n; other++) {
    if (other === cluster || !leaves[other] || !(linkage[cluster * n + other]! > best)) continue;
    nearest = other;
    best = linkage[cluster * n + other]!;
  }
  return nearest;
}

/** Merges cluster b into a, which keeps its index. */
function merge(
  a: number,
  b: number,
  leaves: (number[] | null)[],
  linkage: Float64Array,
  at: (i: number, j: number) => number,
): void {
  const n = leaves.length;
  const [left, right] = [leaves[a]!, leaves[b]!];
  const total = left.length + right.length;
  for (let other = 0; other < n; other++) {
    const mean = (left.length * linkage[a * n + other]! + right.length * linkage[b * n + other]!) / total;
    linkage[a * n + other] = mean;
    linkage[other * n + a] = mean;
  }
  leaves[a] = touching(left, right, at);
  leaves[b] = null;
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
