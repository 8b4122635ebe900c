import { ModelError } from '../../errors';
import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-node';
import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** ONNX Runtime's own module. */
export type Runtime = typeof OnnxRuntime;

/** Where ONNX Runtime computes. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu';

export interface SessionOptions {
  readonly provider?: ExecutionProvider;
  /** Threads of one operator; ONNX Runtime's own choice (one per core) without it. */
  readonly threads?: number;
}

export interface OpenSession {
  readonly session: InferenceSession;
  readonly provider: ExecutionProvider;
  /** One sentence where the provider that was asked for could not be had. */
  readonly note: string | null;
}

/** Whether {@link loadRuntime} can be expected to work, without loading anything. */
export function hasRuntime(): boolean {
  try {
    createRequire(__filename).resolve('onnxruntime-node');
    return true;
  } catch {
    return false;
  }
}

/** Loads ONNX Runtime, which nothing but a forward pass needs. @throws ModelError where it has no library for this machine */
export async function loadRuntime(): Promise<Runtime> {
  try {
    const runtime = await import('onnxruntime-node');
    // Its failures come as errors too; what it prints would stand beside our own words.
    runtime.env.logLevel = 'fatal';
    return runtime;
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND');
    const reason = isMissing ? 'no library for it is installed' : firstLine(error);
    throw new ModelError(
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch} (${reason}), so there are no hidden states here; the geometry of pairs works without it.`,
    );
  }
}

/**
 * A tensor of float16 by its bits. Where Node has a Float16Array, ONNX Runtime's own class takes the bits for one, and its
 * binding then finds no bytes in it (microsoft/onnxruntime#32323): the bits are put back.
 */
export function float16Tensor({ Tensor }: Runtime, bits: Uint16Array, dims: readonly number[]): Tensor {
  const tensor = new Tensor('float16', bits, dims);
  Object.defineProperty(tensor, 'data', { value: bits });
  return tensor;
}

/**
 * Opens a session on the bytes of an .onnx file. ONNX Runtime maps external data from `folder` itself, and refuses what
 * leaves it. What the provider that is asked for cannot do runs on the processor, with a note.
 *
 * @throws ONNX Runtime's own error if it cannot run the model on the processor either
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
      // Warnings about tensors that the patch left unused are no news.
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
  const note = `ONNX Runtime cannot use ${provider} here (${reason}); it ran on the processor.`;
  return { session: await open('cpu'), provider: 'cpu', note };
}

/** What an error says, without the places in ONNX Runtime's sources before it and the stack frames after it. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split('\n')[0]!
    .replace(/^\S+\.cc:\d+ .* was false\. /u, '')
    .replace(/[.;:\s]+$/u, '');
}
