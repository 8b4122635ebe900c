import { ModelError } from '../../errors';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { ByteSource } from '../onnx/byteSource';
import { textHead } from './hiddenStateHead';
import { hiddenFeeds } from './inputs';
import { hiddenPatch, type HiddenPatch } from './patch';
import { hiddenSettings, type HiddenSettings } from './settings';
import { hiddenTag } from './tag';
import { floatsOf } from './tensor';
import type { Model } from '../model';
import { sessionFailure } from './sessionFailure';
import {
  loadRuntime,
  openSession,
  type ExecutionProvider,
  type Runtime,
  type SessionOptions,
} from '../runtime/sessionRuntime';

export interface HiddenSessionOptions extends SessionOptions {
  /** Computes the logits too; without it the head is left out of the computation. */
  readonly withLogits?: boolean;
}

/** What a context became: row-major, one row a position. */
export interface HiddenStates {
  /** λ at each position, `[tokens, hidden]`. */
  readonly hidden: Float32Array;
  /** `[positions, vocab]` with `withLogits`; some exports have them at the last position only. */
  readonly logits: Float32Array | null;
}

/** Protobuf reads no larger message. */
const largestFile = 2 ** 31 - 1;

/**
 * λ(x), the final hidden state (the data input of the head's product, after the last norm), from any export: ONNX
 * Runtime runs a copy of the .onnx file's bytes that {@link hiddenPatch} makes give it. Nothing is written, and data
 * beside the file is mapped by ONNX Runtime, never copied.
 */
export class HiddenSession {
  readonly settings: HiddenSettings;
  readonly provider: ExecutionProvider;
  /** One sentence where another provider was asked for. */
  readonly note: string | null;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #patch: HiddenPatch;
  readonly #hiddenSize: number;
  readonly #movesPositions: boolean;
  readonly #label: string;

  private constructor(model: Model, runtime: Runtime, opened: Opened, patch: HiddenPatch, label: string) {
    this.settings = hiddenSettings(model.folder);
    this.provider = opened.provider;
    this.note = opened.note;
    this.#runtime = runtime;
    this.#session = opened.session;
    this.#patch = patch;
    this.#hiddenSize = model.unembedding.head.hiddenSize;
    this.#movesPositions = model.unembedding.head.movesPositions;
    this.#label = label;
  }

  /** @throws ModelError if the head is not found, ONNX Runtime is missing, or it cannot run this model */
  static async open(model: Model, options: HiddenSessionOptions = {}): Promise<HiddenSession> {
    const { head } = model.unembedding;
    const runtime = await loadRuntime();
    const { path, name, onnxFile } = model.folder;
    const label = `${name}/${onnxFile}`;
    const onnxPath = join(path, onnxFile);
    const source = new ByteSource(onnxPath, label);
    try {
      const patch = hiddenPatch(source, textHead(source, head), options.withLogits ?? false);
      const bytes = patchedBytes(source, patch);
      const opened = await openSession(runtime, bytes, dirname(onnxPath), options).catch((error: unknown) => {
        throw sessionFailure(error, label, head.elementType);
      });
      return new HiddenSession(model, runtime, opened, patch, label);
    } finally {
      source.close();
    }
  }

  /**
   * Whether contexts may share a run: not where the export fixes the batch or does not have it first, nor where activations are quantised by their
   * range over the whole batch, so that a context's numbers would depend on its neighbours.
   */
  get canBatch(): boolean {
    const isFixed = typeof this.#stated(0) === 'number';
    return (
      !isFixed &&
      !this.#movesPositions &&
      ![...this.#patch.operators].some((operator) => operator.startsWith('DynamicQuantize'))
    );
  }

  /** Positions of every run where the export fixes them, otherwise `null`. */
  get fixedLength(): number | null {
    const stated = this.#stated(1);
    return typeof stated === 'number' ? stated : null;
  }

  /**
   * The hidden states of contexts, in one run: `[tokens, hidden]` float32 for each.
   *
   * @throws ModelError if ONNX Runtime cannot run the model or an input is unknown
   */
  async run(contexts: readonly (readonly number[])[]): Promise<HiddenStates[]> {
    const length = this.fixedLength ?? Math.max(...contexts.map((ids) => ids.length));
    const { inputMetadata } = this.#session;
    const feeds = hiddenFeeds(this.#runtime, inputMetadata, this.settings, contexts, length, this.#label);
    const { hidden: hiddenName, logits: logitsName } = this.#patch;
    const fetched = logitsName === null ? [hiddenName] : [hiddenName, logitsName];
    const results = await this.#session.run(feeds, fetched).catch((error: unknown) => {
      throw sessionFailure(error, this.#label, null);
    });
    const hidden = floatsOf(results[hiddenName]!);
    const size = this.#hiddenSize;
    if (hidden.length !== contexts.length * length * size) {
      throw new ModelError(
        `${this.#label} gives ${hidden.length / size} hidden states for ${contexts.length * length} positions; export it without keeping only the last one.`,
      );
    }
    const logits = logitsName === null ? null : floatsOf(results[logitsName]!);
    return contexts.map((ids, index) => ({
      hidden: hidden.subarray(index * length * size, (index * length + ids.length) * size),
      logits: logits && part(logits, index, contexts.length),
    }));
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  /** What the export states of an axis of its token ids. */
  #stated(axis: number): number | string | undefined {
    const ids = this.#session.inputMetadata.find((input) => input.isTensor && input.shape.length === 2);
    return ids?.isTensor ? ids.shape[axis] : undefined;
  }
}

type Opened = Awaited<ReturnType<typeof openSession>>;

function part(data: Float32Array, index: number, count: number): Float32Array {
  const size = data.length / count;
  return data.subarray(index * size, (index + 1) * size);
}

function patchedBytes(source: ByteSource, { hide, tail }: HiddenPatch): Uint8Array {
  if (source.size + tail.length > largestFile) {
    throw new ModelError(
      `${source.label} has ${source.size} bytes, more than ONNX Runtime reads; export it with external data.`,
    );
  }
  const bytes = new Uint8Array(source.size + tail.length);
  source.read(0, bytes.subarray(0, source.size));
  for (const tag of hide) bytes[tag] = hiddenTag;
  bytes.set(tail, source.size);
  return bytes;
}
