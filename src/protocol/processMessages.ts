import type { EngineProgress } from './progress';

/** What a process of ours is asked that answers the calls `C`. */
export type ProcessRequest<C extends { readonly [M in keyof C]: { readonly params: unknown } }> = {
  [M in keyof C]: { readonly id: number; readonly method: M; readonly params: C[M]['params'] };
}[keyof C];

/** What a process of ours says back, when its calls end in an `R`; on the way it tells its progress. */
export type ProcessReply<R, P = EngineProgress> =
  | { readonly id: number; readonly kind: 'result'; readonly result: R }
  /** `expected`: the message is one sentence for the user; otherwise it is a fault of ours. */
  | { readonly id: number; readonly kind: 'error'; readonly message: string; readonly expected: boolean }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: P };
