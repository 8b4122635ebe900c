import type { BootstrapInterval } from '../../geometry/bootstrapInterval';
import type { RandomComparison } from '../../protocol/geometryResult';
import type { ProbeSettings } from '../../protocol/probeResult';
import type { MeasuredConcept } from './conceptGeometry';
import type { PairingOutcome } from './pairingTest';
import { Recent } from './recent';

/**
 * Results of a probe in one inner product, with each part keyed by what it depends on: a different number of random pairs
 * does not invalidate the permutation tests. Each probe has its own memory, since several may run at the same time.
 */
export class ProductMemory {
  readonly measured: Recent<MeasuredConcept>;
  readonly intervals: Recent<BootstrapInterval | null>;
  readonly permutations: Recent<PairingOutcome | null>;
  readonly random: Recent<RandomComparison | null>;
  /** |cosines| of random concepts that share tokens in the same way. */
  readonly sharing: Recent<Float64Array>;

  /** @param before memory of the last probe */
  constructor(before?: ProductMemory) {
    this.measured = new Recent(before?.measured);
    this.intervals = new Recent(before?.intervals);
    this.permutations = new Recent(before?.permutations);
    this.random = new Recent(before?.random);
    this.sharing = new Recent(before?.sharing);
  }
}

/** The key under which each part of a concept is remembered. */
export type PartKeys = Readonly<Record<Exclude<keyof ProductMemory, 'sharing'>, string>>;

/** @param key identifies the concept's pairs */
export function partKeys(
  key: string,
  { direction, bootstrap, permutations, randomPairs }: ProbeSettings,
  seed: number,
): PartKeys {
  return {
    measured: `${direction} ${key}`,
    intervals: `${direction} ${bootstrap} ${seed} ${key}`,
    permutations: `${permutations} ${seed} ${key}`,
    random: `${direction} ${randomPairs} ${seed} ${key}`,
  };
}
