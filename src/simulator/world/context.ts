import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
/**
 * A context d ∈ {0, 1, ⋄}^m (paper, J § 2): the known concepts, as bits, and their values. Its index is the base-3 number in
 * which concept i has the digit 0, 1, or 2 for ⋄, with the place value 3^i.
 */
export interface Context {
  readonly known: number;
  readonly values: number;
}

/** Parses `0⋄1`, concept 0 first; `*` and `?` mean ⋄. @throws UserError that names the wrong part */
export function parseContext(text: string, concepts: number): Context {
  const letters = Array.from(text);
  if (letters.length !== concepts)
    throw new UserError(
      t`The context “${text}” has ${letters.length} entries, not one for each of ${concepts} concepts.`,
    );
  let known = 0;
  let values = 0;
  letters.forEach((letter, concept) => {
    if (letter === '0' || letter === '1') known |= 1 << concept;
    else if (!'⋄*?'.includes(letter))
      throw new UserError(t`The context “${text}” has “${letter}” where 0, 1 or ⋄ is needed.`);
    if (letter === '1') values |= 1 << concept;
  });
  return { known, values };
}

export function contextText({ known, values }: Context, concepts: number): string {
  return Array.from({ length: concepts }, (_, concept) =>
    (known >> concept) & 1 ? String((values >> concept) & 1) : '⋄',
  ).join('');
}

/** [2^m]: Σ 3^i over the bits i of each number. The index of a context is `t[values] + 2 · t[everything unknown]`. */
export function ternaryPlaces(concepts: number): Int32Array {
  const places = new Int32Array(1 << concepts);
  for (let concept = 0, power = 1; concept < concepts; concept++, power *= 3) {
    const bit = 1 << concept;
    for (let low = 0; low < bit; low++) places[bit + low] = places[low]! + power;
  }
  return places;
}

/** Every context by index: known concepts and values, [3^m] each. */
export function allContexts(concepts: number): { readonly known: Int32Array; readonly values: Int32Array } {
  const size = 3 ** concepts;
  const known = new Int32Array(size);
  const values = new Int32Array(size);
  for (let concept = 0, power = 1; concept < concepts; concept++, power *= 3) {
    const bit = 1 << concept;
    for (let index = 0; index < power; index++) {
      for (const digit of [2, 1, 0]) {
        const at = digit * power + index;
        known[at] = known[index]! | (digit < 2 ? bit : 0);
        values[at] = values[index]! | (digit === 1 ? bit : 0);
      }
    }
  }
  return { known, values };
}

/** P(the known concepts have these values) for every context, [3^m], from the joint law [2^m]. */
export function contextProbabilities(joint: Float64Array, concepts: number): Float64Array {
  const size = 3 ** concepts;
  const result = new Float64Array(size);
  const places = ternaryPlaces(concepts);
  joint.forEach((probability, assignment) => (result[places[assignment]!] = probability));
  for (let power = 1; power < size; power *= 3) {
    for (let block = 0; block < size; block += 3 * power) {
      for (let at = block; at < block + power; at++)
        result[at + 2 * power] = result[at]! + result[at + power]!;
    }
  }
  return result;
}
