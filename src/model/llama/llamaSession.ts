import { ModelError } from '../../errors';
import { join } from 'node:path';
import { longestWindow } from '../hidden/window';
import type { Model } from '../model';
import type { SessionOptions } from '../runtime/sessionRuntime';
import type { AddonModel } from './addon';
import type { LlamaDevice } from './builds';
import { checkLlama } from './checkLlama';
import { chooseDevice, cpuNote, type ChosenDevice } from './chooseDevice';
import { LlamaContext } from './llamaContext';
import { llamaFailure } from './llamaFailure';

const everyLayer = 2 ** 15;
/** The first context has room for a page of text. */
const smallestContext = 512;

/** A GGUF model in llama.cpp. */
export class LlamaSession {
  readonly window: number;
  readonly beginning: number | null;
  #context: LlamaContext | undefined;

  private constructor(
    private readonly chosen: ChosenDevice,
    private readonly model: AddonModel,
    private readonly label: string,
    private readonly threads: number,
  ) {
    this.window = Math.min(model.getTrainContextSize(), longestWindow);
    this.beginning = model.shouldPrependBosToken() ? model.tokenBos() : null;
  }

  /** @throws ModelError if llama.cpp is not there, or cannot run this model */
  static async open(model: Model, { provider, threads }: SessionOptions): Promise<LlamaSession> {
    checkLlama(model);
    const chosen = await chooseDevice(provider);
    if (chosen.device === 'cpu') return LlamaSession.#load(model, chosen, threads);
    try {
      return await LlamaSession.#load(model, chosen, threads);
    } catch (error) {
      // Its memory may be too small for the model.
      if (!(error instanceof ModelError)) throw error;
      const note = cpuNote(provider ?? chosen.device, 'the model could not be loaded there');
      return LlamaSession.#load(model, { ...(await chooseDevice('cpu')), note }, threads);
    }
  }

  get device(): LlamaDevice {
    return this.chosen.device;
  }

  get note(): string | null {
    return this.chosen.note;
  }

  /** See {@link LlamaContext.states}. @throws ModelError */
  async states(ids: readonly number[], count: number, continues: boolean): Promise<Float64Array[]> {
    let size = Math.min(smallestContext, this.window);
    while (size < ids.length) size *= 2;
    if (!this.#context || this.#context.size < size) {
      await this.#context?.release();
      this.#context = undefined;
      const { threads, label } = this;
      this.#context = await LlamaContext.open(this.chosen.llama, this.model, { size, threads, label });
    }
    return this.#context.states(ids, count, continues);
  }

  /** Whether a token ends a text. */
  endsText(id: number): boolean {
    return this.model.isEogToken(id);
  }

  async release(): Promise<void> {
    await this.#context?.release();
    this.#context = undefined;
    await this.model.dispose();
  }

  static async #load(
    { folder, unembedding }: Model,
    chosen: ChosenDevice,
    threads: number | undefined,
  ): Promise<LlamaSession> {
    const { addon } = chosen.llama;
    const label = `${folder.name}/${folder.file}`;
    const model = new addon.AddonModel(join(folder.path, folder.file), {
      addonExports: addon,
      gpuLayers: chosen.device === 'cpu' ? 0 : everyLayer,
      useMmap: true,
    });
    const isLoaded = await model.init().catch(() => false);
    if (!isLoaded) throw await llamaFailure(chosen.llama, label, 'it could not be loaded');
    const size = model.getEmbeddingVectorSize();
    if (size !== unembedding.head.hiddenSize) {
      await model.dispose();
      throw new ModelError(
        `${label} has hidden states of ${size} numbers, but an LM head for ${unembedding.head.hiddenSize}; convert the model again.`,
      );
    }
    // Its threads wait for each other without sleeping: with one per core, other work on the machine stops them all.
    return new LlamaSession(chosen, model, label, threads ?? Math.max(1, addon.getMathCores() - 1));
  }
}
