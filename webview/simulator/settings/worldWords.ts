import { formatCount, plural } from '../../../src/format/numbers';
import type { SimulationConfig } from '../../../src/simulator/config/simulationConfig';

/** How big the world of these settings is. */
export function worldWords({ concepts, tokens, contexts, masks }: SimulationConfig): string {
  const all = 2 ** concepts;
  const words = tokens === 'all' ? plural(all, 'token') : `${formatCount(tokens)} of ${plural(all, 'token')}`;
  if (contexts) return `${words}, ${plural(contexts.length, 'context')}`;
  return `${words}, ${masks === 'all' ? plural(3 ** concepts, 'context') : `contexts of ${plural(masks, 'mask')}`}`;
}
