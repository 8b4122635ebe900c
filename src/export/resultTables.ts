import type { Matrix } from '../geometry/matrix';
import { row } from '../geometry/matrix';
import { exportPrefix } from '../concepts/conceptSources';
import { tokenRuleText } from '../concepts/tokenRule';
import { conceptMetrics } from '../format/conceptMetrics';
import { verdictOf } from '../format/conceptVerdict';
import { describeHead } from '../format/headDescription';
import { innerProducts, type ConceptGeometry, type InnerProduct } from '../protocol/geometryResult';
import { dropReason, type ConceptResult, type ProbeResult } from '../protocol/probeResult';
import { csv, type Cell, type CsvFile } from './csv';
import { cosineWithDirection, positionedPairs } from './pairNumbers';
import { resultMatrices } from './resultMatrices';

/**
 * A result as CSV files: `geometry.about.csv`, `….concepts.csv`, `….pairs.csv`, and every matrix. Undefined numbers are
 * empty cells.
 */
export function resultTables(result: ProbeResult): CsvFile[] {
  const { concepts, settings } = result;
  const products = innerProducts.filter((product) => settings.products.includes(product));
  const conceptRows = concepts.map((concept) => [
    ...[concept.name, concept.given, concept.kept],
    ...products.flatMap((product) => conceptCells(concept[product], result)),
  ]);
  const conceptHeader = [
    'concept',
    'given',
    'kept',
    ...products.flatMap((product) => named(conceptColumns, product)),
  ];
  const pairHeader = [...pairColumns, ...products.flatMap((product) => named(pairNumbers, product))];
  return [
    { name: `${exportPrefix}about.csv`, text: csv(aboutRows(result)) },
    { name: `${exportPrefix}concepts.csv`, text: csv([conceptHeader, ...conceptRows]) },
    {
      name: `${exportPrefix}pairs.csv`,
      text: csv([pairHeader, ...concepts.flatMap((concept) => pairRows(concept, products))]),
    },
    ...resultMatrices(result).map(({ name, labels, values }) => ({
      name: `${name}.csv`,
      text: csv(square(labels, values)),
    })),
  ];
}

/** What is needed to reproduce the tables. */
function aboutRows({ version, seed, tokens, model, settings, covariance }: ProbeResult): Cell[][] {
  return [
    ['Concept Probe', version],
    ['model', model.name],
    ['file', model.file],
    ['unembedding', `${model.vocabSize} × ${model.hiddenSize}`],
    ['rows without a token', model.rowsWithoutToken],
    ['rows without a token are', settings.allRows ? 'counted' : 'left out'],
    ['head', describeHead(model.head)],
    ['tokens', tokenRuleText(tokens)],
    ['inner products', settings.products.map((product) => productNames[product]).join(', ')],
    ['direction', settings.direction],
    ['random pairs', settings.randomPairs],
    ['permutations', settings.permutations],
    ['bootstrap resamples', settings.bootstrap],
    ['covariance ridge', covariance?.ridge ?? null],
    ['covariance condition number', covariance?.condition ?? null],
    ['seed', seed],
  ];
}

const conceptColumns = [...conceptMetrics.map((metric) => metric.csv), 'verdict'];

function conceptCells(geometry: ConceptGeometry | null, result: ProbeResult): Cell[] {
  const numbers = conceptMetrics.map(({ value }) => geometry && value(geometry));
  return [...numbers, geometry && verdictOf(geometry, result).text];
}

/** In every language the same, as all names of columns. */
const productNames: Readonly<Record<InnerProduct, string>> = { euclidean: 'Euclidean', causal: 'causal' };

function named(columns: readonly string[], product: InnerProduct): string[] {
  return columns.map((column) => `${column} (${productNames[product]})`);
}

const pairColumns = ['concept', 'base', 'target', 'status', 'reason', 'base ids', 'target ids'];
const pairNumbers = [
  'cosine with the direction',
  'leave-one-out cosine',
  'leave-one-out projection',
  'norm of the difference',
];

function pairRows(concept: ConceptResult, products: readonly InnerProduct[]): Cell[][] {
  return positionedPairs(concept).map(({ pair, position }) => {
    const numbers = products.flatMap((product) => pairCells(concept[product], position));
    return [
      ...[concept.name, pair.base, pair.target, pair.status, dropReason(pair) ?? ''],
      ...[pair.baseIds.join(' '), pair.targetIds.join(' ')],
      ...numbers,
    ];
  });
}

function pairCells(geometry: ConceptGeometry | null, position: number | null): Cell[] {
  if (!geometry || position === null) return pairNumbers.map(() => null);
  const { leaveOneOut, norms } = geometry;
  const ofOthers = [leaveOneOut.cosines[position]!, leaveOneOut.projections[position]!];
  return [cosineWithDirection(geometry, position), ...ofOthers, norms[position]!];
}

function square(names: readonly string[], values: Matrix): Cell[][] {
  return [['', ...names], ...names.map((name, i) => [name, ...row(values, i)])];
}
