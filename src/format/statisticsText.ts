import { t } from '@vscode/l10n';
import { fewestForInterval, type ConceptGeometry, type PermutationTest } from '../protocol/geometryResult';
import type { ProbeResult } from '../protocol/probeResult';
import { formatCosine, formatCount } from './numbers';
import { plural } from './plural';
import { equation, formatResolution, intervalText } from './statistics';

/* Sentences about the tests behind a concept's numbers. */

/** The settings, and whether results are still being computed. */
export type Asked = Pick<ProbeResult, 'settings' | 'isEarly'>;

/** The question of the permutation test. */
export const permutationQuestion = t('Are these pairs more parallel than the same words paired at random?');

/** The test's question, resolution, p and q; or why there is no test. */
export function permutationText(geometry: ConceptGeometry, asked: Asked): string {
  const test = geometry.permutation;
  if (!test)
    return {
      'not asked': t('No permutation test was requested.'),
      'too few': t('The test needs two pairs whose differences are not zero.'),
      computing: t('The test is being computed.'),
      missing: t('The test is missing.'),
    }[whyUntested(geometry, asked)];
  const { exact, pairs, resolution, p, q } = test;
  const permutations = plural(test.permutations, 'permutation');
  const ofPairs = plural(pairs, 'pair');
  const smallest = formatResolution(resolution);
  return [
    permutationQuestion,
    exact
      ? t`All ${permutations} of ${ofPairs}; smallest p possible ${smallest}.`
      : t`${permutations} of ${ofPairs}; smallest p possible ${smallest}.`,
    t`${equation('p', p)}, ${equation('q', q)} (Benjamini–Hochberg across the concepts).`,
    t('q changes when another concept does, because it corrects for testing all of them.'),
    ...(noVerdict(test).length > 0
      ? [t`With fewer than ${fewestForInterval} pairs there is no verdict, whatever p is.`]
      : []),
  ].join(' ');
}

/** Stands beside p where the concept has no verdict, because it has too few pairs. */
export function noVerdict({ pairs }: Pick<PermutationTest, 'pairs'>): readonly string[] {
  return pairs < fewestForInterval ? [t('too few pairs for a verdict')] : [];
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
    'not asked': t('no test was requested'),
    'too few': t('too few pairs to test'),
    computing: t('being computed'),
    missing: t('missing'),
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
      ? t`${range}, bootstrap over pairs with ${formatCount(interval.resamples)} resamples.`
      : settings.bootstrap === 0
        ? t('No interval was requested.')
        : settings.direction === 'principal'
          ? t('There is no interval for principal directions, which jump from resample to resample.')
          : cosines.filter((value) => !Number.isNaN(value)).length < fewestForInterval
            ? t`An interval needs ${fewestForInterval} pairs.`
            : t('The interval is missing.'),
    random
      ? t`Grey: ${plural(random.pairs, 'random pair')} on this direction, ${formatCosine(random.cosine.mean)} ± 2 × ${formatCosine(random.cosine.sd)}.`
      : noRandom(geometry, asked),
  ].join('\n');
}

/** Why there are no random pairs, as far as the other numbers show. */
export function noRandom({ withDirection }: ConceptGeometry, { settings, isEarly }: Asked): string {
  if (settings.randomPairs === 0) return t('No random pairs were requested.');
  if (withDirection.every(Number.isNaN)) return t('The concept has no direction.');
  return isEarly
    ? t('The comparison with random pairs is being computed.')
    : t('The comparison with random pairs is missing.');
}
