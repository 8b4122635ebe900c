import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { RandomSource } from '../../geometry/random';
import { aliasSampler } from './aliasSampler';
import type { Context } from './context';
import type { SimulationConfig } from '../config/simulationConfig';

/**
 * The probability of each set of known concepts, [2^m], with sum 1: each entry hidden independently with probability
 * `maskRate`; or only N of these sets, with equal probability (Table 3); or those of the chosen contexts, with equal
 * probability (Fig. 2).
 *
 * @throws UserError if the rate allows fewer than N sets
 */
export function maskLaw(
  { concepts, maskRate, masks }: SimulationConfig,
  chosen: readonly Context[] | null,
  random: RandomSource,
): Float64Array {
  if (chosen) return equalWeights(concepts, new Set(chosen.map(({ known }) => known)));
  const independent = new Float64Array(1 << concepts).fill(1).map((_, known) => {
    let weight = 1;
    for (let concept = 0; concept < concepts; concept++)
      weight *= (known >> concept) & 1 ? 1 - maskRate : maskRate;
    return weight;
  });
  if (masks === 'all') return independent;
  const possible = independent.filter((weight) => weight > 0).length;
  if (possible < masks)
    throw new UserError(
      t`A mask rate of ${maskRate} allows ${possible} masks, fewer than the ${masks} asked for.`,
    );
  return equalWeights(concepts, differentMasks(independent, masks, random));
}

/** Draws `count` different masks from the law, without replacement. */
function differentMasks(law: Float64Array, count: number, random: RandomSource): ReadonlySet<number> {
  const left = law.slice();
  const found = new Set<number>();
  while (found.size < count) {
    // Rejecting repeated draws is cheap until most of the law is used up.
    const draw = aliasSampler(left);
    for (let attempt = 0; attempt < 64 && found.size < count; attempt++) found.add(draw(random));
    for (const mask of found) left[mask] = 0;
  }
  return found;
}

function equalWeights(concepts: number, masks: ReadonlySet<number>): Float64Array {
  const law = new Float64Array(1 << concepts);
  for (const mask of masks) law[mask] = 1 / masks.size;
  return law;
}
