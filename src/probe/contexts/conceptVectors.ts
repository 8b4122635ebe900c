import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { matrix, row } from '../../geometry/matrix';
import { multiplyRow } from '../../model/algebra/substitution';
import type { Model } from '../../model/model';
import type { ContextRequest, SkippedConcept } from '../../protocol/contextResult';
import type { PairResult } from '../../protocol/probeResult';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';
import { conceptAxis } from '../vocabulary/conceptAxis';

/** A concept's direction in the three roles that it has (Park et al. 2311.03658, §3–4). */
export interface ConceptVectors {
  readonly name: string;
  /** Kept pairs. */
  readonly pairs: readonly PairResult[];
  /** At unit length in coordinates where the product is the dot product, `[hidden]`. */
  readonly direction: Float64Array;
  /** γ̄_W at unit length in the product: λᵀγ̄_W measures the concept, `[hidden]`. */
  readonly measure: Float64Array;
  /** v = Cov⁻¹γ̄_W in the causal product, γ̄_W in the Euclidean one: λ + αv moves the concept, `[hidden]`. */
  readonly steer: Float64Array;
}

/**
 * The vectors of these concepts.
 *
 * @param names of concepts of the request; by default all of them
 * @returns also the concepts that have no direction, with the reason
 * @throws UserError if none has a direction; ModelError if the model cannot be read
 */
export async function conceptVectors(
  model: Model,
  geometry: ModelGeometry,
  request: ContextRequest,
  progress: ReportProgress,
  names: readonly string[] = request.concepts.map(({ name }) => name),
): Promise<{ readonly vectors: readonly ConceptVectors[]; readonly skipped: readonly SkippedConcept[] }> {
  const vectors: ConceptVectors[] = [];
  const skipped: SkippedConcept[] = [];
  for (const name of names) {
    try {
      vectors.push(await vectorsOf(model, geometry, request, name, progress));
    } catch (error) {
      if (!(error instanceof UserError) || names.length === 1) throw error;
      skipped.push({ name, reason: error.message });
    }
  }
  if (vectors.length === 0)
    throw new UserError(skipped[0]?.reason ?? t('There is no concept; add word pairs first.'));
  return { vectors, skipped };
}

async function vectorsOf(
  model: Model,
  geometry: ModelGeometry,
  request: ContextRequest,
  name: string,
  progress: ReportProgress,
): Promise<ConceptVectors> {
  const { pairs, direction } = await conceptAxis(model, geometry, request, name, progress);
  if (request.product === 'euclidean')
    return { name, pairs, direction, measure: direction, steer: direction };
  const { factor } = (await geometry.causal(request.settings.ridge, progress)).factor;
  // The direction is L⁻¹γ̄_W; L brings γ̄_W back, and L⁻ᵀ gives its dual.
  const measure = direction.slice();
  multiplyRow(factor, measure);
  const dual = await geometry.algebra.unwhiten(factor, matrix(1, direction.length, direction));
  return { name, pairs, direction, measure, steer: Float64Array.from(row(dual, 0)) };
}
