import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { matrix } from '../geometry/matrix';
import type { Algebra } from '../model/algebra/algebra';
import { contextEncoder } from '../model/hidden/contexts';
import type { ForwardPass } from '../model/forward/forwardPass';
import { openForward } from '../model/forward/openForward';
import { RowCache } from '../model/head/rowCache';
import { contextWindow } from '../model/hidden/window';
import type { Model } from '../model/model';
import type { EmbedRequest, EmbedResult, RunSettings } from '../protocol/embedResult';
import type { Progress } from '../protocol/progress';

interface OpenModel {
  readonly model: Model;
  readonly key: string;
  readonly forward: ForwardPass;
  /** λ at the last position of contexts that were read recently, by their tokens. */
  readonly states: RowCache<string>;
}

/** Computes hidden states, and keeps the last model open: opening one reads all of it. */
export class Embedder {
  #open: OpenModel | undefined;
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
    const { forward } = await this.#opened(model, request, progress);
    const seen = given.map((ids) => contextWindow(ids, forward.window, forward.beginning));
    const positions = request.allPositions ? 'all' : 'last';
    const rows = await forward.hiddenStates(seen, positions, running(seen.length, progress));
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

  /**
   * λ at the last position of contexts of at most the model's window. One that was read recently is not computed again: the
   * same contexts are measured in both inner products, and after every edit of a concept.
   *
   * @returns `[hidden]` for each
   * @throws ModelError if the model cannot run on this machine
   */
  async lastStates(
    model: Model,
    contexts: readonly (readonly number[])[],
    run: RunSettings,
    progress: (progress: Progress) => void,
  ): Promise<Float32Array[]> {
    const { forward, states } = await this.#opened(model, run, progress);
    const keys = contexts.map((ids) => ids.join());
    const found = new Map<string, Float32Array>();
    const missing = new Map<string, readonly number[]>();
    keys.forEach((key, i) => {
      const known = states.get(key);
      if (known) found.set(key, known);
      else missing.set(key, contexts[i]!);
    });
    const made = await forward.hiddenStates([...missing.values()], 'last', running(missing.size, progress));
    [...missing.keys()].forEach((key, i) => {
      found.set(key, made[i]!);
      states.set(key, made[i]!);
    });
    return keys.map((key) => found.get(key)!);
  }

  /** The forward pass of a model, which stays open until another one is requested. @throws ModelError */
  async forward(
    model: Model,
    run: RunSettings,
    progress: (progress: Progress) => void,
  ): Promise<ForwardPass> {
    return (await this.#opened(model, run, progress)).forward;
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

  async #opened(
    model: Model,
    { provider, threads }: RunSettings,
    progress: (progress: Progress) => void,
  ): Promise<OpenModel> {
    const key = `${provider ?? ''} ${threads ?? ''}`;
    if (this.#open?.model === model && this.#open.key === key) return this.#open;
    progress({ message: t('Loading the model'), fraction: null });
    // Two models at once might not fit.
    const before = this.#open;
    this.#open = undefined;
    await before?.forward.release();
    const options = { ...(provider && { provider }), ...(threads !== undefined && { threads }) };
    const forward = await openForward(model, this.algebra, options);
    this.#open = { model, key, forward, states: new RowCache(model.unembedding.head.hiddenSize) };
    return this.#open;
  }
}

/** Reports a share of contexts as progress. */
function running(contexts: number, progress: (progress: Progress) => void): (share: number) => void {
  return (share) => {
    const context = Math.round(share * contexts) + 1;
    progress({ message: t`Running context ${context} of ${contexts}`, fraction: share });
  };
}

function check(ids: readonly number[], index: number, vocabSize: number): void {
  if (ids.length === 0) throw new UserError(t`Context ${index + 1} has no token; give a text or token ids.`);
  const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
  if (wrong !== undefined)
    throw new UserError(t`Token id ${wrong} is outside the vocabulary of ${vocabSize} tokens.`);
}
