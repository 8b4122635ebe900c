import type { Concept } from '../concepts/concept';
import type { TokenRule } from '../concepts/tokenRule';
import type { InnerProduct } from './geometryResult';
import type { ModelChoice } from './modelChoice';
import type { ProbeSettings } from './probeResult';

/** Projects concepts onto the vocabulary: which concepts, in which inner product, with which kind of direction. */
export interface AxisRequest {
  readonly model: ModelChoice;
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  readonly seed: number;
  readonly settings: Pick<ProbeSettings, 'direction' | 'ridge' | 'allRows'>;
  readonly product: InnerProduct;
  /** Number of tokens or pairs to return. */
  readonly count: number;
}
