import { t } from '@vscode/l10n';
import { conceptLines } from './conceptLines';
import type { Experiment, ExperimentSize } from './experiment';

const sizes = {
  quick: { dimensions: 8, steps: { 3: 20_000, 4: 40_000, 5: 60_000, 6: 100_000 }, runs: 4 },
  full: { dimensions: 9, steps: { 3: 20_000, 4: 50_000, 5: 80_000, 6: 150_000, 7: 250_000 }, runs: 6 },
} as const;

/** The parallelism of steering vectors over k, for several m; extends Figure 6 of the paper. */
export function dimension(size: ExperimentSize): Experiment {
  const { dimensions, steps, runs } = sizes[size];
  return {
    name: 'dimension',
    title: t('Dimension: how many dimensions do parallel steering vectors need?'),
    question: t(
      'With how few dimensions k are the steering vectors of each of m concepts still parallel, and how does that number grow with m?',
    ),
    prediction: t(
      'k = m is enough, because the paper’s tables have k = m; and fewer make U, E and UE fall, as in its Figure 6 (J § 3: m = 7, k = 5 to 7).',
    ),
    base: {},
    x: {
      label: t('Dimension k'),
      symbol: 'k',
      values: Array.from({ length: dimensions }, (_, at) => ({
        label: `k=${at + 1}`,
        value: at + 1,
        settings: { dimension: at + 1 },
      })),
    },
    lines: conceptLines(steps),
    runs,
    measures: ['u', 'e', 'ue', 'excess'],
    finding: { kind: 'smallest', measure: 'u', level: 0.9 },
  };
}
