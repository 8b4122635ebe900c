import { t } from '@vscode/l10n';
import { conceptLines } from './conceptLines';
import type { Experiment, ExperimentSize } from './experiment';

const sizes = {
  quick: { steps: { 3: 20_000, 4: 40_000 }, shares: [0, 0.5, 1], runs: 6 },
  full: { steps: { 3: 20_000, 4: 40_000 }, shares: [0, 0.25, 0.5, 0.75, 1], runs: 6 },
} as const;

/** The parallelism of steering vectors by the share of conditionals that are 0 or 1. */
export function zeros(size: ExperimentSize): Experiment {
  const { steps, shares, runs } = sizes[size];
  return {
    name: 'zeros',
    title: t('Zero probabilities: are steering vectors parallel where assignments never occur?'),
    question: t(
      'How parallel are steering vectors if a share s of the conditionals is 0 or 1, from none to all, so that some assignments never occur?',
    ),
    prediction: t(
      'The data say nothing about the log-odds of two tokens that never occur (J, Theorem 3, is about learners that match them), so U falls.',
    ),
    base: {},
    x: {
      label: t('Share of conditionals that are 0 or 1'),
      symbol: 's',
      values: shares.map((pointMasses) => ({
        ...{ label: `s=${pointMasses}`, value: pointMasses, settings: { pointMasses } },
      })),
    },
    lines: conceptLines(steps),
    runs,
    measures: ['u', 'e', 'ue', 'excess'],
    finding: {
      ...{ kind: 'trend', measure: 'u', predicted: 'falls', margin: 0.05 },
      ...{ from: t('no point masses'), to: t('only point masses') },
    },
  };
}
