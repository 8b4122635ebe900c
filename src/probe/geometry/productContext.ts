import type { Algebra } from '../../model/algebra/algebra';
import type { ProbeSettings } from '../../protocol/probeResult';
import type { Baseline } from './baseline';
import type { ProductMemory } from './productMemory';

/** What is asked for, and what the work is done with. */
export interface ProductContext {
  readonly settings: ProbeSettings;
  readonly seed: number;
  readonly algebra: Algebra;
  readonly memory: ProductMemory;
  /** Random pairs, as many as the settings ask for. */
  readonly baseline: () => Promise<Baseline>;
}
