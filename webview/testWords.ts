import { formatCosine, formatCount, plural } from '../src/protocol/formatNumbers';
import type { ConceptGeometry } from '../src/protocol/geometryResult';
import type { ProbeSettings } from '../src/protocol/probeResult';
import { equation, formatResolution, intervalText } from '../src/protocol/formatStatistics';

/* What the tests behind a concept's numbers are, in a sentence: tooltips of the table and of the figures. */

/** What p answers, with what resolution, and its q; or why there is none. */
export function permutationText(geometry: ConceptGeometry, settings: ProbeSettings): string {
  const test = geometry.permutation;
  if (!test)
    return {
      'not asked': 'No permutation test was asked for.',
      'too few': 'The test needs two pairs whose differences are not zero.',
      missing: 'The test is missing.',
    }[whyUntested(geometry, settings)];
  const { exact, pairs, resolution, p, q } = test;
  return (
    'Are these pairs more parallel than the same words paired at random? ' +
    `${exact ? 'All ' : ''}${plural(test.permutations, 'permutation')} of ${plural(pairs, 'pair')}; smallest p ` +
    `possible ${formatResolution(resolution)}. ${equation('p', p)}, ${equation('q', q)} (Benjamini–Hochberg across the concepts).`
  );
}

/** Why there is no permutation test, as far as the other numbers show it. */
export function whyUntested(
  { norms }: ConceptGeometry,
  { permutations }: ProbeSettings,
): 'not asked' | 'too few' | 'missing' {
  if (permutations === 0) return 'not asked';
  return norms.filter((length) => length > 0).length < 2 ? 'too few' : 'missing';
}

/** The interval of the mean leave-one-out cosine, and where random pairs lie. */
export function leaveOneOutText(geometry: ConceptGeometry, settings: ProbeSettings): string {
  const { leaveOneOut, random } = geometry;
  const { interval, cosines } = leaveOneOut;
  const range = intervalText(interval, 3);
  return [
    range && interval
      ? `${range}, bootstrap over pairs with ${formatCount(interval.resamples)} resamples.`
      : settings.bootstrap === 0
        ? 'No interval was asked for.'
        : settings.direction === 'principal'
          ? 'There is no interval for principal directions, which jump from resample to resample.'
          : cosines.filter((value) => !Number.isNaN(value)).length < 5
            ? 'An interval needs five pairs.'
            : 'The interval is missing.',
    random
      ? `Grey: ${plural(random.pairs, 'random pair')} on this direction, ` +
        `${formatCosine(random.cosine.mean)} ± 2 × ${formatCosine(random.cosine.sd)}.`
      : noRandom(geometry, settings),
  ].join('\n');
}

/** Why there are no random pairs, as far as the other numbers show it. */
export function noRandom({ withDirection }: ConceptGeometry, { randomPairs }: ProbeSettings): string {
  if (randomPairs === 0) return 'No random pairs were asked for.';
  return withDirection.every(Number.isNaN)
    ? 'The concept has no direction.'
    : 'The comparison with random pairs is missing.';
}
