import { fewestForInterval, type ConceptGeometry } from '../protocol/geometryResult';
import type { ProbeResult } from '../protocol/probeResult';
import { formatCosine, formatCount } from './numbers';
import { plural } from './plural';
import { equation, formatResolution, intervalText } from './statistics';

/* Sentences about the tests behind a concept's numbers. */

/** The settings, and whether results are still being computed. */
export type Asked = Pick<ProbeResult, 'settings' | 'isEarly'>;

/** The question of the permutation test. */
export const permutationQuestion = 'Are these pairs more parallel than the same words paired at random?';

/** The test's question, resolution, p and q; or why there is no test. */
export function permutationText(geometry: ConceptGeometry, asked: Asked): string {
  const test = geometry.permutation;
  if (!test)
    return {
      'not asked': 'No permutation test was requested.',
      'too few': 'The test needs two pairs whose differences are not zero.',
      computing: 'The test is being computed.',
      missing: 'The test is missing.',
    }[whyUntested(geometry, asked)];
  const { exact, pairs, resolution, p, q } = test;
  return (
    `${permutationQuestion} ${exact ? 'All ' : ''}${plural(test.permutations, 'permutation')} of ${plural(pairs, 'pair')}; smallest p ` +
    `possible ${formatResolution(resolution)}. ${equation('p', p)}, ${equation('q', q)} (Benjamini–Hochberg across the concepts).`
  );
}

/** Why there is no permutation test, as far as the other numbers show. */
function whyUntested(
  { norms }: ConceptGeometry,
  { settings, isEarly }: Asked,
): 'not asked' | 'too few' | 'computing' | 'missing' {
  if (settings.permutations === 0) return 'not asked';
  if (norms.filter((length) => length > 0).length < 2) return 'too few';
  return isEarly ? 'computing' : 'missing';
}

/** The same in a few words. */
export function untestedText(geometry: ConceptGeometry, asked: Asked): string {
  return {
    'not asked': 'no test was requested',
    'too few': 'too few pairs to test',
    computing: 'being computed',
    missing: 'missing',
  }[whyUntested(geometry, asked)];
}

/** The interval of the mean leave-one-out cosine, and the range of random pairs. */
export function leaveOneOutText(geometry: ConceptGeometry, asked: Asked): string {
  const { settings } = asked;
  const { leaveOneOut, random } = geometry;
  const { interval, cosines } = leaveOneOut;
  const range = intervalText(interval);
  return [
    range && interval
      ? `${range}, bootstrap over pairs with ${formatCount(interval.resamples)} resamples.`
      : settings.bootstrap === 0
        ? 'No interval was requested.'
        : settings.direction === 'principal'
          ? 'There is no interval for principal directions, which jump from resample to resample.'
          : cosines.filter((value) => !Number.isNaN(value)).length < fewestForInterval
            ? `An interval needs ${fewestForInterval} pairs.`
            : 'The interval is missing.',
    random
      ? `Grey: ${plural(random.pairs, 'random pair')} on this direction, ` +
        `${formatCosine(random.cosine.mean)} ± 2 × ${formatCosine(random.cosine.sd)}.`
      : noRandom(geometry, asked),
  ].join('\n');
}

/** Why there are no random pairs, as far as the other numbers show. */
export function noRandom({ withDirection }: ConceptGeometry, { settings, isEarly }: Asked): string {
  if (settings.randomPairs === 0) return 'No random pairs were requested.';
  if (withDirection.every(Number.isNaN)) return 'The concept has no direction.';
  return `The comparison with random pairs is ${isEarly ? 'being computed' : 'missing'}.`;
}
