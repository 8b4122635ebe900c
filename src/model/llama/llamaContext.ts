import { ModelError } from '../../errors';
import type { Llama } from './llamaRuntime';
import { float32Type, type AddonContext, type AddonModel } from './addon';
import { llamaFailure } from './llamaFailure';

/** Most tokens that are decoded together. */
const batchSize = 512;

export interface ContextOptions {
  /** Positions that it has room for; its memory is proportional to them. */
  readonly size: number;
  readonly threads: number;
  /** The model's name in messages. */
  readonly label: string;
}

/** The memory of one context: keys and values of the tokens that were decoded. */
export class LlamaContext {
  readonly size: number;
  #tokens: readonly number[] = [];

  private constructor(
    private readonly llama: Llama,
    private readonly addon: AddonContext,
    private readonly options: ContextOptions,
  ) {
    this.size = options.size;
  }

  /** @throws ModelError if there is not enough memory */
  static async open(llama: Llama, model: AddonModel, options: ContextOptions): Promise<LlamaContext> {
    const { size, threads, label } = options;
    const addon = new llama.addon.AddonContext(model, {
      contextSize: size,
      batchSize: Math.min(size, batchSize),
      sequences: 1,
      embeddings: true,
      threads,
      flashAttention: false,
      // With llama.cpp's default, float16, hidden states of the built-in model (up to 78) differ by .017 instead of .00004.
      kvCacheKeyType: float32Type,
      kvCacheValueType: float32Type,
      swaFullCache: true,
    });
    const isOpen = await addon.init().catch(() => false);
    if (isOpen) return new LlamaContext(llama, addon, options);
    throw new ModelError(
      `${label} needs more memory for contexts of ${size} tokens than there is; close other programs, or use shorter contexts.`,
    );
  }

  /**
   * λ at the last `count` positions of a context, `[count, hidden]`. The binding returns only the state of the token that was
   * decoded last: the tokens before these positions are decoded together, and those at them one by one.
   *
   * @param ids at most `size` tokens
   * @param continues reuses what the last context had in common with this one, which changes numbers by rounding
   * @throws ModelError if llama.cpp cannot compute it
   */
  async states(ids: readonly number[], count: number, continues: boolean): Promise<Float64Array[]> {
    const first = ids.length - count;
    let at = this.#keep(continues ? commonLength(this.#tokens, ids.slice(0, first)) : 0);
    const states: Float64Array[] = [];
    for (let end = first + 1; end <= ids.length; end++) {
      while (at < end) {
        const next = Math.min(at + batchSize, end);
        await this.#decode(ids.slice(at, next), at);
        at = next;
      }
      states.push(this.addon.getEmbedding(end));
    }
    this.#tokens = ids;
    return states;
  }

  async release(): Promise<void> {
    await this.addon.dispose();
  }

  /** Forgets what follows the first `length` positions. @returns how many are left */
  #keep(length: number): number {
    this.#tokens = [];
    // Recurrent models cannot go back.
    if (length > 0 && this.addon.removeTokenCellsFromSequence(0, length, -1)) return length;
    this.addon.disposeSequence(0);
    return 0;
  }

  async #decode(ids: readonly number[], first: number): Promise<void> {
    this.addon.initBatch(ids.length);
    this.addon.addToBatch(0, first, Uint32Array.from(ids), Uint32Array.of(ids.length - 1));
    try {
      await this.addon.decodeBatch();
    } catch (error) {
      throw await llamaFailure(this.llama, this.options.label, error);
    }
  }
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((id, i) => id !== b[i]);
  return differing < 0 ? a.length : differing;
}
