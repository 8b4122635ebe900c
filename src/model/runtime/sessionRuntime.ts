import { ModelError } from '../../errors';
import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** The module of ONNX Runtime. */
export type Runtime = typeof OnnxRuntime;

/** The device that a model is to run on, or runs on: ONNX Runtime and llama.cpp have different ones. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'metal' | 'vulkan';

export interface SessionOptions {
  readonly provider?: ExecutionProvider;
  /** Threads per operator; by default ONNX Runtime's own choice (one per core). */
  readonly threads?: number;
}

export interface OpenSession {
  readonly session: InferenceSession;
  readonly provider: ExecutionProvider;
  /** One sentence if the requested provider is not available. */
  readonly note: string | null;
}

/** Whether {@link loadRuntime} is expected to work; loads nothing. */
export function hasRuntime(): boolean {
  try {
    createRequire(__filename).resolve('onnxruntime-node');
    return true;
  } catch {
    return false;
  }
}

/** Loads ONNX Runtime when it is first needed. @throws ModelError if it has no library for this machine */
export async function loadRuntime(): Promise<Runtime> {
  try {
    const runtime = await import('onnxruntime-node');
    // Its failures are also thrown as errors; its log output would duplicate them.
    runtime.env.logLevel = 'fatal';
    return runtime;
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND');
    const reason = isMissing ? 'no library for it is installed' : firstLine(error);
    throw new ModelError(
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch} (${reason}), so hidden states are not available; the geometry of pairs works without it.`,
    );
  }
}

/**
 * A float16 tensor from its bits. If Node has a Float16Array, ONNX Runtime's tensor class converts the bits to one, and its
 * native binding then finds no bytes in it (microsoft/onnxruntime#32323), so the bits are restored.
 */
export function float16Tensor({ Tensor }: Runtime, bits: Uint16Array, dims: readonly number[]): Tensor {
  const tensor = new Tensor('float16', bits, dims);
  Object.defineProperty(tensor, 'data', { value: bits });
  return tensor;
}

/**
 * Opens a session on the bytes of an .onnx file. ONNX Runtime maps external data from `folder`, and refuses files outside
 * it. If the requested provider cannot be used, the model runs on the CPU, with a note.
 *
 * @throws ONNX Runtime's own error if it cannot run the model on the CPU either
 */
export async function openSession(
  runtime: Runtime,
  bytes: Uint8Array,
  folder: string,
  { provider = 'cpu', threads }: SessionOptions,
): Promise<OpenSession> {
  const open = (wanted: ExecutionProvider): Promise<InferenceSession> =>
    runtime.InferenceSession.create(bytes, {
      executionProviders: [wanted],
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      // Suppresses warnings about tensors that the patch left unused.
      logSeverityLevel: 3,
      extra: { session: { model_external_initializers_file_folder_path: folder } },
    });
  if (provider === 'cpu') return { session: await open('cpu'), provider, note: null };
  const known = runtime.listSupportedBackends().map(({ name }) => name);
  let reason = `this build has ${known.join(', ')}`;
  if (known.includes(provider)) {
    try {
      return { session: await open(provider), provider, note: null };
    } catch (error) {
      reason = firstLine(error);
    }
  }
  const note = `ONNX Runtime cannot use ${provider} here (${reason}); it ran on the CPU.`;
  return { session: await open('cpu'), provider: 'cpu', note };
}

/** The message of an error, without ONNX Runtime's source locations before it and stack frames after it. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split('\n')[0]!
    .replace(/^\S+\.cc:\d+ .* was false\. /u, '')
    .replace(/[.;:\s]+$/u, '');
}
