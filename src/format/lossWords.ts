import { t } from '@vscode/l10n';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import { formatDecimal } from './numbers';

/** How the loss of a simulation is named. */
export interface LossWords {
  /** Next to its value. */
  readonly label: string;
  /** Of its chart. */
  readonly title: string;
  /** What it is. */
  readonly meaning: string;
  /** A line in its chart. */
  readonly floor: (value: number) => string;
}

export function lossWords({ loss }: SimulationConfig): LossWords {
  const inNats = { label: t('loss in nats'), title: t('Loss in nats') };
  const floor = (value: number): string => t`floor ${formatDecimal(value, 3)}`;
  switch (loss) {
    case 'softmax':
      return {
        ...inNats,
        meaning: t('Expected cross-entropy. Its lower bound is the entropy of the token given its context'),
        floor: (value) => t`entropy floor ${formatDecimal(value, 3)}`,
      };
    case 'logistic':
      return {
        ...inNats,
        meaning: t(
          'Expected binary cross-entropy, summed over the tokens. Its lower bound is that of the true probabilities',
        ),
        floor,
      };
    case 'squared':
      return {
        ...{ label: t('loss'), title: t('Loss') },
        meaning: t(
          'Half the expected squared error of the logits, summed over the tokens. Its lower bound is that of the true probabilities',
        ),
        floor,
      };
  }
}
