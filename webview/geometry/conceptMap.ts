import type { ClusterTree } from '../../src/geometry/clusterTree';
import { matrix, type Matrix } from '../../src/geometry/matrix';
import type { DirectionChance } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Geometry } from './geometryOf';
import { memoize, memoizeBy } from '../charts/memoize';
import { orderOf, reordered, rowMeans, type OrderedRows } from './order';
import type { MapKind, UiState } from '../state/uiState';

/** Concept × concept, as the reader wants it: which cosines, in which order, with or without sign. */
export interface ConceptMap {
  readonly kind: MapKind;
  /** What a cell is: "cosine of the directions". */
  readonly what: string;
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

const whats: Readonly<Record<MapKind, string>> = {
  directions: 'cosine of the directions',
  differences: 'mean cosine between differences',
  control: 'cosine of the scrambled directions',
};

export function conceptMap(result: ProbeResult, geometry: Geometry, ui: UiState): ConceptMap {
  const { map: kind, selfPairs } = ui;
  const { euclidean, control } = result.directions;
  const { directions } = geometry;
  const isControl = kind === 'control';
  const cosine = isControl
    ? control
    : kind === 'directions'
      ? directions.cosine
      : selfPairs
        ? withDiagonal(directions.differenceCosine, directions.differenceSelfCosine)
        : directions.differenceCosine;
  const isAbsolute = ui.sign === 'absolute';
  const compared = isAbsolute ? absolute(cosine) : cosine;
  const { concepts } = isControl ? euclidean : directions;
  const { order, tree } = orderOf(rowsOf(compared)(concepts, result), ui.conceptOrder);
  return {
    kind,
    what: whats[kind],
    product: isControl ? 'Euclidean' : geometry.name,
    concepts,
    cosine,
    order,
    tree,
    isAbsolute,
    shown: reordered(compared, order),
    chance: kind === 'directions' ? directions.chance : null,
    sharedTokens: (isControl ? euclidean : directions).sharedTokens,
  };
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
