import type { Optimizer } from '../../../src/simulator/config/simulationConfig';

export const optimizerNames: Readonly<Record<Optimizer, string>> = {
  sgd: 'SGD',
  momentum: 'Momentum',
  adam: 'Adam',
};
