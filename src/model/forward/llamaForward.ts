import type { Algebra } from '../algebra/algebra';
import type { LlamaDevice } from '../llama/builds';
import { LlamaSession } from '../llama/llamaSession';
import type { Model } from '../model';
import type { SessionOptions } from '../runtime/sessionRuntime';
import { countOf, type ForwardPass, type Positions } from './forwardPass';
import { headProbabilities } from './headProbabilities';

/** The forward pass of a GGUF model: λ from llama.cpp, and probabilities from U·λ. */
export class LlamaForward implements ForwardPass {
  private constructor(
    private readonly model: Model,
    private readonly algebra: Algebra,
    private readonly session: LlamaSession,
  ) {}

  /** @throws ModelError if the model cannot be run here */
  static async open(model: Model, algebra: Algebra, options: SessionOptions): Promise<LlamaForward> {
    return new LlamaForward(model, algebra, await LlamaSession.open(model, options));
  }

  get window(): number {
    return this.session.window;
  }

  get beginning(): number | null {
    return this.session.beginning;
  }

  get provider(): LlamaDevice {
    return this.session.device;
  }

  get note(): string | null {
    return this.session.note;
  }

  endsText(id: number): boolean {
    return this.session.endsText(id);
  }

  async hiddenStates(
    contexts: readonly (readonly number[])[],
    positions: Positions,
    progress?: (share: number) => void,
  ): Promise<Float32Array[]> {
    return this.#states(contexts, positions, false, progress);
  }

  async logProbabilities(
    contexts: readonly (readonly number[])[],
    which: readonly number[] | 'all',
    progress?: (share: number) => void,
  ): Promise<Float32Array[]> {
    // Every token of a continuation would otherwise read its whole context again.
    const states = await this.#states(contexts, 'last', true, progress);
    return headProbabilities(this.model, this.algebra, states, which);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  async #states(
    contexts: readonly (readonly number[])[],
    positions: Positions,
    continues: boolean,
    progress?: (share: number) => void,
  ): Promise<Float32Array[]> {
    const { hiddenSize } = this.model.unembedding.head;
    const found: Float32Array[] = [];
    for (const [index, ids] of contexts.entries()) {
      progress?.(index / contexts.length);
      const states = await this.session.states(ids, countOf(positions, index, ids.length), continues);
      const rows = new Float32Array(states.length * hiddenSize);
      states.forEach((state, i) => {
        rows.set(state, i * hiddenSize);
      });
      found.push(rows);
    }
    return found;
  }
}
