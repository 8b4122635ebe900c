import { UserError } from '../errors';
import type { Concept } from '../concepts/concept';

/** @throws UserError if no concept has this name */
export function conceptNamed(concepts: readonly Concept[], name: string): Concept {
  const found = concepts.find((concept) => concept.name === name);
  if (found) return found;
  const names = concepts.map((concept) => concept.name).join(', ');
  throw new UserError(`There is no concept “${name}”; there are ${names}.`);
}
