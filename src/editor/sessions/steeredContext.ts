import type { SteerResult } from '../../protocol/contextResult';
import type { SteeredContext } from '../../protocol/steeringMessages';

/** Characters of the context that the panel shows. */
const shownCharacters = 200;

/** What the panel shows of a steered context. */
export function steeredContext(text: string, isCut: boolean, result: SteerResult): SteeredContext {
  const ending = endOf(text, shownCharacters);
  return { ending, hasMore: isCut || ending.length < text.length, isCut, result };
}

/** The last `most` UTF-16 units of a text, or one less if that would split a character. */
export function endOf(text: string, most: number): string {
  return text.slice(-most).replace(/^[\udc00-\udfff]/u, '');
}

/** Whether two results are the same model, context and direction, by their numbers. */
export function hasSameNumbers(a: SteerResult, b: SteerResult): boolean {
  return areSame(a.logits, b.logits) && areSame(a.shift, b.shift);
}

function areSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
