import { benjaminiHochberg } from '../geometry/falseDiscoveryRate';
import { row, stack } from '../geometry/matrix';
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
import type { NamedPairs } from './wordRows';

/** All concepts in one inner product. */
export interface ProductGeometry {
  readonly concepts: readonly ConceptGeometry[];
  readonly directions: DirectionGeometry;
}

interface KeyedConcept extends NamedPairs {
  readonly keys: PartKeys;
}

/** All concepts in one inner product. What needs no random number is known long before the rest. */
export class ProductProbe {
  readonly #concepts: readonly KeyedConcept[];

  /** @param vectors of the concepts' pairs */
  constructor(
    private readonly source: RowSource,
    private readonly vectors: PairVectors,
    named: readonly NamedPairs[],
    private readonly context: Omit<ProductContext, 'baseline'>,
  ) {
    const { settings, seed } = context;
    this.#concepts = named.map((concept) => ({ ...concept, keys: partKeys(concept.key, settings, seed) }));
  }

  /** Without the comparison with chance, but for what is remembered of the last probe; and without any q. */
  async early(): Promise<ProductGeometry> {
    await this.#measure(false, () => undefined);
    return this.#geometry(null, withoutRates);
  }

  /**
   * @param baseline `null`: nothing is compared with chance
   * @param onConcept told before each concept is measured and tested
   */
  async complete(baseline: Baseline | null, onConcept: (index: number) => void): Promise<ProductGeometry> {
    await this.#measure(this.context.settings.permutations > 0, onConcept);
    if (baseline) await compare(this.#concepts, this.context, baseline);
    return this.#geometry(baseline, withRates);
  }

  /** What needs the concepts' rows, of those that changed since the last probe. */
  async #measure(withTests: boolean, onConcept: (index: number) => void): Promise<void> {
    const { settings, seed, algebra, memory } = this.context;
    const wanted = this.#concepts
      .map((concept, index) => ({
        ...concept,
        index,
        isNew: memory.measured.get(concept.keys.measured) === undefined,
        choice:
          withTests &&
          concept.pairs.length > 1 &&
          memory.permutations.get(concept.keys.permutations) === undefined
            ? pairingChoice(concept.pairs.length, concept.key, seed)
            : null,
      }))
      .filter(({ isNew, choice }) => isNew || choice);
    const mapped = await this.vectors.mapped(this.source, wanted);
    for (const [i, { index, keys, isNew, choice }] of wanted.entries()) {
      onConcept(index);
      const { deltas, bases } = mapped[i]!;
      if (isNew)
        memory.measured.set(keys.measured, await measureConcept(deltas, settings.direction, algebra));
      if (!choice || !bases) continue;
      const test = await pairingTest(choice, bases, deltas, settings.permutations, algebra);
      memory.permutations.set(keys.permutations, test);
    }
  }

  async #geometry(
    baseline: Baseline | null,
    rated: (concepts: readonly ConceptGeometry[]) => ConceptGeometry[],
  ): Promise<ProductGeometry> {
    const { memory } = this.context;
    const summaries = this.#concepts.map(({ name, differences, keys }) => ({
      ...memory.measured.get(keys.measured)!.summary,
      name,
      differences,
    }));
    return {
      concepts: rated(this.#concepts.map((concept) => assembled(concept, this.context))),
      directions: await directionGeometry(summaries, { ...this.context, baseline }),
    };
  }
}

/** All directions at once on the baseline's rows. */
async function compare(
  concepts: readonly KeyedConcept[],
  { algebra, memory }: Pick<ProductContext, 'algebra' | 'memory'>,
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
  { settings, seed, memory }: Omit<ProductContext, 'baseline'>,
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
    random: (settings.randomPairs > 0 ? memory.random.get(keys.random) : null) ?? null,
    permutation: (settings.permutations > 0 ? memory.permutations.get(keys.permutations) : null) ?? null,
  };
}

/** A rate is of all tests together, and some are still to come. */
function withoutRates(concepts: readonly ConceptGeometry[]): ConceptGeometry[] {
  return concepts.map((concept) => ({
    ...concept,
    permutation: concept.permutation && { ...concept.permutation, q: NaN },
  }));
}

/** Benjamini–Hochberg over all concepts that were tested. */
function withRates(concepts: readonly ConceptGeometry[]): ConceptGeometry[] {
  const rates = benjaminiHochberg(concepts.map(({ permutation }) => permutation?.p ?? NaN));
  return concepts.map((concept, index) => ({
    ...concept,
    permutation: concept.permutation && { ...concept.permutation, q: rates[index]! },
  }));
}
