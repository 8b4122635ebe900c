import { contextWindow } from '../../model/hidden/window';
import type { Model } from '../../model/model';
import type { UnreadContext } from '../../protocol/contextResult';
import type { RunSettings } from '../../protocol/embedResult';
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
  run: RunSettings,
  progress: ReportProgress,
): Promise<(ReadContext | UnreadContext)[]> {
  const { window, beginning } = await embedder.forward(model, run, progress);
  const given = texts.map((text) => (text.trim() === '' ? [] : embedder.idsOf(model, text)));
  const seen = given.map((ids) => contextWindow(ids, window, beginning));
  const states = await embedder.lastStates(
    model,
    seen.filter((ids) => ids.length > 0),
    run,
    progress,
  );
  let next = 0;
  return seen.map((ids, i) => {
    if (ids.length === 0) return 'empty';
    const hidden = states[next++]!;
    return hidden.every(Number.isFinite)
      ? { ids, hidden, windowed: ids.length < given[i]!.length }
      : 'broken';
  });
}

export function isRead(context: ReadContext | UnreadContext): context is ReadContext {
  return typeof context === 'object';
}
