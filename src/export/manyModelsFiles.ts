import { exportPrefix } from '../concepts/conceptSources';
import { modelLabels } from '../format/modelLabels';
import { innerProducts, type InnerProduct } from '../protocol/geometryResult';
import type { ManyGeometry, ManyModels } from '../protocol/manyModels';
import { dropReason } from '../protocol/probeResult';
import { csv, type Cell, type CsvFile } from './csv';
import { definedOrNull, nested, plain } from './plainNumbers';

/** The part `manyModels` of the JSON document: the same for `--json` and the editor. Undefined numbers are `null`. */
export function manyModelsDocument(result: ManyModels) {
  const labels = modelLabels(result.models);
  return {
    concepts: result.concepts,
    models: result.models.map(({ concepts, ...model }, i) => ({
      label: labels[i]!,
      ...model,
      concepts: concepts.map(({ kept, dropped }, index) => ({
        name: result.concepts[index]!.name,
        kept,
        dropped: dropped.map((pair) => ({ ...pair, reason: dropReason(pair) ?? null })),
      })),
    })),
    ...Object.fromEntries(
      askedOf(result).map(([product, geometry]) => [product, geometryDocument(geometry)]),
    ),
  };
}

function geometryDocument({ own, common, low, high, mean, agreement, trend }: ManyGeometry) {
  const { rho, p, resolution, ...about } = agreement;
  return {
    leaveOneOut: { common: nested(common), low: nested(low), high: nested(high), own: nested(own) },
    mean: {
      concepts: mean.concepts,
      values: plain(mean.values),
      low: plain(mean.low),
      high: plain(mean.high),
    },
    agreement: { ...about, resolution: definedOrNull(resolution), rho: nested(rho), p: nested(p) },
    trend,
  };
}

/**
 * `geometry.models.csv` with a row for every model and concept, `….models-about.csv`, `….models-dropped.csv`,
 * `….models-agreement.csv` and, if there is one, `….models-trend.csv`.
 */
export function manyModelsTables(result: ManyModels): CsvFile[] {
  const labels = modelLabels(result.models);
  const { models, concepts } = result;
  const asked = askedOf(result);
  const hasTrend = asked.some(([, { trend }]) => trend !== null);
  const files: Record<string, Cell[][]> = {
    models: [
      [
        'model',
        'parameters',
        'concept',
        'pairs kept',
        'pairs in common',
        ...asked.flatMap(([product]) => named(product)),
      ],
      ...models.flatMap(({ parameters, concepts: kept }, i) =>
        concepts.map(({ name, pairs }, index) => [
          ...[labels[i]!, parameters, name, kept[index]?.kept ?? null, pairs],
          ...asked.flatMap(([, { common, low, high, own }]) =>
            [common, low, high, own].map((table) => table.data[i * table.columns + index]!),
          ),
        ]),
      ),
    ],
    'models-about': [
      ['model', 'reference', 'file', 'parameters', 'vocabulary', 'hidden size', 'problem'],
      ...models.map(({ reference, summary, parameters, problem, causalProblem }, i) => [
        ...[labels[i]!, reference, summary?.file ?? null, parameters],
        ...[summary?.vocabSize ?? null, summary?.hiddenSize ?? null, problem ?? causalProblem],
      ]),
    ],
    'models-dropped': [
      ['model', 'concept', 'base', 'target', 'status', 'reason'],
      ...models.flatMap(({ concepts: kept }, i) =>
        kept.flatMap(({ dropped }, index) =>
          dropped.map((pair) => [
            ...[labels[i]!, concepts[index]!.name, pair.base, pair.target],
            ...[pair.status, dropReason(pair) ?? ''],
          ]),
        ),
      ),
    ],
    'models-agreement': [
      ['inner product', 'first', 'second', 'concepts', 'rank correlation', 'p', 'permutations'],
      ...asked.flatMap(
        ([
          product,
          {
            agreement: { rho, p, concepts: count, permutations },
          },
        ]) =>
          models.flatMap((_, a) =>
            models.slice(a + 1).map((_other, offset): Cell[] => {
              const at = a * models.length + a + 1 + offset;
              return [
                product,
                labels[a]!,
                labels[a + 1 + offset]!,
                count,
                rho.data[at]!,
                p.data[at]!,
                permutations,
              ];
            }),
          ),
      ),
    ],
    ...(hasTrend && {
      'models-trend': [
        ['inner product', 'concept', 'change per factor of ten', 'low', 'high'],
        ...asked.flatMap(([product, { trend, mean }]) =>
          trend === null
            ? []
            : [
                ...concepts.map(({ name }, index) => ({ name, slope: trend.concepts[index] ?? null })),
                { name: `mean of ${mean.concepts}`, slope: trend.mean },
              ].map(({ name, slope }): Cell[] => [
                ...[product, name, slope?.slope ?? null],
                ...[slope?.interval?.low ?? null, slope?.interval?.high ?? null],
              ]),
        ),
      ],
    }),
  };
  return Object.entries(files).map(([name, rows]) => ({
    name: `${exportPrefix}${name}.csv`,
    text: csv(rows),
  }));
}

function named(product: InnerProduct): string[] {
  return ['leave-one-out mean', 'low', 'high', 'own leave-one-out mean'].map(
    (column) => `${column} (${product})`,
  );
}

/** The geometry of the inner products that were asked for. */
function askedOf(result: ManyModels): (readonly [InnerProduct, ManyGeometry])[] {
  return innerProducts.flatMap((product) => {
    const geometry = result[product];
    return geometry && result.settings.products.includes(product) ? [[product, geometry] as const] : [];
  });
}
