import type { EngineProgress } from './progress';

/** A request to a process that answers the calls `C`. */
export type ProcessRequest<C extends { readonly [M in keyof C]: { readonly params: unknown } }> = {
  [M in keyof C]: { readonly id: number; readonly method: M; readonly params: C[M]['params'] };
}[keyof C];

/** A reply of a process whose calls return an `R`. Progress is reported before the result. */
export type ProcessReply<R, P = EngineProgress> =
  | { readonly id: number; readonly kind: 'result'; readonly result: R }
  /** `expected`: the message is one sentence for the user; otherwise it reports a bug in the extension. */
  | { readonly id: number; readonly kind: 'error'; readonly message: string; readonly expected: boolean }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: P }
  /** Belongs to no call: the process starts to open a model. */
  | { readonly kind: 'opening'; readonly model: string };
