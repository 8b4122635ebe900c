import type { Matrix } from '../geometry/matrix';
import type { ModelChoice } from './modelChoice';

/** Where ONNX Runtime computes. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu';

/** A text, which the model's tokenizer cuts (with BOS if that is its way), or token ids, taken as they are. */
export type EmbedContext = { readonly text: string } | { readonly ids: readonly number[] };

export interface EmbedRequest {
  readonly model: ModelChoice;
  readonly contexts: readonly EmbedContext[];
  /** λ at every position instead of the last one only. */
  readonly allPositions: boolean;
  /** `cpu` without it; what is not to be had here falls back to it, with a note in the result. */
  readonly provider?: ExecutionProvider;
  /** Threads of one operator; one per core without it. */
  readonly threads?: number;
}

/** What became of a context. */
export interface EmbeddedContext {
  /** Tokens of the context. */
  readonly given: number;
  /** Tokens that the model saw: fewer where the context is longer than the model's window. */
  readonly tokens: number;
  readonly windowed: boolean;
}

/** λ(x), the final hidden states. */
export interface EmbedResult {
  /** float32 rows in the order of the contexts: one each, or with `allPositions` one for each token that the model saw. */
  readonly hidden: Matrix;
  readonly contexts: readonly EmbeddedContext[];
  /** Where it was computed. */
  readonly provider: ExecutionProvider;
  /** One sentence where that is not the provider that was asked for. */
  readonly note: string | null;
}
