import { innerProducts, type InnerProduct } from '../protocol/geometryResult';
import type { CommonPairs, ModelComparison } from '../protocol/modelComparison';
import type { GeometryState } from '../protocol/panelMessages';
import type { ProbeResult } from '../protocol/probeResult';
import { manyModelsDocument } from './manyModelsFiles';
import { resultDocument } from './resultDocument';

/** The JSON document of a result, with its comparisons if there are any. */
export function exportDocument(
  result: ProbeResult,
  { comparison, manyModels }: Pick<GeometryState, 'comparison' | 'manyModels'>,
  options = { includeSelf: false },
) {
  return {
    ...resultDocument(result, options),
    ...(comparison && { comparison: comparisonDocument(result, comparison, options) }),
    ...(manyModels && { manyModels: manyModelsDocument(manyModels) }),
  };
}

/**
 * The second model's part of the document: its own results, both models on the pairs that both keep and, for concepts of
 * which both keep the same pairs, all differences second − first.
 */
export function comparisonDocument(
  first: ProbeResult,
  { second, common }: ModelComparison,
  options = { includeSelf: false },
) {
  const [a, b] = [resultDocument(first, options), resultDocument(second, options)];
  const { model, covariance, causalProblem, concepts, directions } = b;
  const isSame = a.concepts.map((concept, index) =>
    concept.pairs.every(
      ({ status }, i) => (status === 'kept') === (b.concepts[index]!.pairs[i]?.status === 'kept'),
    ),
  );
  const difference = {
    concepts: a.concepts.map((concept, index) => {
      const other = b.concepts[index]!;
      return {
        name: concept.name,
        kept: other.kept - concept.kept,
        ...(isSame[index] && productDifferences(concept, other, true)),
      };
    }),
    directions: isSame.every(Boolean)
      ? productDifferences(a.directions, b.directions, false, sameConcepts)
      : null,
    covariance: differenceOf(a.covariance, covariance, true),
  };
  return {
    ...{ model, covariance, causalProblem, concepts, directions },
    common: commonDocument(common, first.settings.products),
    difference,
  };
}

function commonDocument({ concepts, ...directions }: CommonPairs, products: readonly InnerProduct[]) {
  const asked = <T>(values: Readonly<Record<InnerProduct, T>>): Partial<Record<InnerProduct, T>> =>
    Object.fromEntries(products.map((product) => [product, values[product]]));
  return {
    concepts: concepts.map(({ name, pairs, ...values }) => ({ name, pairs, ...asked(values) })),
    directions: asked(directions),
  };
}

function productDifferences(
  first: object,
  second: object,
  areAlike: boolean,
  test: (a: unknown, b: unknown) => boolean = () => areAlike,
): Record<string, unknown> {
  const [a, b] = [first as Record<string, unknown>, second as Record<string, unknown>];
  const keys = [...innerProducts, 'control'].filter((key) => key in a && key in b);
  return Object.fromEntries(keys.map((key) => [key, differenceOf(a[key], b[key], test(a[key], b[key]))]));
}

/** Maps of directions have the same rows only if the same concepts have a direction. */
function sameConcepts(a: unknown, b: unknown): boolean {
  const names = (value: unknown): string => JSON.stringify(isRecord(value) ? value['concepts'] : null);
  return names(a) === names(b);
}

/** Positions and histograms are not measures: differences of them are meaningless. */
const notMeasured = new Set([
  'histogram',
  'outliers',
  'pair',
  'concepts',
  'cached',
  'exact',
  'resamples',
  'level',
]);

/**
 * Numbers become second − first if both models have one. Lists and matrices, which are indexed by pairs or concepts, are
 * compared only if these are the same in both (`areAlike`).
 */
function differenceOf(first: unknown, second: unknown, areAlike: boolean): unknown {
  if (typeof first === 'number' && typeof second === 'number') return second - first;
  if (Array.isArray(first) && Array.isArray(second)) {
    if (!areAlike || first.length !== second.length) return null;
    return first.map((value: unknown, i) => differenceOf(value, second[i], areAlike));
  }
  if (isRecord(first) && isRecord(second)) {
    const common = Object.keys(first).filter((key) => key in second && !notMeasured.has(key));
    return Object.fromEntries(common.map((key) => [key, differenceOf(first[key], second[key], areAlike)]));
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
