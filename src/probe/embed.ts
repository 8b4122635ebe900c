import { UserError } from '../errors';
import { matrix } from '../geometry/matrix';
import type { Algebra } from '../model/algebra/algebra';
import { contextEncoder } from '../model/hidden/contexts';
import { OnnxForward } from '../model/forward/onnxForward';
import { contextWindow } from '../model/hidden/window';
import type { Model } from '../model/model';
import type { EmbedRequest, EmbedResult } from '../protocol/embedResult';
import type { Progress } from '../protocol/progress';

/** Where the forward pass is computed, and with how many threads. */
export type ForwardChoice = Pick<EmbedRequest, 'provider' | 'threads'>;

/** Computes hidden states, and keeps the last model open: opening one reads all of it. */
export class Embedder {
  #open: { readonly model: Model; readonly key: string; readonly forward: OnnxForward } | undefined;
  #encoder: { readonly model: Model; readonly encode: (text: string) => readonly number[] } | undefined;

  constructor(private readonly algebra: Algebra) {}

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
    const given = request.contexts.map((context) =>
      'ids' in context ? context.ids : this.idsOf(model, context.text),
    );
    given.forEach((ids, index) => {
      check(ids, index, vocabSize);
    });
    const forward = await this.forward(model, request, progress);
    const seen = given.map((ids) => contextWindow(ids, forward.window, forward.beginning));
    const positions = request.allPositions ? 'all' : 'last';
    const rows = await forward.hiddenStates(seen, positions, (share) => {
      const context = Math.round(share * seen.length) + 1;
      progress({ message: `Running context ${context} of ${seen.length}`, fraction: share });
    });
    const count = rows.reduce((sum, { length }) => sum + length / hiddenSize, 0);
    const hidden = new Float32Array(count * hiddenSize);
    let at = 0;
    for (const values of rows) {
      hidden.set(values, at);
      at += values.length;
    }
    return {
      hidden: matrix(count, hiddenSize, hidden),
      contexts: seen.map((ids, index) => ({
        given: given[index]!.length,
        tokens: ids.length,
        windowed: ids.length < given[index]!.length,
      })),
      provider: forward.provider,
      note: forward.note,
    };
  }

  /** The forward pass of a model, which stays open until another one is asked for. @throws ModelError */
  async forward(
    model: Model,
    { provider = 'cpu', threads }: ForwardChoice,
    progress: (progress: Progress) => void,
  ): Promise<OnnxForward> {
    const key = `${provider} ${threads ?? ''}`;
    if (this.#open?.model === model && this.#open.key === key) return this.#open.forward;
    progress({ message: 'Loading the model', fraction: null });
    // Two models at once might not fit.
    const before = this.#open;
    this.#open = undefined;
    await before?.forward.release();
    const options = threads === undefined ? { provider } : { provider, threads };
    const forward = await OnnxForward.open(model, this.algebra, options);
    this.#open = { model, key, forward };
    return forward;
  }

  /** Gives the model's memory back. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#encoder = undefined;
    await open?.forward.release();
  }

  /** The tokens of a text, as the model reads it from its beginning. @throws ModelError */
  idsOf(model: Model, text: string): readonly number[] {
    if (this.#encoder?.model !== model) this.#encoder = { model, encode: contextEncoder(model) };
    return this.#encoder.encode(text);
  }
}

function check(ids: readonly number[], index: number, vocabSize: number): void {
  if (ids.length === 0) throw new UserError(`Context ${index + 1} has no token; give a text or token ids.`);
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
  if (wrong !== undefined)
    throw new UserError(`Token id ${wrong} is outside the vocabulary of ${vocabSize} tokens.`);
}
