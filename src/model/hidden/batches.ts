/**
 * Groups contexts into batches, each a list of indices. Contexts of similar length share a batch, to minimize padding, and
 * no batch has more than `mostPositions` positions including padding, unless a single context does. A batch then needs no
 * more memory than one context of that many tokens (attention: less).
 *
 * @param lengths number of tokens of each context
 */
export function contextBatches(lengths: readonly number[], mostPositions: number): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[a]! - lengths[b]! || a - b);
  const batches: number[][] = [];
  for (const index of order) {
    const current = batches.at(-1);
    // Lengths are ascending, so this one is the padded length of the batch that it joins.
    if (current && (current.length + 1) * lengths[index]! <= mostPositions) current.push(index);
    else batches.push([index]);
  }
  return batches;
}
