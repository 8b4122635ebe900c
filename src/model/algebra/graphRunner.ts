import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node';
import { serializeOnnx, type OnnxModel } from '../onnx/writer';
import { float16Tensor, loadRuntime, type Runtime } from '../runtime/sessionRuntime';

/** Single-precision numbers, or the bits of float16 numbers. */
export type Numbers = Float32Array | Uint16Array;

/** A row-major operand. */
export interface Operand {
  readonly data: Numbers;
  readonly dims: readonly number[];
}

export type Results = Readonly<Record<string, Float32Array>>;

/** Runs generated graphs with ONNX Runtime. Creates the session of each graph once. */
export class GraphRunner {
  readonly #sessions = new Map<string, Promise<InferenceSession>>();
  readonly #keepers = new Set<string>();
  readonly #runtime: Promise<Runtime>;

  constructor(private readonly threads?: number) {
    this.#runtime = loadRuntime();
    // The error is reported by the next call that runs a graph.
    this.#runtime.catch(() => undefined);
  }

  /**
   * @param key identifies the graph that `build` creates
   * @param into preallocated outputs; if given, only these are computed
   * @param options keepsMemory: keep memory between runs until {@link release}, for many runs with the same large sizes
   * @throws ModelError if ONNX Runtime is missing
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

  /** Releases the memory of runs with `keepsMemory`. */
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
      // Threads that spin while waiting for the next product would take a core from the loops in between.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // An arena would keep as much memory between runs as the matrices themselves take.
      enableCpuMemArena: keepsMemory,
      // The memory pattern is planned during a first run without one, and takes the same amount again.
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
