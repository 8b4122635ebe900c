import type { EngineCalls, EngineMethod } from '../protocol/engineMessages';
import type { Progress } from '../protocol/panelMessages';
import { Embedder } from './embed';
import { describeModel } from './modelDetails';
import { ModelStore } from './modelStore';
import { probe } from './probe';

export type ReportProgress = (progress: Progress) => void;

/** Each call answers at once, but for `embed`, which waits for ONNX Runtime. */
export type EngineMethods = {
  [M in EngineMethod]: (
    params: EngineCalls[M]['params'],
    progress: ReportProgress,
  ) => M extends 'embed' ? Promise<EngineCalls[M]['result']> : EngineCalls[M]['result'];
};

/**
 * What the engine can do, without the process around it: the command line calls it directly.
 *
 * @param embeddedModels see {@link ModelStore}
 */
export function createEngineMethods(embeddedModels: string): EngineMethods {
  const models = new ModelStore(embeddedModels);
  const embedder = new Embedder();
  return {
    probe: (request, progress) => probe(models.get(request.model), request, progress),
    details: ({ model }) => describeModel(models.get(model)),
    rows: ({ model, ids }) => models.get(model).unembedding.rows(ids),
    tokens: ({ model, words, leadingSpace }) => {
      const { tokenizer } = models.get(model);
      return words.map((word) => ({ word, ...tokenizer.tokens(word, leadingSpace) }));
    },
    embed: (request, progress) => embedder.embed(models.get(request.model), request, progress),
  };
}
