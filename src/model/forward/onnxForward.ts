import type { Algebra } from '../algebra/algebra';
import { contextBatches } from '../hidden/batches';
import { HiddenStateSession } from '../hidden/session';
import { longestWindow } from '../hidden/window';
import type { Model } from '../model';
import type { ExecutionProvider, SessionOptions } from '../runtime/sessionRuntime';
import { countOf, type ForwardPass, type Positions } from './forwardPass';
import { headProbabilities } from './headProbabilities';

/**
 * Positions per run. Measured on two cores by test/bench/hiddenStates.ts (built-in model, contexts of 7, 21 and 61 tokens):
 * 27,800, 28,900 and 31,200 tokens/s, compared with 10,700, 19,600 and 23,600 one by one; larger batches are not faster.
 */
const positionsPerRun = 512;

/** The forward pass of an ONNX model: λ from ONNX Runtime, and probabilities from U·λ. */
export class OnnxForward implements ForwardPass {
  private constructor(
    private readonly model: Model,
    private readonly algebra: Algebra,
    private readonly session: HiddenStateSession,
  ) {}

  /** @throws ModelError if the model cannot be run here */
  static async open(model: Model, algebra: Algebra, options: SessionOptions): Promise<OnnxForward> {
    return new OnnxForward(model, algebra, await HiddenStateSession.open(model, options));
  }

  get window(): number {
    const { settings, fixedLength } = this.session;
    return Math.min(settings.positions ?? Infinity, fixedLength ?? Infinity, longestWindow);
  }

  get beginning(): number | null {
    return this.session.settings.beginning;
  }

  get provider(): ExecutionProvider {
    return this.session.provider;
  }

  get note(): string | null {
    return this.session.note;
  }

  endsText(id: number): boolean {
    // Some models have several.
    return [this.model.folder.config['eos_token_id']].flat().includes(id);
  }

  async hiddenStates(
    contexts: readonly (readonly number[])[],
    positions: Positions,
    progress?: (share: number) => void,
  ): Promise<Float32Array[]> {
    const { session, model } = this;
    const { hiddenSize } = model.unembedding.head;
    const found: Float32Array[] = [];
    const lengths = contexts.map((ids) => ids.length);
    let done = 0;
    for (const batch of contextBatches(lengths, session.canBatch ? positionsPerRun : 0)) {
      progress?.(done / contexts.length);
      const results = await session.run(batch.map((index) => contexts[index]!));
      batch.forEach((index, place) => {
        const { hidden } = results[place]!;
        const count = countOf(positions, index, lengths[index]!);
        // A copy: a view would keep the states of the whole batch in memory.
        found[index] = positions === 'all' ? hidden : hidden.slice(-count * hiddenSize);
      });
      done += batch.length;
    }
    return found;
  }

  async logProbabilities(
    contexts: readonly (readonly number[])[],
    which: readonly number[] | 'all',
    progress?: (share: number) => void,
  ): Promise<Float32Array[]> {
    const states = await this.hiddenStates(contexts, 'last', progress);
    return headProbabilities(this.model, this.algebra, states, which);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
