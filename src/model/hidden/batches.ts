/**
 * Groups contexts into runs, each a list of indices: neighbours in length share a run, so that little is padding, and no
 * run has more than `mostPositions` positions, padding included, unless one context alone has. A run then needs no more
 * memory than one context of that many tokens (attention: less).
 *
 * @param lengths tokens of each context
 */
export function hiddenBatches(lengths: readonly number[], mostPositions: number): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const batches: number[][] = [];
  for (const index of order) {
    const current = batches.at(-1);
    // Lengths only grow, so this one's is the padded length of the run that it joins.
    if (current && (current.length + 1) * lengths[index]! <= mostPositions) current.push(index);
    else batches.push([index]);
  }
  return batches;
}
