import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node';
import { serializeOnnx, type OnnxModel } from '../onnx/writer';
import { float16Tensor, loadRuntime, type Runtime } from '../runtime/sessionRuntime';

/** Numbers in single precision, or float16 as its bits. */
export type Numbers = Float32Array | Uint16Array;

/** A row-major operand. */
export interface Operand {
  readonly data: Numbers;
  readonly dims: readonly number[];
}

export type Results = Readonly<Record<string, Float32Array>>;

/** Runs graphs of ours with ONNX Runtime; the session of each is made once. */
export class GraphRunner {
  readonly #sessions = new Map<string, Promise<InferenceSession>>();
  readonly #keepers = new Set<string>();
  readonly #runtime: Promise<Runtime>;

  constructor(private readonly threads?: number) {
    this.#runtime = loadRuntime();
    // Whoever runs a graph hears of it.
    this.#runtime.catch(() => undefined);
  }

  /**
   * @param key names the graph that `build` makes
   * @param into where outputs go; then only these are computed
   * @param options keepsMemory: between runs, until {@link release}; for many runs of the same large sizes
   * @throws ModelError where ONNX Runtime is missing
   */
  async run(
    key: string,
    build: () => OnnxModel,
    operands: Readonly<Record<string, Operand>>,
    into: Readonly<Record<string, Operand>> = {},
    { keepsMemory = false } = {},
  ): Promise<Results> {
    const runtime = await this.#runtime;
    const session = await this.#session(runtime, key, build, keepsMemory);
    const tensors = (record: Readonly<Record<string, Operand>>): Record<string, Tensor> =>
      Object.fromEntries(
        Object.entries(record).map(([name, { data, dims }]) => [name, tensorOf(runtime, data, dims)]),
      );
    const results = await (Object.keys(into).length === 0
      ? session.run(tensors(operands))
      : session.run(tensors(operands), tensors(into)));
    return Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, (tensor as TypedTensor<'float32'>).data]),
    );
  }

  /** Gives back what runs that keep their memory have kept. */
  async release(): Promise<void> {
    for (const key of this.#keepers) {
      const session = await this.#sessions.get(key);
      this.#sessions.delete(key);
      await session?.release();
    }
    this.#keepers.clear();
  }

  #session(
    runtime: Runtime,
    key: string,
    build: () => OnnxModel,
    keepsMemory: boolean,
  ): Promise<InferenceSession> {
    const known = this.#sessions.get(key);
    if (known) return known;
    const opened = runtime.InferenceSession.create(serializeOnnx(build()), {
      ...(this.threads === undefined ? {} : { intraOpNumThreads: this.threads }),
      logSeverityLevel: 3,
      // Threads that wait for the next product by spinning would keep a core from the loops between two of them.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // What an arena keeps between runs would be as much again as the matrices themselves.
      enableCpuMemArena: keepsMemory,
      // A plan of the memory is made from a first run without one, and takes as much again.
      enableMemPattern: false,
    });
    if (keepsMemory) this.#keepers.add(key);
    this.#sessions.set(key, opened);
    return opened;
  }
}

function tensorOf(runtime: Runtime, data: Numbers, dims: readonly number[]): Tensor {
  return data instanceof Uint16Array
    ? float16Tensor(runtime, data, dims)
    : new runtime.Tensor('float32', data, dims);
}
