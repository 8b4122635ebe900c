import { parameterCount } from '../../model/parameterCount';
import type { KeptPairs, ManyModelsRequest } from '../../protocol/manyModels';
import type { ModelSummary } from '../../protocol/modelSummary';
import { droppedPairs, keptPairs, type PairResult } from '../../protocol/probeResult';
import type { OpenModel } from '../compareModels';
import { summarize } from '../modelDetails';
import { readPairs } from '../words/readPairs';

/** What a model says about the pairs, before any geometry. */
export interface LookedUp {
  readonly summary: ModelSummary;
  readonly parameters: number | null;
  /** Of each concept, every pair with its status. */
  readonly pairs: readonly (readonly PairResult[])[];
  readonly kept: readonly KeptPairs[];
}

/** @throws ModelError if the model cannot be read */
export async function lookUpModel(
  { model, geometry }: OpenModel,
  request: ManyModelsRequest,
): Promise<LookedUp> {
  const euclidean = await geometry.source('euclidean', null, () => undefined);
  const { tokenized } = await readPairs(model, euclidean, request);
  return {
    summary: summarize(model),
    parameters: parameterCount(model),
    pairs: tokenized.map(({ pairs }) => pairs),
    kept: tokenized.map((concept) => ({
      kept: keptPairs(concept).length,
      dropped: droppedPairs(concept),
    })),
  };
}
