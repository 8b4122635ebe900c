import { t } from '@vscode/l10n';
import type { AxisValue, Experiment, ExperimentSize } from './experiment';

const sizes = {
  quick: { masks: [2, 4, 16], steps: 40_000, runs: 6 },
  full: { masks: [1, 2, 4, 8, 12, 16], steps: 60_000, runs: 6 },
} as const;
const rates = [0.25, 0.5, 0.75];

/** The parallelism of steering vectors by how many sets of concepts may be core, and how large they are. */
export function core(size: ExperimentSize): Experiment {
  const { masks, steps, runs } = sizes[size];
  const ofRate = (maskRate: number): AxisValue => ({
    label: `p=${maskRate}`,
    value: maskRate,
    settings: { maskRate },
  });
  return {
    name: 'core',
    title: t('Core concepts: which sets of concepts must contexts know?'),
    question: t(
      'How parallel are steering vectors if only some of the 16 sets of four concepts are ever the core of a context, drawn with each concept hidden with probability p and then equally likely?',
    ),
    prediction: t(
      'A few random sets are enough (J, Table 3: at m = 10, 50 of 1,024 sets give a U of .974): U stays as it is with all sets.',
    ),
    base: { concepts: 4, steps },
    x: {
      label: t('Sets of concepts that may be core'),
      symbol: 'n',
      isLogarithmic: true,
      values: masks.map((count) => ({ label: `n=${count}`, value: count, settings: { masks: count } })),
    },
    lines: { label: t('Mask rate'), symbol: 'p', values: rates.map(ofRate) },
    runs,
    measures: ['u', 'e', 'ue', 'excess'],
    finding: {
      ...{ kind: 'trend', measure: 'u', predicted: 'stays', margin: 0.05 },
      ...{ from: t('the fewest sets'), to: t('all sets') },
    },
  };
}
