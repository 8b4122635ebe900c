import { contextWindow } from '../../model/hidden/window';
import type { Model } from '../../model/model';
import type { UnreadContext } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import type { Embedder } from '../embed';

/** A text as the model read it. */
export interface ReadContext {
  /** The tokens that it saw. */
  readonly ids: readonly number[];
  /** λ at the last position, `[hidden]`. */
  readonly hidden: Float32Array;
  /** Whether the text has more tokens than the model reads. */
  readonly windowed: boolean;
}

/** λ at the last position of each text. @throws ModelError if the model cannot be run */
export async function readContexts(
  model: Model,
  embedder: Embedder,
  texts: readonly string[],
  progress: ReportProgress,
): Promise<(ReadContext | UnreadContext)[]> {
  const forward = await embedder.forward(model, {}, progress);
  const given = texts.map((text) => (text.trim() === '' ? null : embedder.idsOf(model, text)));
  // What is read twice is computed once.
  const contexts = new Map<string, readonly number[]>();
  const seen = given.map((ids) => ids && contextWindow(ids, forward.window, forward.beginning));
  for (const ids of seen) if (ids && ids.length > 0) contexts.set(ids.join(), ids);
  const different = [...contexts.values()];
  const states = await forward.hiddenStates(different, 'last', (share) => {
    const context = Math.round(share * different.length) + 1;
    progress({ message: `Running context ${context} of ${different.length}`, fraction: share });
  });
  const stateOf = new Map([...contexts.keys()].map((key, i) => [key, states[i]!]));
  return seen.map((ids, i) => {
    const hidden = ids && stateOf.get(ids.join());
    if (!hidden) return 'empty';
    if (!hidden.every(Number.isFinite)) return 'broken';
    return { ids, hidden, windowed: ids.length < given[i]!.length };
  });
}

export function isRead(context: ReadContext | UnreadContext): context is ReadContext {
  return typeof context === 'object';
}
