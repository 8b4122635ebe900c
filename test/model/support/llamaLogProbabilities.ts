import type { AddonContext, AddonModel, LlamaAddon } from '../../../src/model/llama/addon';
import { loadLlama } from '../../../src/model/llama/llamaRuntime';

/** What only the tests use of llama.cpp's binding. */
interface SamplingAddon extends LlamaAddon {
  readonly AddonSampler: new (model: AddonModel) => { applyConfig(config: object): void };
}
interface SamplingContext extends AddonContext {
  sampleToken(
    index: number,
    sampler: object,
    probabilities: true,
  ): Promise<readonly [token: number, probabilities: readonly number[]]>;
}

/** log p of every token after a context, from llama.cpp's own logits: our code takes no part in it. */
export async function llamaLogProbabilities(path: string, ids: readonly number[]): Promise<Float64Array> {
  const addon = (await loadLlama()).addon as SamplingAddon;
  const model = new addon.AddonModel(path, { addonExports: addon, gpuLayers: 0, useMmap: true });
  await model.init();
  const size = 256;
  const context = new addon.AddonContext(model, {
    ...{ contextSize: size, batchSize: size, sequences: 1, embeddings: false, threads: 1 },
    ...{ flashAttention: false, kvCacheKeyType: 0, kvCacheValueType: 0, swaFullCache: false },
  }) as SamplingContext;
  await context.init();
  context.initBatch(ids.length);
  const [index] = context.addToBatch(0, 0, Uint32Array.from(ids), Uint32Array.of(ids.length - 1));
  await context.decodeBatch();
  const sampler = new addon.AddonSampler(model);
  sampler.applyConfig({ temperature: 0 });
  const [, pairs] = await context.sampleToken(index!, sampler, true);
  const found = new Float64Array(pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) found[pairs[i]!] = Math.log(pairs[i + 1]!);
  await context.dispose();
  await model.dispose();
  return found;
}
