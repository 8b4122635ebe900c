import { dimensionOf, type SimulationConfig } from '../../config/simulationConfig';
import type { World } from '../../world/world';
import type { Kernel } from '../kernel';
import { agreeingMean, meanEncoder } from './agreeingMean';
import type { ContextEncoder } from './contextEncoder';
import { layerEncoder, layerParameters } from './layerEncoder';
import { oneHotInput } from './layerInput';
import { tableEncoder } from './tableEncoder';

export function chooseEncoder(world: World, config: SimulationConfig, kernel: Kernel): ContextEncoder {
  const { learner, tied } = config;
  if (learner === 'hidden')
    return layerEncoder(tied ? agreeingMean(world, kernel, config) : oneHotInput(world), kernel, config);
  return tied ? meanEncoder(world, kernel, config) : tableEncoder(kernel, config);
}

/** Length of the table f that the encoder needs. */
export function parametersOf(config: SimulationConfig, contexts: number): number {
  const { learner, tied, concepts, hiddenWidth, bias } = config;
  const k = dimensionOf(config);
  if (learner === 'hidden') return layerParameters(tied ? k : 3 * concepts, hiddenWidth, k);
  return tied ? 0 : contexts * (bias ? k + 1 : k);
}
