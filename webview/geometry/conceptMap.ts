import { t } from '@vscode/l10n';
import type { ClusterTree } from '../../src/geometry/clusterTree';
import { matrix, type Matrix } from '../../src/geometry/matrix';
import { productName } from '../../src/format/numbers';
import type { DirectionChance, InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { geometryOf, hasCausal, type Geometry } from './geometryOf';
import { memoize, memoizeBy } from '../charts/memoize';
import { orderOf, reordered, rowMeans, type OrderedRows, type RowsInOrder } from './order';
import type { MapKind, UiState } from '../state/uiState';

/** The cosines of one map; {@link UiState.map} can also be all of them. */
export type OneMap = Exclude<MapKind, 'all'>;

/** Concept × concept, as the reader wants it: which cosines, in which order, with or without sign. */
export interface ConceptMap {
  readonly kind: OneMap;
  /** What a cell is: "cosine of the directions". */
  readonly what: string;
  readonly productId: InnerProduct;
  /** The inner product's name. */
  readonly product: string;
  readonly concepts: readonly string[];
  /** Signed, in the order of the result. */
  readonly cosine: Matrix;
  /** Positions in the result, as they are shown. */
  readonly order: readonly number[];
  /** Of the clustered order. */
  readonly tree: ClusterTree | null;
  readonly isAbsolute: boolean;
  /** In the order and with the signs that are shown. */
  readonly shown: Matrix;
  /** Of directions only: differences and the control are not tested. */
  readonly chance: DirectionChance | null;
  /** Numbers of tokens that two concepts have in common. */
  readonly sharedTokens: Matrix;
}

const whats: Readonly<Record<OneMap, string>> = {
  directions: t('cosine of the directions'),
  differences: t('mean pairwise cosine of differences'),
  control: t('cosine of the scrambled directions'),
};

/** The chosen map, in the inner product of `geometry`. */
export function conceptMap(result: ProbeResult, geometry: Geometry, ui: UiState, kind: OneMap): ConceptMap {
  const values = valuesOf(result, geometry, ui, kind);
  return { ...values, ...inOrder(values, ownOrder(values, result, ui)) };
}

/** The directions in both inner products and after a random map, with the same concepts in the same order. */
export interface ThreeMaps {
  readonly euclidean: ConceptMap;
  /** `null` if the result has no causal inner product. */
  readonly causal: ConceptMap | null;
  readonly control: ConceptMap;
  /** The one whose values decide on the order. */
  readonly leading: ConceptMap;
}

export function threeMaps(result: ProbeResult, ui: UiState): ThreeMaps {
  const of = (product: InnerProduct, kind: OneMap) => valuesOf(result, geometryOf(result, product), ui, kind);
  const [euclidean, control] = [of('euclidean', 'directions'), of('euclidean', 'control')];
  const causal = hasCausal(result) ? of('causal', 'directions') : null;
  const leading = causal ?? euclidean;
  const orders = commonOrder(ownOrder(leading, result, ui).order, result);
  const placed = (values: MapValues, order: readonly number[]): ConceptMap => ({
    ...values,
    ...inOrder(values, { order, tree: null }),
  });
  const all = {
    euclidean: placed(euclidean, orders.euclidean),
    causal: causal && placed(causal, orders.leading),
    control: placed(control, orders.euclidean),
  };
  return { ...all, leading: all.causal ?? all.euclidean };
}

/**
 * An order of the leading map without the concepts that the Euclidean one lacks, as positions in each: differences that cancel
 * each other have no direction, and rounding can make that so in one inner product only.
 */
const commonOrder = memoizeBy(
  (order: readonly number[], { directions: { euclidean, causal } }: ProbeResult) => {
    const [leading, other] = [(causal ?? euclidean).concepts, euclidean.concepts];
    if (leading.length === other.length && leading.every((name, at) => name === other[at]))
      return { leading: order, euclidean: order };
    const both = order.filter((position) => other.includes(leading[position]!));
    return { leading: both, euclidean: both.map((position) => other.indexOf(leading[position]!)) };
  },
);

/** A map whose order is still open. */
interface MapValues extends Omit<ConceptMap, 'order' | 'tree' | 'shown'> {
  /** In the order of the result, with the signs that are shown. */
  readonly compared: Matrix;
}

function valuesOf(
  { directions: { euclidean, control } }: ProbeResult,
  { product, directions }: Geometry,
  { sign, selfPairs }: UiState,
  kind: OneMap,
): MapValues {
  const isControl = kind === 'control';
  const cosine = isControl
    ? control
    : kind === 'directions'
      ? directions.cosine
      : selfPairs
        ? withDiagonal(directions.differenceCosine, directions.differenceSelfCosine)
        : directions.differenceCosine;
  const isAbsolute = sign === 'absolute';
  const { concepts, sharedTokens } = isControl ? euclidean : directions;
  return {
    kind,
    what: whats[kind],
    ...named(isControl ? 'euclidean' : product),
    ...{ concepts, cosine, isAbsolute, sharedTokens },
    compared: isAbsolute ? absolute(cosine) : cosine,
    chance: kind === 'directions' ? directions.chance : null,
  };
}

function named(product: InnerProduct) {
  return { productId: product, product: productName(product) };
}

function ownOrder({ compared, concepts }: MapValues, result: ProbeResult, ui: UiState): RowsInOrder {
  return orderOf(rowsOf(compared)(concepts, result), ui.conceptOrder);
}

function inOrder({ compared }: MapValues, { order, tree }: RowsInOrder) {
  return { order, tree, shown: reordered(compared, order) };
}

const rowsOf = memoize((similarity: Matrix) =>
  memoizeBy((names: readonly string[], { concepts }: ProbeResult): OrderedRows => {
    const kept = new Map(concepts.map((concept) => [concept.name, concept.kept]));
    return {
      names,
      sizes: names.map((name) => kept.get(name) ?? 0),
      values: rowMeans(similarity),
      similarity,
    };
  }),
);

const withDiagonal = memoizeBy((source: Matrix, diagonal: Float64Array): Matrix => {
  const data = Float64Array.from(source.data);
  diagonal.forEach((value, index) => {
    data[index * source.columns + index] = value;
  });
  return matrix(source.rows, source.columns, data);
});

const absolute = memoize(({ rows, columns, data }: Matrix): Matrix =>
  matrix(rows, columns, Float64Array.from(data, Math.abs)),
);
