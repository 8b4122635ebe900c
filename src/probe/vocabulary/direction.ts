import { matrix } from '../../geometry/matrix';
import type { Model } from '../../model/model';
import type { DirectionRequest } from '../../protocol/engineMessages';
import type { DirectionResult } from '../../protocol/vocabularyResult';
import { conceptAxis } from './conceptAxis';
import type { ReportProgress } from '../../protocol/progress';
import { summarize } from '../modelDetails';
import type { ModelGeometry } from '../modelGeometry';

/**
 * One concept's direction as vectors: γ̄_W, which measures, and its dual Cov(γ)⁻¹γ̄_W, which steers hidden states (Park et
 * al. 2311.03658, §3.3).
 *
 * @throws UserError, ModelError see {@link conceptAxis}
 */
export async function direction(
  model: Model,
  geometry: ModelGeometry,
  request: DirectionRequest,
  progress: ReportProgress,
): Promise<DirectionResult> {
  const { concept, products, settings } = request;
  const axisIn = (product: DirectionRequest['products'][number]) =>
    products.includes(product)
      ? conceptAxis(model, geometry, { ...request, product }, concept, progress)
      : null;
  const euclidean = await axisIn('euclidean');
  const causal = await axisIn('causal');
  const covariance = causal && (await geometry.causal(settings.ridge, progress)).factor;
  const dual =
    covariance &&
    (await geometry.algebra.unwhiten(
      covariance.factor,
      matrix(1, causal.direction.length, causal.direction),
    ));
  const { num_hidden_layers: layers, model_type: modelType } = model.folder.config;
  return {
    concept,
    pairs: (euclidean ?? causal)?.pairs.length ?? 0,
    direction: settings.direction,
    ridge: covariance?.ridge ?? null,
    unembeddingDirection: euclidean && Float32Array.from(euclidean.direction),
    causalDual: dual && Float32Array.from(dual.data),
    layers: typeof layers === 'number' && Number.isInteger(layers) && layers > 0 ? layers : null,
    modelType: typeof modelType === 'string' ? modelType : null,
    model: summarize(model),
  };
}
