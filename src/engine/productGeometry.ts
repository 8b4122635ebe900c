import { conceptDirection } from '../geometry/conceptDirection';
import { differences, type RowPair } from '../geometry/differences';
import { benjaminiHochberg } from '../geometry/falseDiscoveryRate';
import { matrix, row, stack, type Matrix } from '../geometry/matrix';
import { describeDifferences } from '../geometry/parallelism';
import type { Algebra } from '../model/algebra/algebra';
import type { ConceptGeometry, DirectionGeometry } from '../protocol/geometryResult';
import type { ProbeSettings } from '../protocol/probeResult';
import type { Baseline } from './baseline';
import { conceptGeometry, type ConceptRows } from './conceptGeometry';
import { directionGeometry, type ConceptSummary } from './directionGeometry';
import { meanRows } from './meanRows';
import type { RowSource } from './rowSource';

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

/** What stays of a concept when it is measured. */
export interface MeasuredConcept {
  readonly geometry: ConceptGeometry;
  readonly summary: ConceptSummary;
}

/** What was measured before, by key: a concept that did not change is not measured again. */
export type MeasuredConcepts = Map<string, MeasuredConcept>;

/** Rows of U for the words of all concepts. */
export interface ProbedWords {
  /** Token ids of each word: its row is their mean. */
  readonly lists: readonly (readonly number[])[];
  /** `[words, hidden]`, as they are in U. */
  readonly raw: Matrix;
}

/** @param onConcept told before each concept is compared */
export async function productGeometry(
  source: RowSource,
  words: ProbedWords,
  concepts: readonly NamedPairs[],
  { settings, seed }: { readonly settings: ProbeSettings; readonly seed: number },
  { algebra, baseline, known }: ProductContext,
  onConcept: (index: number) => void,
): Promise<ProductGeometry> {
  const keyOf = ({ key }: NamedPairs): string => JSON.stringify([key, seed, settings]);
  const measured = new Map(concepts.map((concept) => [concept, known.get(keyOf(concept))]));
  const fresh = concepts.filter((concept) => !measured.get(concept));
  const rows = await conceptRows(source, words, fresh, settings);
  const directions = stack(
    rows.map(({ direction }) => direction),
    words.raw.columns,
  );
  const scores = baseline && (await algebra.multiply(directions, baseline.rows));
  for (const [index, concept] of rows.entries()) {
    onConcept(concepts.indexOf(fresh[index]!));
    const chance = baseline && scores && { baseline, scores: new Float64Array(row(scores, index)) };
    const geometry = await conceptGeometry(concept, settings, seed, algebra, chance);
    const { description, direction, deltas } = concept;
    measured.set(fresh[index]!, { geometry, summary: { description, direction, pairs: deltas.rows } });
  }
  const all = concepts.map((concept) => ({ ...measured.get(concept)!, name: concept.name }));
  // Of the last probe only: maps of large concepts are large.
  known.clear();
  concepts.forEach((concept, index) => {
    known.set(keyOf(concept), all[index]!);
  });
  const summaries = all.map(({ summary, name }) => ({ ...summary, name }));
  return {
    concepts: withRates(all.map(({ geometry }) => geometry)),
    directions: await directionGeometry(summaries, { seed, settings }, baseline, algebra),
  };
}

/** What the work is done with. */
export interface ProductContext {
  readonly algebra: Algebra;
  /** `null`: nothing is compared with chance. */
  readonly baseline: Baseline | null;
  readonly known: MeasuredConcepts;
}

/** All at once: a whole batch costs little more than one row. */
async function conceptRows(
  source: RowSource,
  { lists, raw }: ProbedWords,
  concepts: readonly NamedPairs[],
  { direction: choice }: ProbeSettings,
): Promise<ConceptRows[]> {
  if (concepts.length === 0) return [];
  const mapped = await meanRows(source, lists);
  const all = await source.mapped(
    differences(
      raw,
      concepts.flatMap(({ pairs }) => pairs),
    ),
  );
  let first = 0;
  return concepts.map(({ key, pairs }) => {
    const { columns } = all;
    const deltas = matrix(
      pairs.length,
      columns,
      all.data.subarray(first * columns, (first += pairs.length) * columns),
    );
    return {
      key,
      words: mapped,
      pairs,
      deltas,
      description: describeDifferences(deltas),
      direction: conceptDirection(deltas, choice),
    };
  });
}

/** Benjamini–Hochberg over all concepts that were tested. */
function withRates(concepts: readonly ConceptGeometry[]): ConceptGeometry[] {
  const rates = benjaminiHochberg(concepts.map(({ permutation }) => permutation?.p ?? NaN));
  return concepts.map((concept, index) => ({
    ...concept,
    permutation: concept.permutation && { ...concept.permutation, q: rates[index]! },
  }));
}
