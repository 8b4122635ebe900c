import { onePairCheck, twoContextsCheck } from './implicitBiasChecks';
import { logOddsCheck } from './logOddsCheck';
import { matchedOrthogonalityCheck, separationCheck } from './orthogonalityChecks';
import { subspaceCheck } from './subspaceCheck';
import type { TheoremCheck } from './theoremCheck';
import * as experiments from './theoremExperiments';

export type { TheoremCheck };

/** One check per theorem, on the experiment of a seed; a few seconds in total. */
export const theoremChecks: Readonly<Record<string, (seed: number) => TheoremCheck>> = {
  'Theorem 3': (seed) => logOddsCheck(experiments.independentRun(seed)),
  'Theorem 4': (seed) => twoContextsCheck(false, experiments.implicitBias(seed, false)),
  'Theorem 5': (seed) => twoContextsCheck(true, experiments.implicitBias(seed, true)),
  'Theorem 7': (seed) => separationCheck(experiments.chainRun(seed)),
  'Corollary 8': (seed) =>
    matchedOrthogonalityCheck(experiments.independentDescent(seed), experiments.dependentDescent(seed)),
  'Theorem 10': (seed) => subspaceCheck(experiments.tightChainRun(seed)),
  'Theorem 12': (seed) => onePairCheck(experiments.onePair(seed)),
};
