import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Concept } from '../../../src/concepts/concept';
import { innerProducts, type ConceptGeometry, type InnerProduct } from '../../../src/protocol/geometryResult';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { numbers } from '../support/headForms';
import type { SmallHead } from '../support/smallModel';
import { smallProbe, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

const sizes = [8, 5, 3];
const worlds = fc.record({
  hidden: fc.integer({ min: 6, max: 40 }),
  more: fc.integer({ min: 60, max: 200 }),
  seed: fc.integer({ min: 1, max: 1000 }),
});

/** A few small vocabularies with random concepts. */
async function forAll(
  check: (head: SmallHead, concepts: Concept[], seed: number) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(worlds, ({ hidden, more, seed }) => {
    const vocab = 3 * hidden + more;
    return check(someHead(vocab, hidden), someConcepts(vocab, sizes, seed), seed);
  });
  await fc.assert(property, { numRuns: 5, seed: 12 });
}

const geometry = (concept: ProbeResult['concepts'][number], product: InnerProduct): ConceptGeometry =>
  concept[product]!;

/** All cosines of a result in one product: pairwise, leave-one-out, and between directions. */
function cosinesOf(result: ProbeResult, product: InnerProduct): number[] {
  return [
    ...result.concepts.flatMap((concept) => {
      const { pairwise, leaveOneOut, withDirection, meanCosine } = geometry(concept, product);
      return [meanCosine!, ...pairwise.data, ...leaveOneOut.cosines, ...withDirection];
    }),
    ...result.directions[product]!.cosine.data,
    ...result.directions[product]!.differenceCosine.data,
  ];
}

function normsOf(result: ProbeResult, product: InnerProduct): number[] {
  return result.concepts.flatMap((concept) => {
    const { norms, leaveOneOut } = geometry(concept, product);
    return [...norms, ...leaveOneOut.projections];
  });
}

function furthest(a: readonly number[], b: readonly number[]): number {
  assert.equal(a.length, b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

function below(distance: number, limit: number): void {
  assert.ok(distance < limit, `${distance} is not below ${limit}`);
}

describe('the geometry of a small vocabulary', () => {
  it('does not change if all rows are shifted by one vector', () =>
    forAll(async (head, concepts) => {
      const rows = Array.from(head.rows, (value, at) => value + 8 + (at % head.hidden));
      const [before] = await smallProbe(head, { concepts });
      const [after] = await smallProbe({ ...head, rows }, { concepts });
      for (const product of innerProducts) {
        below(furthest(cosinesOf(before!, product), cosinesOf(after!, product)), 1e-5);
        below(furthest(normsOf(before!, product), normsOf(after!, product)), 1e-4);
        before!.concepts.forEach((concept, i) => {
          const [one, other] = [geometry(concept, product), geometry(after!.concepts[i]!, product)];
          below(Math.abs(one.random!.cosine.sd - other.random!.cosine.sd), 1e-5);
          assert.equal(one.permutation!.p, other.permutation!.p);
        });
      }
    }));

  it('keeps its causal cosines under an invertible linear map, and only those', () =>
    forAll(async (head, concepts, seed) => {
      const { hidden } = head;
      const map = numbers(hidden * hidden, seed).map(
        (value, at) => value + (at % (hidden + 1) === 0 ? 2 : 0),
      );
      const rows = Array.from(head.rows, (_, at) => {
        const [token, i] = [Math.floor(at / hidden), at % hidden];
        let sum = 0;
        for (let j = 0; j < hidden; j++) sum += map[i * hidden + j]! * head.rows[token * hidden + j]!;
        return sum;
      });
      const [before] = await smallProbe(head, { concepts });
      const [after] = await smallProbe({ ...head, rows }, { concepts });
      below(furthest(cosinesOf(before!, 'causal'), cosinesOf(after!, 'causal')), 1e-3);
      below(furthest(normsOf(before!, 'causal'), normsOf(after!, 'causal')), 1e-2);
      assert.ok(furthest(cosinesOf(before!, 'euclidean'), cosinesOf(after!, 'euclidean')) > 0.05);
    }));

  it('keeps all cosines when it is scaled, and the causal norms too', () =>
    forAll(async (head, concepts) => {
      const [before] = await smallProbe(head, { concepts });
      const [after] = await smallProbe(
        { ...head, rows: Array.from(head.rows, (value) => 7 * value) },
        { concepts },
      );
      for (const product of innerProducts)
        below(furthest(cosinesOf(before!, product), cosinesOf(after!, product)), 1e-5);
      below(furthest(normsOf(before!, 'causal'), normsOf(after!, 'causal')), 1e-4);
      const scaled = normsOf(before!, 'euclidean').map((value) => 7 * value);
      below(furthest(scaled, normsOf(after!, 'euclidean')), 1e-4);
    }));

  it('permutes with its concepts', () =>
    forAll(async (head, concepts) => {
      const order = [2, 0, 1];
      const [before, after] = await smallProbe(
        head,
        { concepts },
        { concepts: order.map((index) => concepts[index]!) },
      );
      for (const product of innerProducts) {
        order.forEach((from, to) => {
          const [one, other] = [
            geometry(before!.concepts[from]!, product),
            geometry(after!.concepts[to]!, product),
          ];
          assert.deepEqual(other.leaveOneOut, one.leaveOneOut);
          assert.deepEqual(other.pairwise, one.pairwise);
          assert.deepEqual(
            [other.permutation!.p, other.permutation!.q],
            [one.permutation!.p, one.permutation!.q],
          );
        });
        const [a, b] = [before!.directions[product]!, after!.directions[product]!];
        const moved = order.flatMap((i) => order.map((j) => a.cosine.data[i * 3 + j]!));
        below(furthest(moved, [...b.cosine.data]), 1e-12);
        below(Math.abs(a.offDiagonal!.mean - b.offDiagonal!.mean), 1e-12);
      }
    }));

  it('reverses a direction with its pairs, and nothing else', () =>
    forAll(async (head, concepts) => {
      const [first, ...others] = concepts;
      const turned = {
        ...first!,
        pairs: first!.pairs.map(({ base, target }) => ({ base: target, target: base })),
      };
      const [before, after] = await smallProbe(head, { concepts }, { concepts: [turned, ...others] });
      for (const product of innerProducts) {
        before!.concepts.forEach((concept, i) => {
          const [one, other] = [geometry(concept, product), geometry(after!.concepts[i]!, product)];
          below(furthest([...one.leaveOneOut.cosines], [...other.leaveOneOut.cosines]), 1e-9);
          below(furthest([...one.norms], [...other.norms]), 1e-9);
          below(furthest([...one.pairwise.data], [...other.pairwise.data]), 1e-9);
        });
        const signs = [-1, 1, 1];
        for (const what of ['cosine', 'differenceCosine'] as const) {
          const flipped = [...before!.directions[product]![what].data].map(
            (value, at) => value * signs[Math.floor(at / 3)]! * signs[at % 3]!,
          );
          below(furthest(flipped, [...after!.directions[product]![what].data]), 1e-6);
        }
      }
    }));
});

describe('the seed', () => {
  const withoutCached = ({ covariance, ...result }: ProbeResult) => ({
    ...result,
    covariance: { ...covariance, cached: null },
  });

  it('gives the same result bit by bit, in one engine and in two', () =>
    forAll(async (head, concepts, seed) => {
      const request = { concepts, seed };
      const [one, again] = await smallProbe(
        head,
        request,
        { concepts: concepts.slice(1), seed },
        request,
      ).then(([first, , third]) => [first!, third!]);
      const [other] = await smallProbe(head, request);
      assert.deepEqual(withoutCached(again!), withoutCached(one!));
      assert.deepEqual({ ...withoutCached(other!), model: null }, { ...withoutCached(one!), model: null });
    }));

  it('changes random numbers, but no cosine', () =>
    forAll(async (head, concepts, seed) => {
      const [one, other] = await smallProbe(head, { concepts, seed }, { concepts, seed: seed + 1 });
      for (const product of innerProducts) {
        assert.deepEqual(cosinesOf(one!, product), cosinesOf(other!, product));
        one!.concepts.forEach((concept, i) => {
          const [a, b] = [geometry(concept, product), geometry(other!.concepts[i]!, product)];
          assert.notEqual(a.random!.cosine.mean, b.random!.cosine.mean);
        });
        const [a, b] = [geometry(one!.concepts[0]!, product), geometry(other!.concepts[0]!, product)];
        assert.notDeepEqual(a.leaveOneOut.interval, b.leaveOneOut.interval);
      }
      assert.notDeepEqual(one!.directions.control, other!.directions.control);
    }));

  it('gives a concept the same random numbers whatever changes in another', () =>
    forAll(async (head, concepts, seed) => {
      const [first, second, ...rest] = concepts;
      const longer = { ...first!, pairs: [...first!.pairs, second!.pairs[0]!] };
      const [before, after] = await smallProbe(
        head,
        { concepts, seed },
        { concepts: [longer, second!, ...rest], seed },
      );
      for (const product of innerProducts) {
        assert.notEqual(before!.concepts[0]!.kept, after!.concepts[0]!.kept);
        before!.concepts.slice(1).forEach((concept, i) => {
          const [one, other] = [geometry(concept, product), geometry(after!.concepts[i + 1]!, product)];
          assert.equal(other.permutation?.p, one.permutation?.p);
          assert.deepEqual(other.leaveOneOut, one.leaveOneOut);
          assert.deepEqual(other.random, one.random);
        });
      }
    }));
});
