import { t } from '@vscode/l10n';
import { conceptLines } from './conceptLines';
import type { Experiment, ExperimentSize } from './experiment';

const sizes = {
  quick: { steps: { 3: 20_000, 4: 40_000 }, dependences: [0, 0.5, 1], runs: 6 },
  full: { steps: { 3: 30_000, 4: 60_000 }, dependences: [0, 0.2, 0.4, 0.6, 0.8, 1], runs: 8 },
} as const;

/** The parallelism of steering vectors in worlds from matched log-odds to strongly dependent concepts. */
export function logOddsMatching(size: ExperimentSize): Experiment {
  const { steps, dependences, runs } = sizes[size];
  return {
    name: 'log-odds',
    title: t('Log-odds: does linearity need data whose log-odds match?'),
    question: t(
      'How parallel are steering vectors when the log-odds of a concept in a context differ from its log-odds over all data?',
    ),
    prediction: t(
      'Matched log-odds make the steering vectors parallel (J, Theorem 3), and a concept with dependent neighbours needs more dimensions (J, Theorem 10): U falls as the mismatch grows.',
    ),
    base: { conditionals: [0.1, 0.9], edgeProbability: 1 },
    x: {
      label: t('Dependence'),
      symbol: 's',
      drawnAt: 'mismatch',
      values: dependences.map((dependence) => ({
        ...{ label: `s=${dependence}`, value: dependence, settings: { dependence } },
      })),
    },
    lines: conceptLines(steps),
    runs,
    measures: ['u', 'e', 'ue', 'excess', 'mismatch'],
    finding: {
      ...{ kind: 'trend', measure: 'u', predicted: 'falls', margin: 0.05 },
      ...{ from: t('matched log-odds'), to: t('the largest mismatch') },
    },
  };
}
