import type { ContinueRequest, ContinueResult, SteerResult } from './contextResult';
import type { InnerProduct } from './geometryResult';
import type { Progress } from './progress';

/** A context whose last hidden state is moved, as the panel shows it. */
export interface SteeredContext {
  /** The last characters of the context. */
  readonly ending: string;
  /** Whether the context begins before them. */
  readonly hasMore: boolean;
  /** Whether the text before the cursor was too long to be given to the model as a whole. */
  readonly isCut: boolean;
  readonly result: SteerResult;
}

/** Another direction for the same context: what changes, so that quick choices do not undo each other. */
export interface SteeringChange {
  readonly concept?: string | undefined;
  readonly product?: InnerProduct | undefined;
}

export type ContinueChoice = Pick<ContinueRequest, 'alphas' | 'count' | 'temperature' | 'seed'>;

/** Continuations of the steered context for several α. */
export interface ContinuationState {
  /** What was written last, with what was asked for. */
  readonly written: { readonly choice: ContinueChoice; readonly result: ContinueResult } | null;
  /** What is being written now, `null` at rest. */
  readonly progress: Progress | null;
  /** Why nothing newer was written: one sentence. */
  readonly problem: string | null;
  /** The model's numbers for the context, or the concept's direction, have changed since. */
  readonly isOutdated: boolean;
}

/** Bounds of a {@link ContinueChoice}. */
export const mostAlphas = 10;
export const mostWritten = 200;
export const mostTemperature = 100;
