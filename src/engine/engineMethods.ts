import type { ReportProgress } from '../protocol/progress';
import { sourceText } from '../format/modelSource';
import { cacheFolder } from '../model/algebra/cacheFolder';
import { createAlgebra } from '../model/algebra/createAlgebra';
import { FactorCache } from '../model/algebra/factorCache';
import { everyRow, type RowSet } from '../model/head/rowSet';
import type { Model } from '../model/model';
import { listModels } from '../model/places/listModels';
import { thisMachine } from '../model/places/machine';
import { clearRemoteCache, remoteCacheInfo } from '../model/remote/blockStore';
import type { EngineCalls, EngineMethod, ModelChoice } from '../protocol/engineMessages';
import { between } from '../probe/between';
import { categories } from '../probe/categories/categories';
import { compareMany } from '../probe/many/compareMany';
import { compareModels } from '../probe/compareModels';
import { align } from '../probe/contexts/align';
import { continueContext } from '../probe/contexts/continue';
import { measure } from '../probe/contexts/measure';
import { steer } from '../probe/contexts/steer';
import { tint } from '../probe/contexts/tint';
import { Embedder } from '../probe/embed';
import { analogies } from '../probe/vocabulary/analogies';
import { direction } from '../probe/vocabulary/direction';
import { vectors } from '../probe/vocabulary/vectors';
import { describeModel } from '../probe/modelDetails';
import { ModelStore } from '../probe/modelStore';
import { findPairs } from '../probe/vocabulary/findPairs';
import { ModelGeometry } from '../probe/modelGeometry';
import { nearest, neighbours } from '../probe/vocabulary/nearestTokens';
import { probe } from '../probe/probe';
import { vocabulary } from '../probe/vocabulary/vocabulary';
import { vocabularyWords, wordsWithPrefix } from '../probe/vocabulary/vocabularyWords';

/** Methods that only read run immediately; those that may compute with ONNX Runtime are queued. */
export type ReadingMethod = 'details' | 'models' | 'rows' | 'tokens' | 'words' | 'cache';

export type EngineMethods = {
  [M in EngineMethod]: (
    params: EngineCalls[M]['params'],
    progress: ReportProgress,
  ) => M extends ReadingMethod ? EngineCalls[M]['result'] : Promise<EngineCalls[M]['result']>;
};

/**
 * The engine's methods, which the command line calls directly, without a process.
 *
 * @param builtInModels see {@link ModelStore}
 * @param opening see {@link ModelStore}
 */
export function createEngineMethods(builtInModels: string, opening?: (model: string) => void): EngineMethods {
  const models = new ModelStore(builtInModels, opening);
  const algebra = createAlgebra();
  const embedder = new Embedder(algebra);
  /** The geometry for the last set of rows, with its factor and its sample. */
  const geometries = new WeakMap<Model, { readonly allRows: boolean; readonly geometry: ModelGeometry }>();
  const geometryOf = (model: Model, allRows: boolean): ModelGeometry => {
    const known = geometries.get(model);
    if (known?.allRows === allRows) return known.geometry;
    const { vocabSize } = model.unembedding.head;
    const rows = (): RowSet =>
      allRows ? everyRow(vocabSize) : { size: vocabSize, ids: model.tokenizer.tokenIds(vocabSize) };
    const geometry = new ModelGeometry(model.unembedding, algebra, rows);
    geometries.set(model, { allRows, geometry });
    return geometry;
  };
  /** Errors when opening the model also become rejections. */
  const onModel = async <
    P extends { readonly model: ModelChoice; readonly settings: { readonly allRows: boolean } },
    R,
  >(
    work: (model: Model, geometry: ModelGeometry, request: P, progress: ReportProgress) => Promise<R>,
    request: P,
    progress: ReportProgress,
  ): Promise<R> => {
    const model = models.get(request.model);
    return work(model, geometryOf(model, request.settings.allRows), request, progress);
  };
  /** An analysis that also runs the model. */
  const reading =
    <P, R>(
      work: (
        model: Model,
        geometry: ModelGeometry,
        embedder: Embedder,
        request: P,
        progress: ReportProgress,
      ) => Promise<R>,
    ) =>
    (model: Model, geometry: ModelGeometry, request: P, progress: ReportProgress): Promise<R> =>
      work(model, geometry, embedder, request, progress);
  return {
    probe: (request, progress) => onModel(probe, request, progress),
    compare: (request, progress) =>
      onModel(
        (model, geometry) => {
          const other = models.get(request.other);
          const second = { model: other, geometry: geometryOf(other, request.settings.allRows) };
          return compareModels({ model, geometry }, second, request, progress);
        },
        request,
        progress,
      ),
    compareMany: (request, progress) =>
      compareMany(
        (choice, work) =>
          models.alone(choice, (model) =>
            work({ model, geometry: geometryOf(model, request.settings.allRows) }),
          ),
        request,
        progress,
      ),
    between: (request, progress) => onModel(between, request, progress),
    categories: (request, progress) => onModel(categories, request, progress),
    vocabulary: (request, progress) => onModel(vocabulary, request, progress),
    neighbours: (request, progress) => onModel(neighbours, request, progress),
    nearest: (request, progress) => onModel(nearest, request, progress),
    findPairs: (request, progress) => onModel(reading(findPairs), request, progress),
    analogies: (request, progress) => onModel(analogies, request, progress),
    direction: (request, progress) => onModel(direction, request, progress),
    vectors: (request, progress) => onModel(vectors, request, progress),
    measure: (request, progress) => onModel(reading(measure), request, progress),
    align: (request, progress) => onModel(reading(align), request, progress),
    steer: (request, progress) => onModel(reading(steer), request, progress),
    continue: (request, progress) => onModel(reading(continueContext), request, progress),
    tint: (request, progress) => onModel(reading(tint), request, progress),
    cache: ({ clear }) => {
      const cache = new FactorCache(cacheFolder());
      return clear
        ? { ...cache.clear(), remote: clearRemoteCache() }
        : { ...cache.info(), remote: remoteCacheInfo() };
    },
    details: ({ model }) => describeModel(models.get(model), sourceText(model)),
    models: (request) => listModels(thisMachine(), request),
    rows: ({ model, ids }) => models.get(model).unembedding.rows(ids),
    tokens: ({ model, words, leadingSpace }) => {
      const { tokenizer } = models.get(model);
      return words.map((word) => ({ word, ...tokenizer.tokens(word, leadingSpace) }));
    },
    words: ({ model, prefix, leadingSpace, count }) => {
      const { tokenizer, unembedding } = models.get(model);
      const pieces = tokenizer.pieces(unembedding.head.vocabSize);
      return wordsWithPrefix(vocabularyWords(pieces, leadingSpace), prefix, count);
    },
    embed: (request, progress) => embedder.embed(models.get(request.model), request, progress),
  };
}
