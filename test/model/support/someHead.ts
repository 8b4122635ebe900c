import { numbers } from './headForms';
import type { SmallHead } from './smallModel';

/** Exact in float16, and correlated: every dimension contains a part of the previous one. */
export function someHead(vocab: number, hidden: number): SmallHead {
  const random = numbers(vocab * hidden, vocab + hidden).map((value) => Math.round(value * 512) / 1024);
  const shared = (at: number): number => (at % hidden === 0 ? 0 : Math.round(random[at - 1]! * 512) / 1024);
  return { vocab, hidden, rows: random.map((value, at) => value + shared(at)) };
}
