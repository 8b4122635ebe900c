import { t } from '@vscode/l10n';
import { meanOf } from '../training/averageRuns';
import type { Axis, Experiment } from './experiment';
import { measureLabels } from './experimentMeasures';
import { linesOf, meanAt, type ExperimentLine, type ExperimentPoint } from './experimentPoints';
import { clearErrors, difference, isWithin, labelsOf, type Finding, type SmallestRule } from './finding';

/** How the measure of a line passes the level. */
interface Passing {
  readonly label: string;
  /** The line's value on its axis. */
  readonly own: number;
  /** The smallest x at which the measure exceeds the level; undefined: there is none. */
  readonly smallest: number | undefined;
  /** Whether the errors leave another x possible. */
  readonly isUncertain: boolean;
  /** The x with the largest measure. */
  readonly peak: number;
  /** Whether the measure clearly falls from there to the largest x. */
  readonly falls: boolean;
  /** The measure at the line's own value. */
  readonly atOwn: 'above' | 'below' | 'open';
}
type Passed = Passing & { readonly smallest: number };

/** See {@link SmallestRule}. */
export function smallestFinding(
  rule: SmallestRule,
  { x, lines }: Pick<Experiment, 'x' | 'lines'>,
  points: readonly ExperimentPoint[],
): Finding {
  const all = linesOf(points).map((line) => passingOf(line, lines, rule));
  const passed = all.filter((one): one is Passed => one.smallest !== undefined);
  const never = all.filter(({ smallest }) => smallest === undefined);
  const uncertain = passed.filter(({ isUncertain }) => isUncertain);
  const falling = all.filter(({ falls }) => falls);
  const below = all.filter(({ atOwn }) => atOwn === 'below');
  const open = all.filter(({ atOwn }) => atOwn === 'open');
  const [k, m, u, { level }] = [x.symbol, lines.symbol, measureLabels[rule.measure], rule];
  const sentences = [
    passed.length > 0 && t`${u} first exceeds ${level} at ${placesOf(k, passed, (one) => one.smallest)}.`,
    never.length > 0 && t`For ${labelsOf(never)} it does so nowhere.`,
    uncertain.length > 0 &&
      t`For ${labelsOf(uncertain)} this is uncertain, because a mean is within ${clearErrors} standard errors of ${level}.`,
    passed.length > 1
      ? t`The smallest ${k} grows by ${slopeOf(passed).toFixed(2)} as ${m} grows by 1.`
      : t`How the smallest ${k} grows with ${m} was not found.`,
    falling.length > 0 &&
      t`${u} is largest at ${placesOf(k, falling, (one) => one.peak)}, and clearly smaller at the largest ${k}.`,
    below.length > 0
      ? t`Contrary to the prediction, ${k} = ${m} is not enough for ${labelsOf(below)}.`
      : open.length > 0
        ? t`Whether ${k} = ${m} is enough for ${labelsOf(open)} remains open.`
        : t`As predicted, ${k} = ${m} is enough for every ${m}.`,
  ];
  return {
    verdict: below.length > 0 ? 'contradicted' : open.length > 0 ? 'open' : 'predicted',
    sentence: sentences.filter((one) => one !== false).join(' '),
  };
}

function passingOf(
  { label, points }: ExperimentLine,
  lines: Axis,
  { measure, level }: SmallestRule,
): Passing {
  const own = lines.values.find((value) => value.label === label)?.value ?? NaN;
  const means = points.map((point) => meanAt(point, measure));
  const first = means.findIndex(({ mean }) => mean > level);
  const largest = means.reduce((best, { mean }, at) => (mean > means[best]!.mean ? at : best), 0);
  const [atPeak, atEnd] = [means[largest]!, means.at(-1)!];
  const atOwn = means[points.findIndex(({ x }) => x === own)];
  const isNear = (at: number): boolean => means[at] !== undefined && isWithin(means[at], level);
  return {
    ...{ label, own },
    smallest: points[first]?.x,
    isUncertain: isNear(first) || isNear(first - 1),
    peak: points[largest]!.x,
    falls: !isWithin(difference(atEnd, atPeak), 0),
    atOwn: atOwn === undefined || isWithin(atOwn, level) ? 'open' : atOwn.mean > level ? 'above' : 'below',
  };
}

/** Of the smallest x over the lines' own values, by least squares. */
function slopeOf(passed: readonly Passed[]): number {
  const [center, middle] = [meanOf(passed.map(({ own }) => own)), meanOf(passed.map((one) => one.smallest))];
  const sum = (term: (one: Passed) => number): number => passed.reduce((total, one) => total + term(one), 0);
  return (
    sum(({ own, smallest }) => (own - center) * (smallest - middle)) / sum(({ own }) => (own - center) ** 2)
  );
}

/** "k=3 for m=3, k=4 for m=4" */
function placesOf<P extends Passing>(symbol: string, ones: readonly P[], place: (one: P) => number): string {
  return ones.map((one) => t`${symbol}=${place(one)} for ${one.label}`).join(', ');
}
