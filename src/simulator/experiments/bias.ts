import { t } from '@vscode/l10n';
import { defaultLearningRate, type Optimizer } from '../config/simulationConfig';
import type { AxisValue, Experiment, ExperimentSize } from './experiment';

const sizes = {
  quick: { concepts: 3, steps: 20_000, factors: [0.25, 1, 4], runs: 6 },
  full: { concepts: 4, steps: 50_000, factors: [0.25, 0.5, 1, 2, 4], runs: 8 },
} as const;

const optimizers: readonly Optimizer[] = ['sgd', 'momentum', 'adam', 'sign'];

/** The parallelism of steering vectors by optimizer and learning rate. */
export function bias(size: ExperimentSize): Experiment {
  const { concepts, steps, factors, runs } = sizes[size];
  const ofOptimizer = (optimizer: Optimizer, at: number): AxisValue => ({
    label: optimizer,
    value: at,
    settings: { optimizer, learningRate: defaultLearningRate(optimizer) },
  });
  return {
    name: 'bias',
    title: t('Implicit bias: is the alignment gradient descent’s, or the objective’s?'),
    question: t(
      'Do optimizers whose implicit bias is another than gradient descent’s reach the same loss with steering vectors that are less parallel?',
    ),
    prediction: t(
      'The alignment follows from gradient descent (J, Theorems 4 and 5), so momentum keeps it; Adam and sign descent, whose steps follow the coordinate axes, have a lower U (J, Table 2: Adam is below SGD at m = 3 to 7).',
    ),
    base: { concepts, steps },
    x: {
      label: t('Learning rate, as a multiple of the optimizer’s default'),
      symbol: 'η',
      isLogarithmic: true,
      values: factors.map((factor) => ({
        ...{ label: `η=${factor}`, value: factor, settings: {} },
        rateFactor: factor,
      })),
    },
    lines: { label: t('Optimizer'), symbol: t('optimizer'), values: optimizers.map(ofOptimizer) },
    runs,
    measures: ['u', 'e', 'ue', 'excess'],
    finding: {
      ...{ kind: 'compare', measure: 'u', reference: 'sgd', lower: ['adam', 'sign'] },
      ...{ margin: 0.05, converged: 0.05 },
    },
  };
}
