import { UserError } from '../errors';
import { matrix } from '../geometry/matrix';
import { contextBatches } from '../model/hidden/batches';
import { contextEncoder } from '../model/hidden/contexts';
import { HiddenStateSession } from '../model/hidden/session';
import { contextWindow } from '../model/hidden/window';
import type { Model } from '../model/model';
import type { EmbedContext, EmbedRequest, EmbedResult } from '../protocol/embedResult';
import type { Progress } from '../protocol/progress';

/**
 * Positions per run. Measured on two cores by test/bench/hiddenStates.ts (built-in model, contexts of 7, 21 and 61 tokens):
 * 27,800, 28,900 and 31,200 tokens/s, compared with 10,700, 19,600 and 23,600 one by one; larger batches are not faster.
 */
const positionsPerRun = 512;

/** Computes hidden states and keeps the last session open, because opening one reads the whole model. */
export class Embedder {
  #open: { readonly model: Model; readonly key: string; readonly session: HiddenStateSession } | undefined;
  #encoder: { readonly model: Model; readonly encode: (text: string) => readonly number[] } | undefined;

  /**
   * λ(x) of each context: one row each, or one per token that the model saw (see {@link contextWindow}).
   *
   * @throws ModelError if the model cannot run on this machine
   * @throws UserError if a context has no token, or a token outside the vocabulary
   */
  async embed(
    model: Model,
    request: EmbedRequest,
    progress: (progress: Progress) => void,
  ): Promise<EmbedResult> {
    const { hiddenSize, vocabSize } = model.unembedding.head;
    const given = request.contexts.map((context) => this.#idsOf(model, context));
    given.forEach((ids, index) => {
      check(ids, index, vocabSize);
    });
    progress({ message: 'Loading the model', fraction: null });
    const session = await this.#sessionFor(model, request);
    const { positions, beginning } = session.settings;
    const window = Math.min(positions ?? Infinity, session.fixedLength ?? Infinity);
    const seen = given.map((ids) => contextWindow(ids, window, beginning));
    const lengths = seen.map((ids) => ids.length);

    const rowsOf = request.allPositions ? lengths : lengths.map(() => 1);
    const starts = runningSums(rowsOf);
    const hidden = new Float32Array(starts.at(-1)! * hiddenSize);
    let done = 0;
    for (const batch of contextBatches(lengths, session.canBatch ? positionsPerRun : 0)) {
      progress({ message: `Running context ${done + 1} of ${seen.length}`, fraction: done / seen.length });
      const results = await session.run(batch.map((index) => seen[index]!));
      batch.forEach((index, place) => {
        const states = results[place]!.hidden;
        hidden.set(states.subarray(states.length - rowsOf[index]! * hiddenSize), starts[index]! * hiddenSize);
      });
      done += batch.length;
    }
    return {
      hidden: matrix(starts.at(-1)!, hiddenSize, hidden),
      contexts: seen.map((ids, index) => ({
        given: given[index]!.length,
        tokens: ids.length,
        windowed: ids.length < given[index]!.length,
      })),
      provider: session.provider,
      note: session.note,
    };
  }

  /** Frees the model's memory. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#encoder = undefined;
    await open?.session.release();
  }

  #idsOf(model: Model, context: EmbedContext): readonly number[] {
    if ('ids' in context) return context.ids;
    if (this.#encoder?.model !== model) this.#encoder = { model, encode: contextEncoder(model) };
    return this.#encoder.encode(context.text);
  }

  async #sessionFor(model: Model, { provider = 'cpu', threads }: EmbedRequest): Promise<HiddenStateSession> {
    const key = `${provider} ${threads ?? ''}`;
    if (this.#open?.model === model && this.#open.key === key) return this.#open.session;
    // Two models at once might not fit into memory.
    const before = this.#open;
    this.#open = undefined;
    await before?.session.release();
    const options = threads === undefined ? { provider } : { provider, threads };
    const session = await HiddenStateSession.open(model, options);
    this.#open = { model, key, session };
    return session;
  }
}

function check(ids: readonly number[], index: number, vocabSize: number): void {
  if (ids.length === 0) throw new UserError(`Context ${index + 1} has no token; give a text or token ids.`);
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
  if (wrong !== undefined)
    throw new UserError(`Token id ${wrong} is outside the vocabulary of ${vocabSize} tokens.`);
}

/** `[0, a, a + b, …]`; the last element is the sum of all values. */
function runningSums(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push(sums.at(-1)! + value);
  return sums;
}
