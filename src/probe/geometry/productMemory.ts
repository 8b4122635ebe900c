import type { BootstrapInterval } from '../../geometry/bootstrapInterval';
import type { RandomComparison } from '../../protocol/geometryResult';
import type { ProbeSettings } from '../../protocol/probeResult';
import type { MeasuredConcept } from './conceptGeometry';
import type { PairingOutcome } from './pairingTest';
import { Recent } from './recent';

/**
 * What a probe finds in one inner product, each part of it by what it depends on: another number of random pairs leaves
 * the permutation tests as they are. Every probe has its own, since several may be under way.
 */
export class ProductMemory {
  readonly measured: Recent<MeasuredConcept>;
  readonly intervals: Recent<BootstrapInterval | null>;
  readonly permutations: Recent<PairingOutcome | null>;
  readonly random: Recent<RandomComparison | null>;
  /** |cosines| of random concepts that share tokens alike. */
  readonly sharing: Recent<Float64Array>;

  /** @param before of the last probe */
  constructor(before?: ProductMemory) {
    this.measured = new Recent(before?.measured);
    this.intervals = new Recent(before?.intervals);
    this.permutations = new Recent(before?.permutations);
    this.random = new Recent(before?.random);
    this.sharing = new Recent(before?.sharing);
  }
}

/** Under which key each part of a concept is remembered. */
export type PartKeys = Readonly<Record<Exclude<keyof ProductMemory, 'sharing'>, string>>;

/** @param key names the concept's pairs */
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
