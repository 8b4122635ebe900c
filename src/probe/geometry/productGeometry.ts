import { benjaminiHochberg } from '../../geometry/falseDiscoveryRate';
import type { BootstrapInterval } from '../../geometry/bootstrapInterval';
import type {
  ConceptGeometry,
  DirectionGeometry,
  PermutationTest,
  RandomComparison,
} from '../../protocol/geometryResult';
import type { Baseline } from './baseline';
import { hasDirection, intervalOf, measureConcept, type MeasuredConcept } from './conceptGeometry';
import { compareDirections } from './directionComparison';
import { directionGeometry } from './directionGeometry';
import { pairingChoice, pairingTest, type PairingChoice, type PairingOutcome } from './pairingTest';
import { testedWords, type PairVectors, type WantedPairs } from './pairVectors';
import type { ProductContext } from './productContext';
import { partKeys, type PartKeys } from './productMemory';
import { compareWithRandom } from './randomComparison';
import type { RowSource } from '../rowSource';
import type { NamedPairs } from '../words/wordRows';

/** All concepts in one inner product. */
export interface ProductGeometry {
  readonly concepts: readonly ConceptGeometry[];
  readonly directions: DirectionGeometry;
}

interface KeyedConcept extends NamedPairs {
  readonly keys: PartKeys;
}

/** Numbers that depend only on a concept's own vectors. */
export interface OwnNumbers {
  readonly measured: MeasuredConcept;
  readonly interval: BootstrapInterval | null;
  readonly test: PairingOutcome | null;
}

interface NeededVectors {
  readonly choice: PairingChoice | null;
  readonly vectors: WantedPairs | null;
}

/** All concepts in one inner product. Everything that needs no random numbers is available long before the rest. */
export class ProductProbe {
  readonly #concepts: readonly KeyedConcept[];

  /** @param vectors of the concepts' pairs */
  constructor(
    private readonly source: RowSource,
    private readonly vectors: PairVectors,
    named: readonly NamedPairs[],
    private readonly context: ProductContext,
  ) {
    const { settings, seed } = context;
    this.#concepts = named.map((concept) => ({ ...concept, keys: partKeys(concept.key, settings, seed) }));
  }

  /** Without the comparison with chance, except for parts remembered from the last probe, and without any q. */
  async early(): Promise<ProductGeometry> {
    const { memory } = this.context;
    const measured = await this.#measured(false, () => undefined);
    const own = this.#concepts.map(({ keys }, index) => ({
      ...measured[index]!,
      test: memory.permutations.known(keys.permutations) ?? null,
    }));
    const random = this.#concepts.map(({ keys }) => memory.random.known(keys.random) ?? null);
    // A false discovery rate needs all tests, and some are not done yet.
    return this.#geometry(own, random, new Float64Array(own.length).fill(NaN), null);
  }

  /** @param onConcept called before each concept is measured and tested */
  async complete(onConcept: (index: number) => void): Promise<ProductGeometry> {
    const { permutations, randomPairs } = this.context.settings;
    const baseline = randomPairs === 0 ? null : await this.context.baseline();
    const own = await this.#measured(permutations > 0, onConcept);
    const measured = own.map((concept) => concept.measured);
    const random = baseline ? await this.#compared(measured, baseline) : own.map(() => null);
    const rates = benjaminiHochberg(own.map(({ test }) => test?.p ?? NaN));
    return this.#geometry(own, random, rates, baseline);
  }

  /** Maps, in one batch, only the vectors that the last probe's memory does not cover. */
  async #measured(withTests: boolean, onConcept: (index: number) => void): Promise<OwnNumbers[]> {
    const { settings, seed, algebra, memory } = this.context;
    const { direction, permutations } = settings;
    const needed = this.#concepts.map((concept) => this.#needed(concept, withTests));
    const mapped = await this.vectors.mapped(
      this.source,
      needed.map(({ vectors }) => vectors),
    );
    const own: OwnNumbers[] = [];
    for (const [index, { pairs, key, keys }] of this.#concepts.entries()) {
      const { choice } = needed[index]!;
      const vectors = mapped[index];
      if (vectors) onConcept(index);
      const measured = await memory.measured.get(keys.measured, () =>
        measureConcept(vectors!.deltas, direction, algebra),
      );
      const makeTest = (): Promise<PairingOutcome | null> => {
        const { tested, random } = choice!;
        return pairingTest(testedWords(vectors!, tested), { permutations, random }, algebra);
      };
      const canTest = withTests && pairs.length > 1;
      const test = canTest ? await memory.permutations.get(keys.permutations, makeTest) : null;
      const makeInterval = () => intervalOf(measured, settings, key, seed);
      const interval = await memory.intervals.get(keys.intervals, makeInterval);
      own.push({ measured, test, interval });
    }
    return own;
  }

  /** The vectors for the parts that are not remembered, `null` if all are, and the choice of pairs for a new test. */
  #needed({ pairs, key, keys }: KeyedConcept, withTests: boolean): NeededVectors {
    const { seed, memory } = this.context;
    const needsTest =
      withTests && pairs.length > 1 && memory.permutations.known(keys.permutations) === undefined;
    const choice = needsTest ? pairingChoice(pairs.length, key, seed) : null;
    const isKnown = !choice && memory.measured.known(keys.measured) !== undefined;
    return { choice, vectors: isKnown ? null : { pairs, tested: choice?.tested ?? null } };
  }

  #compared(measured: readonly MeasuredConcept[], baseline: Baseline): Promise<(RandomComparison | null)[]> {
    const { algebra, memory } = this.context;
    return memory.random.all(
      this.#concepts.map(({ keys }) => keys.random),
      (missing) =>
        compareWithRandom(
          missing.map((position) => measured[position]!),
          baseline,
          algebra,
        ),
    );
  }

  async #geometry(
    own: readonly OwnNumbers[],
    random: readonly (RandomComparison | null)[],
    rates: Float64Array,
    baseline: Baseline | null,
  ): Promise<ProductGeometry> {
    const summaries = this.#concepts.flatMap(({ name, differences }, index) => {
      const { measured } = own[index]!;
      return hasDirection(measured) ? [{ ...measured.summary, name, differences }] : [];
    });
    const directions = await directionGeometry(summaries, this.context.algebra);
    return {
      concepts: own.map((concept, index) => assembled(concept, random[index]!, rates[index]!)),
      directions: {
        ...directions,
        chance: baseline && (await compareDirections(summaries, directions, baseline, this.context)),
      },
    };
  }
}

/** @param q of the permutation tests, across all concepts */
export function assembled(
  { measured: { geometry }, interval, test }: OwnNumbers,
  random: RandomComparison | null,
  q: number,
): ConceptGeometry {
  return {
    ...geometry,
    leaveOneOut: { ...geometry.leaveOneOut, interval },
    random,
    permutation: test && withRate(test, q),
  };
}

function withRate({ pairs, ...outcome }: PairingOutcome, q: number): PermutationTest {
  return { ...outcome, q, pairs };
}
