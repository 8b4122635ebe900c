import { t } from '@vscode/l10n';
import type { Experiment } from './experiment';
import { measureLabels, type MeanValue } from './experimentMeasures';
import { linesOf, meanAt, type ExperimentLine, type ExperimentPoint } from './experimentPoints';
import { clearErrors, difference, labelsOf, meanText, type CompareRule, type Finding } from './finding';

/** A line where its loss is lowest. */
interface Best {
  readonly label: string;
  readonly x: number;
  readonly excess: number;
  readonly value: MeanValue;
}

/** See {@link CompareRule}. */
export function compareFinding(
  rule: CompareRule,
  { x }: Pick<Experiment, 'x'>,
  points: readonly ExperimentPoint[],
): Finding {
  const all = linesOf(points).map((line) => bestOf(line, rule));
  const trained = all.filter(({ excess }) => excess <= rule.converged);
  const reference = trained.find(({ label }) => label === rule.reference);
  const u = measureLabels[rule.measure];
  const values = trained.map((one) => t`${meanText(one.value)} with ${one.label} (${x.symbol}=${one.x})`);
  const untrained = all.filter(({ excess }) => !(excess <= rule.converged));
  const parts = [
    values.length > 0 && t`Where its loss is lowest, ${u} is ${values.join(', ')}.`,
    untrained.length > 0 &&
      t`Nothing follows for ${labelsOf(untrained)}, which stayed more than ${rule.converged} nats above the floor.`,
  ];
  const text = (...more: readonly (string | false)[]): string =>
    [...parts, ...more].filter((part) => part !== false).join(' ');
  if (!reference)
    return { verdict: 'open', sentence: text(t`There is no ${rule.reference} to compare with.`) };

  const others = trained.filter((one) => one !== reference);
  const sides = others.map((one) => ({ one, side: sideOf(one.value, reference.value, rule.margin) }));
  const on = (side: Side): readonly Best[] => sides.flatMap((own) => (own.side === side ? [own.one] : []));
  const [lower, close] = [on('lower'), on('close')];
  const isPredicted = ({ label }: Best): boolean => rule.lower.includes(label);
  // What was predicted to be lower must be, and nothing else may be.
  const against = sides.flatMap(({ one, side }) =>
    isPredicted(one) ? (side === 'close' ? [one] : []) : side === 'lower' ? [one] : [],
  );
  const isOpen = on('open').length > 0 || untrained.length > 0;
  return {
    verdict: against.length > 0 ? 'contradicted' : isOpen ? 'open' : 'predicted',
    sentence: text(
      lower.length > 0 && t`It is clearly lower than with ${rule.reference} with ${labelsOf(lower)}.`,
      close.length > 0 && t`It is not lower by ${rule.margin} or more with ${labelsOf(close)}.`,
      on('open').length > 0 &&
        t`Within ${clearErrors} standard errors, it could be either with ${labelsOf(on('open'))}.`,
      against.length > 0
        ? t`This contradicts the prediction for ${labelsOf(against)}.`
        : isOpen
          ? t('The prediction remains open.')
          : t('This is as predicted.'),
    ),
  };
}

function bestOf({ label, points }: ExperimentLine, { measure }: CompareRule): Best {
  const [best] = points
    .map((point) => ({ x: point.x, excess: meanAt(point, 'excess').mean, value: meanAt(point, measure) }))
    // A diverged run has no loss, and comes last.
    .sort((a, b) => orInfinity(a.excess) - orInfinity(b.excess));
  return { label, ...best! };
}

type Side = 'lower' | 'close' | 'open';

/** Whether a mean is clearly lower by the margin, clearly not, or neither. */
function sideOf(value: MeanValue, reference: MeanValue, margin: number): Side {
  const { mean, standardError } = difference(value, reference);
  if (mean + clearErrors * standardError < -margin) return 'lower';
  return mean - clearErrors * standardError > -margin ? 'close' : 'open';
}

function orInfinity(value: number): number {
  return Number.isNaN(value) ? Infinity : value;
}
