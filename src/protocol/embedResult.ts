import type { Matrix } from '../geometry/matrix';
import type { ModelChoice } from './modelChoice';

/** Where the model runs; ONNX Runtime and llama.cpp have different devices. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu' | 'metal' | 'vulkan';

/** A text, which the model's tokenizer splits (with BOS if it adds one), or token ids, used as they are. */
export type EmbedContext = { readonly text: string } | { readonly ids: readonly number[] };

/** How to run a model. */
export interface RunSettings {
  /**
   * Default: the CPU with ONNX Runtime, and a GPU that llama.cpp can use. If the provider is not available, the CPU is used
   * and the result has a note.
   */
  readonly provider?: ExecutionProvider;
  /** Threads per operator. Default: one per core with ONNX Runtime, one less with llama.cpp. */
  readonly threads?: number;
}

export interface EmbedRequest extends RunSettings {
  readonly model: ModelChoice;
  readonly contexts: readonly EmbedContext[];
  /** λ at every position instead of only the last one. */
  readonly allPositions: boolean;
}

/** How a context was processed. */
export interface EmbeddedContext {
  /** Tokens of the context. */
  readonly given: number;
  /** Tokens that the model saw: fewer than given if the context is longer than the model's window. */
  readonly tokens: number;
  readonly windowed: boolean;
}

/** λ(x), the final hidden states. */
export interface EmbedResult {
  /** float32 rows in the order of the contexts: one per context, or with `allPositions` one per token that the model saw. */
  readonly hidden: Matrix;
  readonly contexts: readonly EmbeddedContext[];
  /** Where the model ran. */
  readonly provider: ExecutionProvider;
  /** One sentence if this is not the requested provider. */
  readonly note: string | null;
}
