import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { offDiagonal } from '../../geometry/offDiagonal';
import { separation } from '../measures/separation';
import { theoremCheck, type TheoremCheck } from './theoremCheck';
import type { TrainingRun } from '../training/trainingRun';

/**
 * J, Theorem 7.
 *
 * @param run with both separated and neighbouring concepts, enough dimensions for an exact fit, and no bias
 * @throws UserError if all concepts are separated, or none
 */
export function separationCheck(run: TrainingRun): TheoremCheck {
  const [f, g] = [run.embeddings(), run.unembeddings()];
  const all = Array.from({ length: run.world.concepts }, (_, concept) => concept);
  const pairs = all.flatMap((concept) =>
    all.filter((other) => other !== concept).map((other) => separation(run.world, f, g, concept, other)),
  );
  const apart = pairs.filter((pair) => pair.separated);
  const neighbours = pairs.filter((pair) => !pair.separated);
  if (apart.length === 0 || neighbours.length === 0)
    throw new UserError(
      t('Separated concepts are compared with neighbours, and there are none of one of them.'),
    );
  const change = Math.max(...apart.map((pair) => pair.change));
  const neighbourChange = neighbours.reduce((sum, pair) => sum + pair.change, 0) / neighbours.length;
  const agreeing = Math.max(...apart.map((pair) => pair.agreeingCosine));
  const neighbourAgreeing = Math.max(...neighbours.map((pair) => pair.agreeingCosine));
  const deviation = Math.max(...pairs.map((pair) => pair.deviation));
  return theoremCheck(
    'Theorem 7',
    t(
      'With exact conditionals the log-odds of a concept stay as they are when a separated concept becomes known, so that its steering vectors are orthogonal to what that adds to the embedding.',
    ),
    {
      'divergence in nats': run.snapshot().divergence,
      'greatest change of log-odds, separated': change,
      'mean change of log-odds, neighbours': neighbourChange,
      'least change of log-odds, neighbours': Math.min(...neighbours.map((pair) => pair.change)),
      'greatest distance from the true change': deviation,
      'the change as a cosine, separated': Math.max(...apart.map((pair) => pair.changeCosine)),
      'the change as a cosine, neighbours': Math.max(...neighbours.map((pair) => pair.changeCosine)),
      'greatest cosine on tokens that agree with both contexts, separated': agreeing,
      'greatest cosine on tokens that agree with both contexts, neighbours': neighbourAgreeing,
    },
    change < 0.05 && neighbourChange > 10 * change && deviation < 0.05 && agreeing < 0.01,
    t`When one concept becomes known, the log-odds of another change by at most ${change.toFixed(4)} where the two are separated and by ${neighbourChange.toFixed(2)} on average where they are neighbours, as in the true law to ${deviation.toFixed(4)}. On tokens that agree with both contexts the orthogonality is Bayes' rule alone: cosines are at most ${agreeing.toFixed(4)} where separated, but ${neighbourAgreeing.toFixed(4)} for neighbours too. On other tokens the data determine nothing.`,
  );
}

/**
 * J, Corollary 8.
 *
 * @param run of independent concepts, by gradient descent
 * @param dependent to compare with: all concepts neighbours
 */
export function matchedOrthogonalityCheck(run: TrainingRun, dependent: TrainingRun): TheoremCheck {
  const [own, other] = [matchedness(run), matchedness(dependent)];
  return theoremCheck(
    'Corollary 8',
    t(
      'Where two separated concepts have matched representations, their unembedding steering vectors are orthogonal.',
    ),
    {
      'least U, E and UE of a concept': own.matched,
      'greatest mean cosine between two separated concepts': own.between,
      'least U, E and UE, neighbours': other.matched,
      'greatest mean cosine between two neighbours': other.between,
    },
    own.matched > 0.99 && own.between < 0.02,
    t`Independent concepts are matched to ${own.matched.toFixed(4)}, and no two have a mean cosine beyond ±${own.between.toFixed(4)}. Neighbours that depend strongly are matched to ${other.matched.toFixed(2)} only, so that nothing follows; theirs is ${other.between.toFixed(2)}.`,
  );
}

function matchedness(run: TrainingRun): { readonly matched: number; readonly between: number } {
  const { perConcept, unembeddingMap } = run.snapshot();
  return {
    matched: Math.min(...perConcept.flatMap(({ u, e, ue }) => [u, e, ue])),
    between: offDiagonal(unembeddingMap)?.largest ?? NaN,
  };
}
