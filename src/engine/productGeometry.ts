import type { RowPair } from '../geometry/differences';
import { benjaminiHochberg } from '../geometry/falseDiscoveryRate';
import { row, stack } from '../geometry/matrix';
import type { TokenWeights } from '../geometry/sharing';
import type { ConceptGeometry, DirectionGeometry } from '../protocol/geometryResult';
import type { Baseline } from './baseline';
import { comparedConcept, hasDirection, intervalOf, measureConcept } from './conceptGeometry';
import { directionGeometry } from './directionGeometry';
import { pairingChoice, pairingTest } from './pairingTest';
import type { PairVectors } from './pairVectors';
import type { ProductContext } from './productContext';
import { partKeys, type PartKeys } from './productMemory';
import { randomComparer } from './randomComparison';
import type { RowSource } from './rowSource';

/** A concept's kept pairs as rows of a matrix of words. */
export interface NamedPairs {
  readonly name: string;
  readonly pairs: readonly RowPair[];
  /** The same by tokens. */
  readonly differences: readonly TokenWeights[];
  /** The tokens of the pairs: the same for the same rows, whatever the concept is called. */
  readonly key: string;
}

/** All concepts in one inner product. */
export interface ProductGeometry {
  readonly concepts: readonly ConceptGeometry[];
  readonly directions: DirectionGeometry;
}

interface KeyedConcept extends NamedPairs {
  readonly keys: PartKeys;
}

/**
 * @param vectors of the concepts' pairs
 * @param onConcept told before each concept is compared
 */
export async function productGeometry(
  source: RowSource,
  vectors: PairVectors,
  named: readonly NamedPairs[],
  context: ProductContext,
  onConcept: (index: number) => void,
): Promise<ProductGeometry> {
  const { settings, seed, baseline, memory } = context;
  const concepts = named.map((concept) => ({ ...concept, keys: partKeys(concept.key, settings, seed) }));
  await measure(source, vectors, concepts, context, onConcept);
  if (baseline) await compare(concepts, context, baseline);
  const summaries = concepts.map(({ name, differences, keys }) => ({
    ...memory.measured.get(keys.measured)!.summary,
    name,
    differences,
  }));
  return {
    concepts: withRates(concepts.map((concept) => assembled(concept, context))),
    directions: await directionGeometry(summaries, context),
  };
}

/** What needs the concepts' rows, of those that changed since the last probe. */
async function measure(
  source: RowSource,
  vectors: PairVectors,
  concepts: readonly KeyedConcept[],
  { settings, seed, algebra, memory }: ProductContext,
  onConcept: (index: number) => void,
): Promise<void> {
  const isTested = ({ pairs }: NamedPairs): boolean => settings.permutations > 0 && pairs.length > 1;
  const wanted = concepts
    .map((concept, index) => ({
      ...concept,
      index,
      isNew: memory.measured.get(concept.keys.measured) === undefined,
      choice:
        isTested(concept) && memory.permutations.get(concept.keys.permutations) === undefined
          ? pairingChoice(concept.pairs.length, concept.key, seed)
          : null,
    }))
    .filter(({ isNew, choice }) => isNew || choice);
  const mapped = await vectors.mapped(source, wanted);
  for (const [i, { index, keys, isNew, choice }] of wanted.entries()) {
    onConcept(index);
    const { deltas, bases } = mapped[i]!;
    if (isNew) memory.measured.set(keys.measured, await measureConcept(deltas, settings.direction, algebra));
    if (!choice || !bases) continue;
    const test = await pairingTest(choice, bases, deltas, settings.permutations, algebra);
    memory.permutations.set(keys.permutations, test);
  }
}

/** All directions at once on the baseline's rows. */
async function compare(
  concepts: readonly KeyedConcept[],
  { algebra, memory }: ProductContext,
  baseline: Baseline,
): Promise<void> {
  const wanted = concepts
    .map(({ keys }) => ({ keys, measured: memory.measured.get(keys.measured)! }))
    .filter(({ keys, measured }) => hasDirection(measured) && !memory.random.get(keys.random));
  const directions = wanted.map(({ measured }) => measured.summary.direction);
  const scores = await algebra.multiply(stack(directions, baseline.rows.columns), baseline.rows);
  const comparison = randomComparer(baseline);
  wanted.forEach(({ keys, measured }, index) => {
    const own = new Float64Array(row(scores, index));
    memory.random.set(keys.random, comparison(comparedConcept(measured, own)));
  });
}

function assembled(
  { key, keys }: KeyedConcept,
  { settings, seed, baseline, memory }: ProductContext,
): ConceptGeometry {
  const measured = memory.measured.get(keys.measured)!;
  let interval = memory.intervals.get(keys.intervals);
  if (interval === undefined) {
    interval = intervalOf(measured, settings, key, seed);
    memory.intervals.set(keys.intervals, interval);
  }
  return {
    ...measured.geometry,
    leaveOneOut: { ...measured.geometry.leaveOneOut, interval },
    random: (baseline && memory.random.get(keys.random)) ?? null,
    permutation: (settings.permutations > 0 ? memory.permutations.get(keys.permutations) : null) ?? null,
  };
}

/** Benjamini–Hochberg over all concepts that were tested. */
function withRates(concepts: readonly ConceptGeometry[]): ConceptGeometry[] {
  const rates = benjaminiHochberg(concepts.map(({ permutation }) => permutation?.p ?? NaN));
  return concepts.map((concept, index) => ({
    ...concept,
    permutation: concept.permutation && { ...concept.permutation, q: rates[index]! },
  }));
}
