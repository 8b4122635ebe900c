import { formatCosine, formatCount, plural } from '../src/protocol/formatNumbers';
import type { ConceptGeometry, PermutationTest } from '../src/protocol/geometryResult';
import type { ProbeSettings } from '../src/protocol/probeResult';
import { equation, formatResolution, intervalText } from '../src/protocol/formatStatistics';

/* What the tests behind a concept's numbers are, in a sentence: tooltips of the table and of the figures. */

/** What p answers, with what resolution, and its q; or why there is none. */
export function permutationText(test: PermutationTest | null, { permutations }: ProbeSettings): string {
  if (!test)
    return permutations === 0
      ? 'No permutation test was asked for.'
      : 'The test needs two pairs whose differences are not zero.';
  const { exact, pairs, resolution, p, q } = test;
  return (
    'Are these pairs more parallel than the same words paired at random? ' +
    `${exact ? 'All ' : ''}${plural(test.permutations, 'permutation')} of ${plural(pairs, 'pair')}; smallest p ` +
    `possible ${formatResolution(resolution)}. ${equation('p', p)}, ${equation('q', q)} (Benjamini–Hochberg across the concepts).`
  );
}

/** The interval of the mean leave-one-out cosine, and where random pairs lie. */
export function leaveOneOutText(
  { leaveOneOut: { interval }, random }: ConceptGeometry,
  settings: ProbeSettings,
): string {
  const range = intervalText(interval, 3);
  return [
    range && interval
      ? `${range}, bootstrap over pairs with ${formatCount(interval.resamples)} resamples.`
      : settings.bootstrap === 0
        ? 'No interval was asked for.'
        : settings.direction === 'principal'
          ? 'There is no interval for principal directions, which jump from resample to resample.'
          : 'An interval needs five pairs.',
    random
      ? `Grey: ${plural(random.pairs, 'random pair')} on this direction, ` +
        `${formatCosine(random.cosine.mean)} ± 2 × ${formatCosine(random.cosine.sd)}.`
      : noRandom(settings),
  ].join('\n');
}

/** Why there are no random pairs. */
export function noRandom({ randomPairs }: ProbeSettings): string {
  return randomPairs === 0 ? 'No random pairs were asked for.' : 'The concept has no direction.';
}
