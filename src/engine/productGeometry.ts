import { conceptDirection } from '../geometry/conceptDirection';
import { differences, type RowPair } from '../geometry/differences';
import { benjaminiHochberg } from '../geometry/falseDiscoveryRate';
import { matrix, row, type Matrix } from '../geometry/matrix';
import { describeDifferences } from '../geometry/parallelism';
import type { Algebra } from '../model/algebra/algebra';
import type { ConceptGeometry, DirectionGeometry } from '../protocol/geometryResult';
import type { ProbeSettings } from '../protocol/probeResult';
import type { Baseline } from './baseline';
import { conceptGeometry, type ConceptRows } from './conceptGeometry';
import { directionGeometry } from './directionGeometry';

/** A concept's kept pairs as rows of a matrix of words. */
export interface NamedPairs {
  readonly name: string;
  readonly pairs: readonly RowPair[];
  /** The tokens of the pairs: the same for the same rows, whatever the concept is called. */
  readonly key: string;
}

/** All concepts in one inner product. */
export interface ProductGeometry {
  readonly concepts: readonly ConceptGeometry[];
  readonly directions: DirectionGeometry;
}

/** What was measured before: a concept that did not change is not measured again. */
export interface MeasuredConcepts {
  get(key: string): ConceptGeometry | undefined;
  set(key: string, geometry: ConceptGeometry): void;
}

/**
 * @param words rows of U in the inner product's coordinates
 * @param onConcept told before each concept is compared
 */
export async function productGeometry(
  words: Matrix,
  concepts: readonly NamedPairs[],
  { settings, seed }: { readonly settings: ProbeSettings; readonly seed: number },
  baseline: Baseline | null,
  algebra: Algebra,
  known: MeasuredConcepts,
  onConcept: (index: number) => void,
): Promise<ProductGeometry> {
  const rows = concepts.map(({ pairs, key }) => conceptRows(words, pairs, key, settings));
  const directions = stack(
    rows.map(({ direction }) => direction),
    words.columns,
  );
  const scores = baseline && (await algebra.multiply(directions, baseline.rows));
  const measured: ConceptGeometry[] = [];
  for (const [index, concept] of rows.entries()) {
    const key = JSON.stringify([concept.key, seed, settings]);
    const before = known.get(key);
    if (!before) onConcept(index);
    const chance = baseline && scores && { baseline, scores: new Float64Array(row(scores, index)) };
    const geometry = before ?? (await conceptGeometry(concept, settings, seed, algebra, chance));
    known.set(key, geometry);
    measured.push(geometry);
  }
  const named = rows.map((concept, index) => ({ ...concept, name: concepts[index]!.name }));
  return {
    concepts: withRates(measured),
    directions: await directionGeometry(named, seed, baseline, algebra),
  };
}

function conceptRows(
  words: Matrix,
  pairs: readonly RowPair[],
  key: string,
  { direction: choice }: ProbeSettings,
): ConceptRows {
  const deltas = differences(words, pairs);
  return {
    key,
    bases: chosen(
      words,
      pairs.map(({ base }) => base),
    ),
    targets: chosen(
      words,
      pairs.map(({ target }) => target),
    ),
    deltas,
    description: describeDifferences(deltas),
    direction: conceptDirection(deltas, choice),
  };
}

function chosen(source: Matrix, rows: readonly number[]): Matrix {
  const data = new Float32Array(rows.length * source.columns);
  rows.forEach((index, i) => {
    data.set(row(source, index), i * source.columns);
  });
  return matrix(rows.length, source.columns, data);
}

/** `[vectors, length]` */
export function stack(vectors: readonly Float64Array[], length: number): Matrix {
  const data = new Float64Array(vectors.length * length);
  vectors.forEach((vector, i) => {
    data.set(vector, i * length);
  });
  return matrix(vectors.length, length, data);
}

/** Benjamini–Hochberg over all concepts that were tested. */
function withRates(concepts: readonly ConceptGeometry[]): ConceptGeometry[] {
  const rates = benjaminiHochberg(concepts.map(({ permutation }) => permutation?.p ?? NaN));
  return concepts.map((concept, index) => ({
    ...concept,
    permutation: concept.permutation && { ...concept.permutation, q: rates[index]! },
  }));
}
