import { t } from '@vscode/l10n';
import { measureLabels } from './experimentMeasures';
import { linesOf, meanAt, type ExperimentPoint } from './experimentPoints';
import { clearErrors, difference, labelsOf, meanText, type Finding, type TrendRule } from './finding';

type Trend = 'falls' | 'rises' | 'stays' | 'open';

/** See {@link TrendRule}. */
export function trendFinding(rule: TrendRule, points: readonly ExperimentPoint[]): Finding {
  const { measure, margin, predicted, from, to } = rule;
  const lines = linesOf(points).map(({ label, points: own }) => {
    const [first, last] = [meanAt(own[0]!, measure), meanAt(own.at(-1)!, measure)];
    return {
      label,
      first,
      last,
      trend: trendOf(difference(last, first), margin),
      excess: meanAt(own.at(-1)!, 'excess'),
    };
  });
  const ones = (trend: Trend): string => labelsOf(lines.filter((line) => line.trend === trend));
  const against = lines.filter(({ trend }) => trend !== predicted && trend !== 'open');
  const isOpen = ones('open') !== '';
  const values = lines.map((line) => t`${meanText(line.first)} to ${meanText(line.last)} for ${line.label}`);
  const excesses = lines.map((line) => t`${line.excess.mean.toFixed(3)} for ${line.label}`);
  const sentences = [
    t`From ${from} to ${to}, ${measureLabels[measure]} goes from ${values.join(', ')}.`,
    ones('falls') !== '' && t`It falls for ${ones('falls')}.`,
    ones('rises') !== '' && t`It rises for ${ones('rises')}.`,
    ones('stays') !== '' && t`It changes by less than ${margin} for ${ones('stays')}.`,
    isOpen && t`Within ${clearErrors} standard errors, it could change or not for ${ones('open')}.`,
    t`The loss ends above its floor by ${excesses.join(', ')} nats.`,
    against.length > 0
      ? t`This contradicts the prediction for ${labelsOf(against)}.`
      : isOpen
        ? t('The prediction remains open.')
        : t('This is as predicted.'),
  ];
  return {
    verdict: against.length > 0 ? 'contradicted' : isOpen ? 'open' : 'predicted',
    sentence: sentences.filter((one) => one !== false).join(' '),
  };
}

/** Clear only if the change is on one side of the margin by more than its errors. */
function trendOf(change: ReturnType<typeof difference>, margin: number): Trend {
  const [mean, error] = [change.mean, clearErrors * change.standardError];
  if (mean + error < -margin) return 'falls';
  if (mean - error > margin) return 'rises';
  return Math.abs(mean) + error < margin ? 'stays' : 'open';
}
