import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { includedPairs } from '../../concepts/concept';
import { formatCount } from '../../format/numbers';
import { conceptDirection } from '../../geometry/conceptDirection';
import { differences } from '../../geometry/differences';
import { matrix, type Matrix } from '../../geometry/matrix';
import type { Model } from '../../model/model';
import type { AxisRequest } from '../../protocol/axisRequest';
import { keptPairs, type PairResult } from '../../protocol/probeResult';
import type { Padded } from '../../protocol/vocabularyResult';
import type { ReportProgress } from '../../protocol/progress';
import { rowsWithoutToken } from '../modelDetails';
import type { ModelGeometry } from '../modelGeometry';
import { readPairs } from '../words/readPairs';
import type { RowSource } from '../rowSource';

/** One concept's direction, ready to be projected on the vocabulary. */
export interface ConceptAxis {
  readonly concept: string;
  readonly source: RowSource;
  readonly pairs: readonly PairResult[];
  /** Words of all pairs that are not left out, including dropped ones. */
  readonly words: readonly string[];
  /** Unit length, in the coordinates of `source`. `[hidden]` */
  readonly direction: Float64Array;
  /** Mean of the differences, not normalized. `[hidden]` */
  readonly difference: Float64Array;
}

/**
 * @param name name of one of the request's concepts
 * @throws UserError if there is no such concept or it has no direction; ModelError if the model cannot be read
 */
export async function conceptAxis(
  model: Model,
  geometry: ModelGeometry,
  request: Omit<AxisRequest, 'count'>,
  name: string,
  progress: ReportProgress,
): Promise<ConceptAxis> {
  const concept = request.concepts.find((candidate) => candidate.name === name);
  if (!concept) {
    const names = request.concepts.map((candidate) => candidate.name).join(', ');
    throw new UserError(t`There is no concept “${name}”; there are ${names}.`);
  }
  const source = await geometry.source(request.product, request.settings.ridge, progress);
  const euclidean = await geometry.source('euclidean', null, progress);
  const { tokenized, concepts, raw } = await readPairs(model, euclidean, {
    ...request,
    concepts: [concept],
  });
  const [mapped] = await source.mapped([differences(raw, concepts[0]!.pairs)]);
  const deltas = mapped!;
  const direction = conceptDirection(deltas, request.settings.direction);
  if (direction.every((value) => value === 0))
    throw new UserError(t`“${name}” has no direction: it needs a pair that is kept and does not cancel out.`);
  const given = includedPairs(concept).flatMap(({ base, target }) => [base, target]);
  const difference = new Float64Array(deltas.columns);
  deltas.data.forEach((value, at) => (difference[at % deltas.columns]! += value / deltas.rows));
  return { concept: name, source, pairs: keptPairs(tokenized[0]!), words: given, direction, difference };
}

/**
 * ⟨γ(y) − mean, v⟩ of every token y for each row v (in the coordinates of the product), `[vocab, vectors]`, in one pass
 * over the head. Subtracting the mean over the rows that count makes it the same in both products; other rows are NaN.
 */
export async function vocabularyScores(
  geometry: ModelGeometry,
  { product, settings }: Pick<AxisRequest, 'product' | 'settings'>,
  vectors: Matrix,
  progress: ReportProgress,
): Promise<Matrix> {
  const { unembedding, algebra } = geometry;
  const back =
    product === 'euclidean'
      ? vectors
      : await algebra.unwhiten((await geometry.causal(settings.ridge, progress)).factor.factor, vectors);
  const message = t`Projecting ${formatCount(geometry.rows.ids.length)} tokens`;
  const scores = await algebra.project(unembedding, back, (fraction) => {
    progress({ message, fraction });
  });
  const { ids } = geometry.rows;
  const { rows, columns, data } = scores;
  const means = new Float64Array(columns);
  for (const id of ids) for (let j = 0; j < columns; j++) means[j]! += data[id * columns + j]! / ids.length;
  if (means.some((mean) => !Number.isFinite(mean)))
    throw new UserError(
      t`${unembedding.label} holds numbers that are not finite, so the vocabulary cannot be projected; export or copy the model again.`,
    );
  const centered = new Float32Array(data.length).fill(NaN);
  for (const id of ids) {
    for (let j = 0; j < columns; j++) centered[id * columns + j] = data[id * columns + j]! - means[j]!;
  }
  return matrix(rows, columns, centered);
}

/** Information about rows without a token for results over the vocabulary. */
export function paddingOf(model: Model, { settings }: Pick<AxisRequest, 'settings'>): Padded {
  const rows = rowsWithoutToken(model);
  return rows === 0 ? {} : { padding: { rows, counted: settings.allRows } };
}

/** Column `index`, by token id. */
export function column(source: Matrix, index: number): Float32Array {
  return Float32Array.from({ length: source.rows }, (_, i) => source.data[i * source.columns + index]!);
}
