import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { version } from '../../package.json';
import { randomControl } from '../geometry/randomControl';
import { randomSource } from '../geometry/random';
import type { Model } from '../model/model';
import type { ProbeRequest } from '../protocol/engineMessages';
import type { InnerProduct } from '../protocol/geometryResult';
import { keptPairs, leftOutPairs, type ProbeResult, type ProbeSettings } from '../protocol/probeResult';
import type { ReportProgress } from '../protocol/progress';
import { summarize } from './modelDetails';
import { covarianceSummary, type ModelGeometry } from './modelGeometry';
import { PairVectors } from './geometry/pairVectors';
import { ProductProbe, type ProductGeometry } from './geometry/productGeometry';
import { readPairs } from './words/readPairs';
import { streams } from './geometry/streams';

/**
 * Words → token ids → rows of U → differences → geometry, for every concept of the request, in both inner products.
 *
 * @throws ModelError if the model's files are missing or damaged; UserError if there is no causal inner product
 */
export async function probe(
  model: Model,
  geometry: ModelGeometry,
  given: ProbeRequest,
  progress: ReportProgress,
): Promise<ProbeResult> {
  const { seed, tokens } = given;
  // A sample of the vocabulary is spread over the whole head, like its covariance.
  const { isRowsOnly } = model.unembedding;
  const settings = isRowsOnly ? { ...given.settings, randomPairs: 0 } : given.settings;
  progress({ message: t('Looking up the words'), fraction: null });
  const euclideanRows = await geometry.source('euclidean', null, progress);
  const { tokenized, concepts, raw } = await readPairs(model, euclideanRows, given, () => {
    progress({ message: t('Reading the words’ unembedding vectors'), fraction: null });
  });
  const vectors = new PairVectors(raw);
  const inProduct = async (product: InnerProduct): Promise<ProductProbe> => {
    const wanted = settingsFor(product, settings);
    const source = await geometry.source(product, wanted.ridge, progress);
    return new ProductProbe(source, vectors, concepts, {
      ...{ settings: wanted, seed, algebra: geometry.algebra, memory: geometry.memory(source) },
      baseline: () => geometry.baseline(source, seed, wanted.randomPairs),
    });
  };
  const onConcept = (index: number): void => {
    const { name } = tokenized[index]!;
    progress({ message: t`Comparing the pairs of ${name}`, fraction: index / tokenized.length });
  };
  let causalProblem: string | null = null;
  /** A head without a covariance, or with a damaged row, still has its Euclidean geometry. */
  const orProblem = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (error) {
      const isOfHead = error instanceof UserError;
      if (!isOfHead || !settings.products.includes('euclidean')) throw error;
      causalProblem = error.message;
      return null;
    }
  };
  const resultOf = async (
    euclidean: ProductGeometry,
    causal: ProductGeometry | null,
  ): Promise<ProbeResult> => ({
    version,
    seed,
    tokens,
    model: summarize(model),
    settings,
    covariance: causal && covarianceSummary(await geometry.causal(settings.ridge, progress)),
    causalProblem,
    concepts: tokenized.map(({ name, note, pairs }, index) => ({
      name,
      ...(note !== undefined && { note }),
      given: pairs.length - leftOutPairs({ pairs }).length,
      kept: keptPairs({ pairs }).length,
      pairs,
      euclidean: euclidean.concepts[index]!,
      causal: causal?.concepts[index] ?? null,
    })),
    directions: {
      euclidean: euclidean.directions,
      causal: causal?.directions ?? null,
      control: randomControl(
        euclidean.directions.cosine,
        model.unembedding.head.hiddenSize,
        randomSource(seed, streams.control),
      ),
    },
  });
  const euclidean = await inProduct('euclidean');
  const causal = settings.products.includes('causal') ? await orProblem(inProduct('causal')) : null;
  if (given.early) {
    const found = await euclidean.early();
    const result = await resultOf(found, causal && (await orProblem(causal.early())));
    const message = t('Comparing with chance');
    await progress({ message, fraction: null, early: { ...result, isEarly: true } });
  }
  const result = await resultOf(
    await euclidean.complete(onConcept),
    causal && (await orProblem(causal.complete(onConcept))),
  );
  if (tokens.leadingSpace) model.tokenizer.completeWhenIdle();
  return result;
}

/** The Euclidean product is always computed, but compared with chance only on request. */
function settingsFor(product: InnerProduct, settings: ProbeSettings): ProbeSettings {
  if (settings.products.includes(product)) return settings;
  return { ...settings, randomPairs: 0, permutations: 0, bootstrap: 0 };
}
