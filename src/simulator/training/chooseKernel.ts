import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { parametersOf } from './encoders/chooseEncoder';
import { kernelBytes, type Kernel, type KernelShape } from './kernel';
import { scalarKernel } from './scalarKernel';
import { simdKernel } from './simdKernel';
import { dimensionOf, type Optimizer, type SimulationConfig } from '../config/simulationConfig';
import { updateFunctions } from './simdUpdates';
import { hasWasmSimd } from './wasmModule';
import type { World } from '../world/world';

/** `fastest`: SIMD if the engine supports it. */
export type KernelChoice = 'fastest' | 'simd' | 'scalar';

/** Memory limit for the tables of a run, in bytes. */
export const memoryLimit = 2 ** 30;

export function chooseKernel(world: World, config: SimulationConfig, choice: KernelChoice): Kernel {
  const shape = shapeOf(config, world.weights.length, world.tokens.length);
  const useSimd = choice === 'simd' || (choice === 'fastest' && hasWasmSimd(updateFunctions()[0]!));
  return useSimd ? simdKernel(shape) : scalarKernel(shape);
}

/** @throws UserError that states the memory that the tables need, if it exceeds the limit */
export function checkMemory(config: SimulationConfig): void {
  const bytes = neededBytes(config);
  if (bytes > memoryLimit)
    throw new UserError(
      t`${config.concepts} concepts in ${dimensionOf(config)} dimensions need ${megabytes(bytes)} MB of memory, more than the limit of ${megabytes(memoryLimit)} MB per run.`,
    );
}

/** Upper bound in bytes for the tables of the world and the learner, with as many contexts as the masks allow. */
export function neededBytes(config: SimulationConfig): number {
  const { concepts, masks, tokens, contexts } = config;
  const all = 3 ** concepts;
  const possible = Math.min(all, masks === 'all' ? all : masks * 2 ** concepts);
  const occurring = contexts?.length ?? possible;
  const shape = shapeOf(config, occurring, tokens === 'all' ? 2 ** concepts : tokens);
  const world = all * (4 + 4 + 4 + 8 + 8) + occurring * (4 + 4 + 8 + 8 + 4 + 4);
  // A snapshot copies all embeddings.
  return world + kernelBytes(shape) + occurring * shape.dimension * 4;
}

const moments = { sgd: 0, momentum: 1, adam: 2, sign: 0 } as const satisfies Record<Optimizer, 0 | 1 | 2>;

/** What the settings and the numbers of contexts and tokens decide about the tables. */
function shapeOf(config: SimulationConfig, contexts: number, tokens: number): KernelShape {
  const { learner, tied, loss, optimizer, weightDecay, bias } = config;
  const dimension = dimensionOf(config) + (bias ? 1 : 0);
  const parameters = parametersOf(config, contexts);
  return {
    ...{ loss, tokens, dimension, parameters },
    moments: moments[optimizer],
    isSparse: learner === 'table' && !tied && optimizer === 'sgd' && weightDecay === 0,
  };
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / 2 ** 20).toLocaleString('en-US');
}
