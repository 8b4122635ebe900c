import { dimensionOf, type SimulationConfig } from '../../config/simulationConfig';
import type { World } from '../../world/world';
import type { Kernel } from '../kernel';
import { meanEncoder } from './agreeingMean';
import type { ContextEncoder } from './contextEncoder';
import { tableEncoder } from './tableEncoder';

export function chooseEncoder(world: World, config: SimulationConfig, kernel: Kernel): ContextEncoder {
  return config.tied ? meanEncoder(world, kernel, config) : tableEncoder(kernel, config);
}

/** Length of the table f that the encoder needs. */
export function parametersOf(config: SimulationConfig, contexts: number): number {
  return config.tied ? 0 : contexts * (dimensionOf(config) + (config.bias ? 1 : 0));
}
