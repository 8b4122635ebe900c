import { t } from '@vscode/l10n';
import { logOdds } from '../measures/logOdds';
import { theoremCheck, type TheoremCheck } from './theoremCheck';
import type { TrainingRun } from '../training/trainingRun';

/** J, Theorem 3. @param run of independent concepts, without bias */
export function logOddsCheck(run: TrainingRun): TheoremCheck {
  const [f, g] = [run.embeddings(), run.unembeddings()];
  const odds = Array.from({ length: run.world.concepts }, (_, concept) => logOdds(run.world, f, g, concept));
  const deviation = Math.max(...odds.map((one) => one.deviation));
  const overall = Math.max(...odds.map((one) => one.deviationOverall));
  const projected = Math.min(...odds.map(({ projectedCosine }) => projectedCosine));
  return theoremCheck(
    'Theorem 3',
    t(
      'Where the learned log-odds of a concept are the true ones, its unembedding steering vectors are parallel.',
    ),
    {
      'greatest deviation of log-odds, tokens that agree with the context': deviation,
      'greatest deviation of log-odds, all tokens': overall,
      'least mean cosine of projected steering vectors': projected,
    },
    deviation < 0.05 && projected > 0.99,
    t`${run.world.concepts} independent concepts, exact gradient: on the tokens that agree with the context the log-odds are matched to ${deviation.toFixed(4)}, and the steering vectors have a mean cosine of at least ${projected.toFixed(4)}.`,
  );
}
