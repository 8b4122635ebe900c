import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { separation } from '../../geometry/separation';
import { dot } from '../../geometry/vector';
import type { Model } from '../../model/model';
import type { MeasureRequest, MeasureResult, MeasuredContexts } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import type { Embedder } from '../embed';
import type { ModelGeometry } from '../modelGeometry';
import { conceptVectors } from './conceptVectors';
import { isRead, readContexts } from './readContexts';

/**
 * λ(x)ᵀγ̄_W at the last position of every context, for every concept, and how far that separates the first two sets (Park
 * et al. 2311.03658, §4.2).
 *
 * @throws UserError if no context has a token, or no concept a direction; ModelError if the model cannot be run
 */
export async function measure(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: MeasureRequest,
  progress: ReportProgress,
): Promise<MeasureResult> {
  const { vectors, skipped } = await conceptVectors(model, geometry, request, progress);
  const texts = request.sets.flatMap(({ texts: own }) => own);
  const contexts = await readContexts(model, embedder, texts, request, progress);
  if (!contexts.some(isRead))
    throw new UserError(t('No text could be read; give each label at least one text.'));
  let next = 0;
  const bySet = request.sets.map(({ label, texts: own }) => ({
    label,
    contexts: contexts.slice(next, (next += own.length)),
  }));
  const concepts = vectors.map(({ name, measure: vector }): MeasuredContexts => {
    const sets = bySet.map(({ label, contexts: own }) => ({
      label,
      values: Float64Array.from(own, (context) => (isRead(context) ? dot(context.hidden, vector) : NaN)),
    }));
    const [first, second] = sets.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
    return { name, sets, separation: first && second ? separation(first, second) : null };
  });
  return {
    product: request.product,
    sets: bySet.map(({ label, contexts: own }) => ({
      label,
      given: own.length,
      empty: own.filter((context) => context === 'empty').length,
      broken: own.filter((context) => context === 'broken').length,
      windowed: own.filter((context) => isRead(context) && context.windowed).length,
    })),
    concepts,
    skipped,
  };
}
