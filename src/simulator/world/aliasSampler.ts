import type { RandomSource } from '../../geometry/random';

/** Draws an index with probability ∝ its weight, with one random number and one comparison (Walker's alias method). */
export type Sampler = (random: RandomSource) => number;

/** @throws RangeError if the weights have no positive sum */
export function aliasSampler(weights: ArrayLike<number>): Sampler {
  const size = weights.length;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += weights[i]!;
  if (!(sum > 0))
    throw new RangeError(`${size} weights with the sum ${sum} do not define a probability distribution.`);
  const stay = Float64Array.from({ length: size }, (_, i) => (weights[i]! / sum) * size);
  const alias = Int32Array.from({ length: size }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  stay.forEach((share, i) => (share < 1 ? small : large).push(i));
  for (let from = large.at(-1); from !== undefined && small.length > 0; from = large.at(-1)) {
    const to = small.pop()!;
    alias[to] = from;
    stay[from]! -= 1 - stay[to]!;
    if (stay[from]! < 1) small.push(large.pop()!);
  }
  // Entries left over by rounding count as 1; those with weight 0 must stay 0.
  for (const i of small) if (weights[i]! > 0) stay[i] = 1;
  for (const i of large) stay[i] = 1;
  return (random) => {
    const place = random.uniform() * size;
    const index = Math.floor(place);
    return place - index < stay[index]! ? index : alias[index]!;
  };
}
