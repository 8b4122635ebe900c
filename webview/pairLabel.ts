import type { PairResult } from '../src/protocol/probeResult';

/** "king → queen" */
export function pairLabel(pair: Pick<PairResult, 'base' | 'target'>): string {
  return `${pair.base} → ${pair.target}`;
}
