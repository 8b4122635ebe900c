import type { Algebra } from '../../model/algebra/algebra';
import type { ProbeSettings } from '../../protocol/probeResult';
import type { Baseline } from './baseline';
import type { ProductMemory } from './productMemory';

/** The request, and the resources to compute it with. */
export interface ProductContext {
  readonly settings: ProbeSettings;
  readonly seed: number;
  readonly algebra: Algebra;
  readonly memory: ProductMemory;
  /** As many random pairs as the settings request. */
  readonly baseline: () => Promise<Baseline>;
}
