import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { row, stack } from '../../geometry/matrix';
import { clampCosine, norm } from '../../geometry/vector';
import type { Model } from '../../model/model';
import type { NearestRequest, NeighboursRequest } from '../../protocol/engineMessages';
import type { NearestResult, NeighboursResult } from '../../protocol/vocabularyResult';
import { dropReason } from '../../protocol/probeResult';
import { column, conceptAxis, paddingOf, vocabularyScores } from './conceptAxis';
import type { ReportProgress } from '../../protocol/progress';
import { meanRows } from '../words/meanRows';
import type { ModelGeometry } from '../modelGeometry';
import { tokenizeConcepts } from '../words/tokenizeConcepts';
import { wordRows } from '../words/wordRows';

/**
 * The tokens nearest to γ(base) + the concept's mean difference, by their cosine around the mean of the vocabulary.
 *
 * @throws UserError if the token rule does not accept the base word, or see {@link conceptAxis}; ModelError
 */
export async function neighbours(
  model: Model,
  geometry: ModelGeometry,
  request: NeighboursRequest,
  progress: ReportProgress,
): Promise<NeighboursResult> {
  const { concept, base, count, product } = request;
  const cosines = await cosinesAround(model, geometry, request, progress);
  const pieces = model.tokenizer.pieces(geometry.rows.size);
  return {
    product,
    concept,
    base,
    neighbours: nearestIds(cosines, geometry, count).map((id) => ({
      id,
      piece: pieces[id]!,
      cosine: cosines[id]!,
    })),
    ...paddingOf(model, request),
  };
}

/**
 * The same in several inner products: the nearest tokens in each, with their cosines in all of them.
 *
 * @throws see {@link neighbours}
 */
export async function nearest(
  model: Model,
  geometry: ModelGeometry,
  { products, ...request }: NearestRequest,
  progress: ReportProgress,
): Promise<NearestResult> {
  const { concept, base, count } = request;
  const cosines: Float32Array[] = [];
  for (const product of products)
    cosines.push(await cosinesAround(model, geometry, { ...request, product }, progress));
  const pieces = model.tokenizer.pieces(geometry.rows.size);
  const ids = new Set(cosines.flatMap((own) => nearestIds(own, geometry, count)));
  return {
    ...{ products, concept, base, count },
    tokens: Array.from(ids, (id) => ({
      id,
      piece: pieces[id]!,
      cosines: cosines.map((own) => own[id]!),
    })),
    ...paddingOf(model, request),
  };
}

/** cos(γ(y) − mean, γ(base) + difference − mean) of every token y; by token id. */
async function cosinesAround(
  model: Model,
  geometry: ModelGeometry,
  request: Omit<NeighboursRequest, 'count'>,
  progress: ReportProgress,
): Promise<Float32Array> {
  const { concept, base, tokens } = request;
  const axis = await conceptAxis(model, geometry, request, concept, progress);
  // The base is paired with any kept word, because only the base is used.
  const partner = axis.pairs.map((pair) => pair.target).find((word) => word !== base) ?? axis.pairs[0]!.base;
  const tokenized = tokenizeConcepts(model, {
    tokens,
    concepts: [{ name: concept, pairs: [{ base, target: partner }] }],
  });
  const { concepts, lists } = wordRows(tokenized, tokens);
  const place = concepts[0]!.pairs[0]?.base;
  if (place === undefined) {
    const why = dropReason(tokenized[0]!.pairs[0]!) ?? t('it cannot be used');
    throw new UserError(t`“${base}” cannot be the base: ${why}; give another word.`);
  }
  const { norms, mean } = await geometry.tokenNorms(axis.source, progress);
  const start = row(await meanRows(axis.source, [lists[place]!]), 0);
  const goal = axis.difference.map((value, j) => start[j]! + value - mean[j]!);
  const scores = column(await vocabularyScores(geometry, request, stack([goal], goal.length), progress), 0);
  const length = norm(goal);
  return scores.map((score, id) => (norms[id]! > 0 ? clampCosine(score / (norms[id]! * length)) : 0));
}

function nearestIds(cosines: Float32Array, { rows }: ModelGeometry, count: number): number[] {
  return [...rows.ids.slice().sort((a, b) => cosines[b]! - cosines[a]!)].slice(0, count);
}
