import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { dot } from '../../geometry/vector';
import type { Model } from '../../model/model';
import { tokenSpans } from '../../model/tokenizer/tokenSpans';
import type { TintPart, TintRequest, TintResult, TintedPart } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import { readingWindow } from '../../reading/chunks';
import type { Embedder } from '../embed';
import type { ModelGeometry } from '../modelGeometry';
import { conceptVectors } from './conceptVectors';

/** A run of the model: some tokens of a part with those before them. */
interface Run {
  readonly part: number;
  readonly ids: readonly number[];
  /** The first of the part's tokens that it measures, and how many. */
  readonly from: number;
  readonly count: number;
}

/** The tokens of a part, and where each lies in its text. */
interface CutPart {
  readonly before: readonly number[];
  readonly ids: readonly number[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * λᵀγ̄_W after every token of the parts of a text, for one or two concepts. A run of the model reads the context of a part
 * and the part; where both do not fit the window, it reads the part in halves of a window, each after the half before it.
 *
 * @throws UserError if a concept has no direction; ModelError if the model cannot be run
 */
export async function tint(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: TintRequest,
  progress: ReportProgress,
): Promise<TintResult> {
  const { vectors } = await conceptVectors(model, geometry, request, progress, request.tinted);
  if (vectors.length < request.tinted.length)
    throw new UserError(
      t`“${request.tinted.find((name) => vectors.every((one) => one.name !== name))!}” has no direction.`,
    );
  const forward = await embedder.forward(model, request, progress);
  const window = Math.min(readingWindow, forward.window);
  const cut = request.parts.map((part) => cutPart(model, embedder, part, forward.beginning));
  const runs = cut.flatMap((part, index) => runsOf(part, index, window, forward.beginning));
  const states = await forward.hiddenStates(
    runs.map(({ ids }) => ids),
    runs.map(({ count }) => count),
  );
  const { hiddenSize } = model.unembedding.head;
  const values = cut.map(({ ids }) => vectors.map(() => new Float64Array(ids.length).fill(NaN)));
  runs.forEach(({ part, from, count }, i) => {
    const own = states[i]!;
    vectors.forEach(({ measure }, concept) => {
      for (let at = 0; at < count; at++) {
        const value = dot(own.subarray(at * hiddenSize, (at + 1) * hiddenSize), measure);
        values[part]![concept]![from + at] = Number.isFinite(value) ? value : NaN;
      }
    });
  });
  return {
    product: request.product,
    window,
    parts: cut.map(({ ids, starts, ends }, part): TintedPart => ({
      ids: Int32Array.from(ids),
      ...{ starts, ends, values: values[part]! },
    })),
  };
}

function cutPart(
  model: Model,
  embedder: Embedder,
  { context, text }: TintPart,
  beginning: number | null,
): CutPart {
  const all = embedder.idsOf(model, context + text);
  const ids = all[0] === beginning ? all.slice(1) : all;
  const pieces = model.tokenizer.pieces(model.unembedding.head.vocabSize);
  const spans = tokenSpans(
    context + text,
    ids.map((id) => pieces[id]!),
    model.tokenizer.isByteLevel,
  );
  // A token across the border belongs to the part.
  const own = spans.findIndex(({ end }) => end > context.length);
  const first = own < 0 ? ids.length : own;
  const place = (position: number): number => Math.max(position - context.length, 0);
  return {
    before: ids.slice(0, first),
    ids: ids.slice(first),
    starts: Int32Array.from(spans.slice(first), ({ start }) => place(start)),
    ends: Int32Array.from(spans.slice(first), ({ end }) => place(end)),
  };
}

function runsOf({ before, ids }: CutPart, part: number, window: number, beginning: number | null): Run[] {
  const room = beginning === null ? window : window - 1;
  const start = beginning === null ? [] : [beginning];
  const sequence = [...before, ...ids];
  if (ids.length === 0) return [];
  if (sequence.length <= room) return [{ part, ids: [...start, ...sequence], from: 0, count: ids.length }];
  const stride = Math.max(1, room >> 1);
  const runs: Run[] = [];
  for (let from = 0; from < ids.length; from += stride) {
    const count = Math.min(stride, ids.length - from);
    const end = before.length + from + count;
    runs.push({ part, ids: [...start, ...sequence.slice(Math.max(0, end - room), end)], from, count });
  }
  return runs;
}
