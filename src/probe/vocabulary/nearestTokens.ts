import { UserError } from '../../errors';
import { row, stack } from '../../geometry/matrix';
import { clampCosine, norm } from '../../geometry/vector';
import type { Model } from '../../model/model';
import type { NeighboursRequest } from '../../protocol/engineMessages';
import type { NeighboursResult } from '../../protocol/vocabularyResult';
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
  const { concept, base, count, tokens, product } = request;
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
    const why = dropReason(tokenized[0]!.pairs[0]!) ?? 'it cannot be used';
    throw new UserError(`“${base}” cannot be the base: ${why}; give another word.`);
  }
  const { norms, mean } = await geometry.tokenNorms(axis.source, progress);
  const start = row(await meanRows(axis.source, [lists[place]!]), 0);
  const goal = axis.difference.map((value, j) => start[j]! + value - mean[j]!);
  const scores = column(await vocabularyScores(geometry, request, stack([goal], goal.length), progress), 0);
  const length = norm(goal);
  const cosines = scores.map((score, id) =>
    norms[id]! > 0 ? clampCosine(score / (norms[id]! * length)) : 0,
  );
  const { ids, size } = geometry.rows;
  const pieces = model.tokenizer.pieces(size);
  const order = ids.slice().sort((a, b) => cosines[b]! - cosines[a]!);
  return {
    product,
    concept,
    base,
    neighbours: Array.from(order.subarray(0, count), (id) => ({
      id,
      piece: pieces[id]!,
      cosine: cosines[id]!,
    })),
    ...paddingOf(model, request),
  };
}
