import type { Concept } from '../concepts/concept';
import type { TokenRule } from '../concepts/tokenRule';
import type { InnerProduct } from './geometryResult';
import type { ModelChoice } from './modelChoice';
import type { ProbeSettings } from './probeResult';

/** What lays concepts over the vocabulary: which concepts, in which product, with which kind of direction. */
export interface AxisRequest {
  readonly model: ModelChoice;
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  readonly seed: number;
  readonly settings: Pick<ProbeSettings, 'direction' | 'ridge' | 'allRows'>;
  readonly product: InnerProduct;
  /** Tokens or pairs wanted. */
  readonly count: number;
}
