import { plural } from '../../../src/format/numbers';
import { dimensionOf, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { optimizerNames } from './optimizerNames';
import { formatSteps } from '../runs/stepWords';

/** What a simulation was made with: what matters first, then what differs from the usual. */
export function configWords(config: SimulationConfig): string[] {
  const { concepts, optimizer, learningRate, steps, seed } = config;
  return [
    `m\u00a0=\u00a0${concepts}`,
    `k\u00a0=\u00a0${dimensionOf(config)}`,
    `${optimizerNames[optimizer]} ${learningRate}`,
    `${formatSteps(steps)} steps`,
    `seed ${seed}`,
    ...unusual(config),
  ];
}

function unusual({ edges, masks, tokens, contexts, bias, gradient }: SimulationConfig): string[] {
  return [
    ...(edges ? [`graph by hand, ${plural(edges.length, 'edge')}`] : []),
    ...(masks === 'all' ? [] : [plural(masks, 'mask')]),
    ...(tokens === 'all' ? [] : [plural(tokens, 'token')]),
    ...(contexts ? [`contexts ${contexts.join(', ')}`] : []),
    ...(bias ? ['bias'] : []),
    ...(gradient === 'population' ? ['exact gradient'] : []),
  ];
}
