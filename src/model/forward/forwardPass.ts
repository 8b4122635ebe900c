import type { ExecutionProvider } from '../runtime/sessionRuntime';

/** The positions of contexts whose hidden states are wanted: all, the last one, or so many of the last ones of each context. */
export type Positions = 'all' | 'last' | readonly number[];

/** How many of the last positions of a context are wanted. */
export function countOf(positions: Positions, context: number, length: number): number {
  if (positions === 'all') return length;
  return positions === 'last' ? 1 : positions[context]!;
}

/**
 * A forward pass of a model over contexts of token ids. Everything that reads contexts builds on it and does not know what
 * computes it.
 */
export interface ForwardPass {
  /** Most tokens of a context that the model sees, see {@link contextWindow}. */
  readonly window: number;
  /** The id of BOS, or `null` if texts do not begin with one. */
  readonly beginning: number | null;
  /** Where it is computed. */
  readonly provider: ExecutionProvider;
  /** One sentence if that is not what was requested. */
  readonly note: string | null;
  /** Whether a token ends a text. */
  endsText(id: number): boolean;
  /**
   * λ, the final hidden state after the last norm, of each context: `[positions, hidden]` float32.
   *
   * @param contexts of at most `window` tokens each
   * @throws ModelError if the model cannot be run
   */
  hiddenStates(
    contexts: readonly (readonly number[])[],
    positions: Positions,
    progress?: (share: number) => void,
  ): Promise<Float32Array[]>;
  /**
   * log p(y | context) after the last token of each context, of the tokens `which` in their order, or of the whole
   * vocabulary. Rows without a token have no probability: −∞.
   *
   * @throws ModelError if the model cannot be run, or computes its logits otherwise than as U·λ
   */
  logProbabilities(
    contexts: readonly (readonly number[])[],
    which: readonly number[] | 'all',
    progress?: (share: number) => void,
  ): Promise<Float32Array[]>;
  /** Gives the model's memory back. */
  release(): Promise<void>;
}
