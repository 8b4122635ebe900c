import { matrix, type Matrix } from '../../geometry/matrix';
import type { Algebra } from '../algebra/algebra';
import type { RowSet } from '../head/rowSet';
import { contextBatches } from '../hidden/batches';
import { HiddenStateSession } from '../hidden/session';
import { longestWindow } from '../hidden/window';
import type { Model } from '../model';
import type { ExecutionProvider, SessionOptions } from '../runtime/sessionRuntime';
import type { ForwardPass, Positions } from './forwardPass';
import { headLogits } from './headLogits';

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
        // A copy: a view would keep the states of the whole batch in memory.
        found[index] = positions === 'all' ? hidden : hidden.slice(-hiddenSize);
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
    const { hiddenSize } = this.model.unembedding.head;
    const last = new Float32Array(states.length * hiddenSize);
    states.forEach((state, i) => {
      last.set(state, i * hiddenSize);
    });
    const logits = await headLogits(this.model, this.algebra, matrix(states.length, hiddenSize, last));
    const rows = this.model.tokenizer.tokenIds(this.model.unembedding.head.vocabSize);
    return states.map((_, column) => {
      const all = logProbabilitiesOf(logits, column, rows);
      return which === 'all' ? all : Float32Array.from(which, (id) => all[id]!);
    });
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

function logProbabilitiesOf(logits: Matrix, column: number, rows: RowSet['ids']): Float32Array {
  const at = (id: number): number => logits.data[id * logits.columns + column]!;
  let most = -Infinity;
  for (const id of rows) most = Math.max(most, at(id));
  let sum = 0;
  for (const id of rows) sum += Math.exp(at(id) - most);
  const normalizer = most + Math.log(sum);
  const found = new Float32Array(logits.rows).fill(-Infinity);
  for (const id of rows) found[id] = at(id) - normalizer;
  return found;
}
