import type { SteerResult } from '../../../src/protocol/contextResult';

/** The next token after a step of α by plain loops: a softmax over the tokens, and their ranks. */
export function plainSteering({ logits, shift, ids }: SteerResult, alpha: number) {
  const moved = new Map(Array.from(ids, (id) => [id, logits[id]! + alpha * shift[id]!]));
  const largest = [...moved.values()].reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  for (const value of moved.values()) sum += Math.exp(value - largest);
  const order = [...moved.keys()].sort((a, b) => moved.get(b)! - moved.get(a)! || a - b);
  return {
    order,
    probability: (id: number) => Math.exp(moved.get(id)! - largest) / sum,
  };
}
