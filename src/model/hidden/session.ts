import { ModelError } from '../../errors';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { ByteSource } from '../storage/byteSource';
import { textHead } from './hiddenStateHead';
import { decoderFeeds } from './inputs';
import { graphPatch, type GraphPatch } from './graphPatch';
import { decoderSettings, type DecoderSettings } from './settings';
import { skippedTag } from './fieldTag';
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

export interface HiddenStateSessionOptions extends SessionOptions {
  /** Also computes the logits; otherwise the head is left out of the computation. */
  readonly withLogits?: boolean;
}

/** The hidden states of a context: row-major, one row per position. */
export interface HiddenStates {
  /** λ at each position, `[tokens, hidden]`. */
  readonly hidden: Float32Array;
  /** `[positions, vocab]` with `withLogits`; some exports have only the last position. */
  readonly logits: Float32Array | null;
}

/** Size limit of a protobuf message. */
const largestFile = 2 ** 31 - 1;

/**
 * λ(x), the final hidden state (the data input of the head's product, after the last norm), for any export: ONNX Runtime
 * runs a copy of the .onnx file's bytes, changed by {@link graphPatch} to output it. Nothing is written to disk, and ONNX
 * Runtime maps external data without a copy.
 */
export class HiddenStateSession {
  readonly settings: DecoderSettings;
  readonly provider: ExecutionProvider;
  /** One sentence if the requested provider is not used. */
  readonly note: string | null;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #patch: GraphPatch;
  readonly #hiddenSize: number;
  readonly #movesPositions: boolean;
  readonly #label: string;

  private constructor(model: Model, runtime: Runtime, opened: Opened, patch: GraphPatch, label: string) {
    this.settings = decoderSettings(model.folder);
    this.provider = opened.provider;
    this.note = opened.note;
    this.#runtime = runtime;
    this.#session = opened.session;
    this.#patch = patch;
    this.#hiddenSize = model.onnxHead.hiddenSize;
    this.#movesPositions = model.onnxHead.movesPositions;
    this.#label = label;
  }

  /** @throws ModelError if the head is not found, ONNX Runtime is missing, or it cannot run this model */
  static async open(model: Model, options: HiddenStateSessionOptions = {}): Promise<HiddenStateSession> {
    const head = model.onnxHead;
    const runtime = await loadRuntime();
    const { path, name, file } = model.folder;
    const label = `${name}/${file}`;
    const onnxPath = join(path, file);
    const source = new ByteSource(onnxPath, label);
    try {
      const patch = graphPatch(source, textHead(source, head), options.withLogits ?? false);
      const bytes = patchedBytes(source, patch);
      const opened = await openSession(runtime, bytes, dirname(onnxPath), options).catch((error: unknown) => {
        throw sessionFailure(error, label, head.elementType);
      });
      return new HiddenStateSession(model, runtime, opened, patch, label);
    } finally {
      source.close();
    }
  }

  /**
   * Whether contexts may share a run: not if the export fixes the batch size or does not have the batch axis first, and not
   * if activations are quantized by their range over the whole batch, because a context's numbers would then depend on the
   * other contexts.
   */
  get canBatch(): boolean {
    const isFixed = typeof this.#stated(0) === 'number';
    return (
      !isFixed &&
      !this.#movesPositions &&
      ![...this.#patch.operators].some((operator) => operator.startsWith('DynamicQuantize'))
    );
  }

  /** Number of positions per run if the export fixes it, otherwise `null`. */
  get fixedLength(): number | null {
    const stated = this.#stated(1);
    return typeof stated === 'number' ? stated : null;
  }

  /**
   * The hidden states of contexts, computed in one run: `[tokens, hidden]` float32 for each.
   *
   * @throws ModelError if ONNX Runtime cannot run the model or an input is unknown
   */
  async run(contexts: readonly (readonly number[])[]): Promise<HiddenStates[]> {
    const length = this.fixedLength ?? Math.max(...contexts.map((ids) => ids.length));
    const { inputMetadata } = this.#session;
    const feeds = decoderFeeds(this.#runtime, inputMetadata, this.settings, contexts, length, this.#label);
    const { hidden: hiddenName, logits: logitsName } = this.#patch;
    const fetched = logitsName === null ? [hiddenName] : [hiddenName, logitsName];
    const results = await this.#session.run(feeds, fetched).catch((error: unknown) => {
      throw sessionFailure(error, this.#label, null);
    });
    const hidden = floatsOf(results[hiddenName]!);
    const size = this.#hiddenSize;
    if (hidden.length !== contexts.length * length * size) {
      throw new ModelError(
        `${this.#label} gives ${hidden.length / size} hidden states for ${contexts.length * length} positions; export it without selecting only the last one.`,
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

  /** The length that the export states for an axis of its token ids. */
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

function patchedBytes(source: ByteSource, { hide, tail }: GraphPatch): Uint8Array {
  if (source.size + tail.length > largestFile) {
    throw new ModelError(
      `${source.label} has ${source.size} bytes, more than ONNX Runtime can read; export it with external data.`,
    );
  }
  const bytes = new Uint8Array(source.size + tail.length);
  source.read(0, bytes.subarray(0, source.size));
  for (const tag of hide) bytes[tag] = skippedTag;
  bytes.set(tail, source.size);
  return bytes;
}
