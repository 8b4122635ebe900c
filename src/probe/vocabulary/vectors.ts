import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { conceptDirection } from '../../geometry/conceptDirection';
import { differences } from '../../geometry/differences';
import { matrix, row, type Matrix } from '../../geometry/matrix';
import type { Model } from '../../model/model';
import type { ReportProgress } from '../../protocol/progress';
import { keptPairs } from '../../protocol/probeResult';
import type { VectorLabel, VectorSpace, VectorsRequest, VectorsResult } from '../../protocol/vectorsResult';
import { summarize } from '../modelDetails';
import type { ModelGeometry } from '../modelGeometry';
import type { RowSource } from '../rowSource';
import { readPairs, type ReadPairs } from '../words/readPairs';

/**
 * The words of all kept pairs and the concepts' directions as vectors, in the coordinates of each inner product: the cosines of
 * the directions are those of a probe.
 *
 * @throws UserError if no pair is kept; ModelError if the model cannot be read
 */
export async function vectors(
  model: Model,
  geometry: ModelGeometry,
  request: VectorsRequest,
  progress: ReportProgress,
): Promise<VectorsResult> {
  const { products, settings } = request;
  const euclidean = await geometry.source('euclidean', null, progress);
  const read = await readPairs(model, euclidean, request);
  const words = read.tokenized.flatMap(({ name: concept, pairs }) =>
    keptPairs({ pairs }).flatMap(({ base, target }): VectorLabel[] => [
      { kind: 'word', name: base, concept, side: 'base' },
      { kind: 'word', name: target, concept, side: 'target' },
    ]),
  );
  if (words.length === 0) throw new UserError(t('No pair is kept, so there are no vectors to write.'));
  const spaces: VectorSpace[] = [];
  for (const product of products) {
    const source = await geometry.source(product, settings.ridge, progress);
    spaces.push({ product, vectors: await vectorsIn(source, read, request) });
  }
  const directions = read.concepts
    .filter(({ pairs }) => pairs.length > 0)
    .map(({ name }): VectorLabel => ({ kind: 'direction', name, concept: name, side: '' }));
  return { model: summarize(model), labels: [...words, ...directions], spaces };
}

async function vectorsIn(
  source: RowSource,
  { raw, concepts }: ReadPairs,
  { settings }: VectorsRequest,
): Promise<Matrix> {
  const placed = await source.placed(raw);
  const rows = concepts.flatMap(({ pairs }) =>
    pairs.flatMap(({ base, target }) => [row(placed, base), row(placed, target)]),
  );
  const withPairs = concepts.filter(({ pairs }) => pairs.length > 0);
  const deltas = await source.mapped(withPairs.map(({ pairs }) => differences(raw, pairs)));
  const directions = deltas.map((own) => conceptDirection(own, settings.direction));
  const { columns } = placed;
  const data = new Float32Array((rows.length + directions.length) * columns);
  [...rows, ...directions].forEach((values, at) => {
    data.set(values, at * columns);
  });
  return matrix(rows.length + directions.length, columns, data);
}
