import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { differences } from '../../geometry/differences';
import { stack } from '../../geometry/matrix';
import { norm } from '../../geometry/vector';
import { headLogits } from '../../model/forward/headLogits';
import type { Model } from '../../model/model';
import type { ContrastPair, SteerRequest, SteerResult } from '../../protocol/contextResult';
import type { RunSettings } from '../../protocol/embedResult';
import type { ReportProgress } from '../../protocol/progress';
import type { Embedder } from '../embed';
import type { ModelGeometry } from '../modelGeometry';
import { column } from '../vocabulary/conceptAxis';
import { conceptVectors, type ConceptVectors } from './conceptVectors';
import { isRead, readContexts, type ReadContext } from './readContexts';

/**
 * What it takes to move the last hidden state of a context along a concept: U(λ + αv) = Uλ + α·Uv, so one pass of the model
 * and one projection of the vocabulary answer for every α (Park et al. 2311.03658, §4.3).
 *
 * @throws UserError if the context has no token, or the concept no direction; ModelError if the model cannot be run or
 * its logits are not U·λ
 */
export async function steer(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: SteerRequest,
  progress: ReportProgress,
): Promise<SteerResult> {
  const { vectors, skipped } = await conceptVectors(model, geometry, request, progress);
  const own =
    vectors.find(({ name }) => name === request.concept) ??
    // Says what is wrong with it.
    (await conceptVectors(model, geometry, request, progress, [request.concept])).vectors[0]!;
  const { hidden, ids, windowed } = await readContext(model, embedder, request, progress);
  progress({ message: t('Projecting the vocabulary'), fraction: null });
  const both = stack([Float64Array.from(hidden), own.steer], hidden.length);
  const scores = await headLogits(model, geometry.algebra, both);
  const pairs = contrastPairs(vectors);
  return {
    product: request.product,
    concept: request.concept,
    tokens: ids.length,
    windowed,
    logits: column(scores, 0),
    shift: column(scores, 1),
    ids: model.tokenizer.tokenIds(scores.rows),
    pieces: model.tokenizer.pieces(scores.rows),
    pairs,
    concepts: vectors.map(({ name }) => name),
    moves: await movesOf(geometry, vectors, pairs),
    hiddenNorm: norm(hidden),
    stepNorm: norm(own.steer),
    skipped,
  };
}

/** One context with its hidden state. @throws UserError if it has none */
export async function readContext(
  model: Model,
  embedder: Embedder,
  { text, ...run }: RunSettings & { readonly text: string },
  progress: ReportProgress,
): Promise<ReadContext> {
  const [context] = await readContexts(model, embedder, [text], run, progress);
  if (context === 'broken')
    throw new UserError(
      t`${model.unembedding.label} gives a hidden state that is not finite for this context; use another context, or a file of higher precision.`,
    );
  if (!context || !isRead(context))
    throw new UserError(t('The context has no word; place the cursor after some text.'));
  return context;
}

/** The kept pairs whose words are one token each: only those have a probability. */
function contrastPairs(vectors: readonly ConceptVectors[]): ContrastPair[] {
  return vectors.flatMap(({ name, pairs }) =>
    pairs.flatMap(({ base, target, baseIds, targetIds }) =>
      baseIds.length === 1 && targetIds.length === 1
        ? [{ concept: name, base, target, baseId: baseIds[0]!, targetId: targetIds[0]! }]
        : [],
    ),
  );
}

async function movesOf(
  { unembedding, algebra }: ModelGeometry,
  vectors: readonly ConceptVectors[],
  pairs: readonly ContrastPair[],
): Promise<SteerResult['moves']> {
  const steps = stack(
    vectors.map(({ steer: step }) => step),
    unembedding.head.hiddenSize,
  );
  const ids = pairs.flatMap(({ baseId, targetId }) => [baseId, targetId]);
  const rows = pairs.map((_, i) => ({ base: 2 * i, target: 2 * i + 1 }));
  return algebra.multiply(steps, differences(unembedding.rows(ids), rows));
}
