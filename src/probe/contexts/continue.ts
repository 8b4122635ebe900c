import { t } from '@vscode/l10n';
import { randomSource, type RandomSource } from '../../geometry/random';
import { stack } from '../../geometry/matrix';
import { logNormalizer, probabilityOf, topTokens, type Steering } from '../../geometry/steering';
import { headLogits } from '../../model/forward/headLogits';
import { contextWindow } from '../../model/hidden/window';
import type { Model } from '../../model/model';
import { textOfTokens } from '../../model/tokenizer/tokenSpans';
import type { ContinueRequest, ContinueResult } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import type { Embedder } from '../embed';
import { streams } from '../geometry/streams';
import type { ModelGeometry } from '../modelGeometry';
import { column } from '../vocabulary/conceptAxis';
import { conceptVectors } from './conceptVectors';
import { readContext } from './steer';

/**
 * Continues a context for several α at once: every step adds α·Uv to the logits of the next token. Ends a continuation at
 * the end-of-text token.
 *
 * @throws UserError, ModelError as {@link steer}
 */
export async function continueContext(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: ContinueRequest,
  progress: ReportProgress,
): Promise<ContinueResult> {
  const { alphas, count, temperature, seed, concept } = request;
  const { vectors } = await conceptVectors(model, geometry, request, progress, [concept]);
  const start = await readContext(model, embedder, request, progress);
  const forward = await embedder.forward(model, request, progress);
  const { hiddenSize, vocabSize } = model.unembedding.head;
  const ids = model.tokenizer.tokenIds(vocabSize);
  const step = stack([vectors[0]!.steer], hiddenSize);
  const shift = column(await headLogits(model, geometry.algebra, step), 0);
  const written = alphas.map((): number[] => []);
  // Every α draws the same random numbers, so that continuations differ by the intervention alone.
  const random = alphas.map(() => randomSource(seed, streams.continuations));
  const isOpen = (own: readonly number[]): boolean => own.length === 0 || !forward.endsText(own.at(-1)!);
  for (let step = 0; step < count; step++) {
    const open = [...written.keys()].filter((i) => isOpen(written[i]!));
    if (open.length === 0) break;
    await progress({ message: t`Writing token ${step + 1} of ${count}`, fraction: step / count });
    const contexts = open.map((i) =>
      contextWindow([...start.ids, ...written[i]!], forward.window, forward.beginning),
    );
    // They differ from the logits by a constant, which changes no probability.
    const logits = await forward.logProbabilities(contexts, 'all');
    open.forEach((i, place) => {
      const steering = { logits: logits[place]!, shift, ids };
      written[i]!.push(nextToken(steering, alphas[i]!, temperature, random[i]!));
    });
  }
  const pieces = model.tokenizer.pieces(vocabSize);
  const { isByteLevel } = model.tokenizer;
  return {
    product: request.product,
    concept,
    continuations: alphas.map((alpha, i) => {
      const own = written[i]!.filter((id) => !forward.endsText(id));
      return {
        alpha,
        ids: own,
        text: textOfTokens(
          own.map((id) => pieces[id]!),
          isByteLevel,
        ),
      };
    }),
  };
}

/** The likeliest token at temperature 0, otherwise a random one. */
function nextToken(steering: Steering, alpha: number, temperature: number, random: RandomSource): number {
  if (temperature === 0) return topTokens(steering, alpha, 1)[0]!.id;
  const { logits, shift, ids } = steering;
  const warm = { logits: logits.map((value) => value / temperature), shift, ids };
  const step = alpha / temperature;
  const normalizer = logNormalizer(warm, step);
  let left = random.uniform();
  for (const id of ids) {
    left -= probabilityOf(warm, step, id, normalizer);
    if (left < 0) return id;
  }
  return topTokens(steering, alpha, 1)[0]!.id;
}
