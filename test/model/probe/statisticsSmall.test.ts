import assert from 'node:assert/strict';
import { directionChoices } from '../../../src/geometry/conceptDirection';
import { innerProducts } from '../../../src/protocol/geometryResult';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { near } from '../../unit/support/plainMath';
import { numbers } from '../support/headForms';
import { plainCovariance, plainDot, plainInverse } from '../support/plainCovariance';
import { plainGram } from '../support/plainGeometry';
import type { SmallHead } from '../support/smallModel';
import { conceptOf, smallProbe, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

type Pairs = readonly (readonly [number, number])[];

/** Every number of a result, at any depth. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

function differencesOf({ rows, hidden }: SmallHead, pairs: Pairs): Float64Array[] {
  return pairs.map(([base, target]) =>
    Float64Array.from({ length: hidden }, (_, j) => rows[target * hidden + j]! - rows[base * hidden + j]!),
  );
}

/** ⟨δᵢ, direction⟩/‖δᵢ‖ for each way to compute the direction Σ wⱼδⱼ. */
function plainWithDirection(
  gram: readonly Float64Array[],
  choice: (typeof directionChoices)[number],
): number[] {
  let weights = gram.map((line, i) => (choice === 'mean' ? 1 : 1 / Math.sqrt(line[i]!)));
  if (choice === 'principal') {
    for (let step = 0; step < 3000; step++) {
      const next = gram.map((line) => plainDot(line, weights));
      const length = Math.sqrt(plainDot(next, next));
      weights = next.map((value) => value / length);
    }
  }
  const withSum = gram.map((line) => plainDot(line, weights));
  const length = Math.sqrt(plainDot(withSum, weights));
  const sign = choice === 'principal' && withSum.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
  return gram.map((line, i) => (sign * withSum[i]!) / length / Math.sqrt(line[i]!));
}

describe('the choice of direction', () => {
  const head = someHead(300, 20);
  const pairs: Pairs = Array.from({ length: 12 }, (_, i) => [i, 100 + 3 * i]);
  const shared = numbers(20, 5).map((value) => Math.round(value * 2048) / 1024);
  // A concept in the rows: all targets share a vector, with different weights.
  const rows = Array.from(head.rows, (value, at) => {
    const token = Math.floor(at / 20);
    return value + (token >= 100 && token < 140 ? shared[at % 20]! * (1 + (token % 2)) : 0);
  });
  const concepts = [conceptOf('shared', pairs), ...someConcepts(300, [6], 2)];
  const inverse = plainInverse(plainCovariance(rows, 20).covariance);

  for (const choice of directionChoices) {
    it(`${choice}: agrees with plain loops, and every number is defined`, async () => {
      const settings = { direction: choice, randomPairs: 1000 };
      const [result] = await smallProbe({ ...head, rows }, { concepts, settings });
      for (const product of innerProducts) {
        const gram = plainGram(
          differencesOf({ ...head, rows }, pairs),
          product === 'causal' ? inverse : null,
        );
        const { withDirection, leaveOneOut, random } = result!.concepts[0]![product]!;
        plainWithDirection(gram, choice).forEach((expected, i) => {
          near(withDirection[i]!, expected, 1e-5);
          const others = pairs.map((_, j) => j).filter((j) => j !== i);
          const rest = others.map((a) => Float64Array.from(others, (b) => gram[a]![b]!));
          // The left-out difference is appended as one that does not contribute to the direction.
          near(leaveOneOut.cosines[i]!, plainLeftOut(gram, rest, i, others, choice), 1e-5);
        });
        assert.ok(random!.cosine.sd > 0);
      }
      const { concepts: about, directions } = result!;
      const chance = [directions.euclidean.chance, directions.causal!.chance];
      const defined = { about, directions: { ...directions, euclidean: null, causal: null }, chance: null };
      assert.ok(numbersOf(defined).every(Number.isFinite));
      // Directions of random concepts are sums, which principal directions cannot be compared with.
      if (choice === 'principal') assert.deepEqual(chance, [null, null]);
      else assert.ok(chance.every((test) => test!.p.data[1]! > 0));
      assert.equal(result!.settings.direction, choice);
    });
  }

  it('changes the direction', async () => {
    const requests = directionChoices.map((direction) => ({ concepts, settings: { direction } }));
    const results = await smallProbe({ ...head, rows }, ...requests);
    const cosines = results.map((result) => result.directions.euclidean.cosine.data[1]!);
    assert.equal(new Set(cosines.map((value) => value.toFixed(6))).size, 3);
  });
});

function plainLeftOut(
  gram: readonly Float64Array[],
  rest: readonly Float64Array[],
  own: number,
  others: readonly number[],
  choice: (typeof directionChoices)[number],
): number {
  let weights = others.map((j) => (choice === 'mean' ? 1 : 1 / Math.sqrt(gram[j]![j]!)));
  for (let step = 0; choice === 'principal' && step < 3000; step++) {
    const next = rest.map((line) => plainDot(line, weights));
    const length = Math.sqrt(plainDot(next, next));
    weights = next.map((value) => value / length);
  }
  const images = rest.map((line) => plainDot(line, weights));
  const sign = choice === 'principal' && images.reduce((a, b) => a + b, 0) < 0 ? -1 : 1;
  const withOwn = others.reduce((sum, j, i) => sum + gram[own]![j]! * weights[i]!, 0);
  return (sign * withOwn) / Math.sqrt(plainDot(images, weights)) / Math.sqrt(gram[own]![own]!);
}

describe('more than a thousand pairs', () => {
  const head = someHead(1500, 20);
  const pairs: Pairs = Array.from({ length: 2300 }, (_, i) => [
    i % 1500,
    (i * 7 + 3 + Math.floor(i / 1500)) % 1500,
  ]);
  let result: ProbeResult;
  before(async () => {
    [result] = (await smallProbe(head, { concepts: [conceptOf('many', pairs)] })) as [ProbeResult];
  });

  for (const product of innerProducts) {
    it(`are shown by means over blocks, in agreement with plain loops, ${product}`, () => {
      const [concept] = result.concepts;
      const kept = concept!.kept;
      assert.ok(kept > 2200, `${kept} pairs kept`);
      const { pairwise, pairsPerCell, effectiveRank, permutation, leaveOneOut } = concept![product]!;
      const cells = Math.ceil(kept / 3);
      assert.deepEqual([pairsPerCell, pairwise.rows, pairwise.columns], [3, cells, cells]);
      assert.equal(effectiveRank, null);
      assert.equal(permutation!.pairs, 1000);
      assert.equal(leaveOneOut.cosines.length, kept);
      const inverse = product === 'causal' ? plainInverse(plainCovariance(head.rows, 20).covariance) : null;
      const ids = concept!.pairs.filter(({ status }) => status === 'kept');
      const blockOf = (cell: number): Float64Array[] =>
        differencesOf(
          head,
          ids
            .slice(3 * cell, 3 * cell + 3)
            .map(({ baseIds, targetIds }) => [baseIds[0]!, targetIds[0]!] as const),
        );
      for (const [a, b] of [
        [0, 0],
        [0, 1],
        [5, cells - 1],
        [cells - 1, cells - 1],
        [400, 30],
      ] as const) {
        const [first, second] = [blockOf(a), blockOf(b)];
        const gram = plainGram([...first, ...second], inverse);
        const cosines = first.flatMap((_, i) =>
          second.flatMap((_difference, k) => {
            const j = first.length + k;
            return a === b && i === k ? [] : [gram[i]![j]! / Math.sqrt(gram[i]![i]! * gram[j]![j]!)];
          }),
        );
        const expected = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
        near(pairwise.data[a * cells + b]!, expected, 1e-5);
      }
    });
  }
});

describe('vocabularies with nearly equal tokens', () => {
  const finite = (result: ProbeResult): void => {
    for (const concept of result.concepts) {
      for (const product of result.settings.products) {
        const { random } = concept[product]!;
        assert.ok(numbersOf(random).every(Number.isFinite), JSON.stringify(random).slice(0, 300));
        assert.ok(random!.cosine.sd < 1 && random!.cosine.histogram.to <= 1.001);
      }
    }
  };

  it('have defined random cosines: duplicate rows', async () => {
    const head = someHead(12_000, 120);
    const rows = Array.from(head.rows, (_, at) => {
      const token = Math.floor(at / 120);
      return head.rows[(token % 2 === 0 ? token : token % 50) * 120 + (at % 120)]!;
    });
    const concepts = someConcepts(12_000, Array<number>(16).fill(4), 3);
    const settings = { permutations: 0, bootstrap: 0, randomPairs: 20_000 };
    const [result] = await smallProbe({ ...head, rows }, { concepts, settings });
    finite(result!);
  });

  it('have defined random cosines: untrained rows of a wide head', async () => {
    const [vocab, hidden] = [400, 1300];
    const [words, common, noise] = [
      someHead(vocab, hidden).rows,
      numbers(hidden, 8),
      numbers(vocab * hidden, 9),
    ];
    const rows = Array.from(words, (value, at) =>
      // Nearly equal: squared lengths and products in single precision cannot distinguish them.
      at < 200 * hidden ? value : 4 * common[at % hidden]! + 1e-3 * noise[at]!,
    );
    const concepts = someConcepts(200, [6, 8], 4);
    const settings = { permutations: 0, bootstrap: 0, randomPairs: 20_000, products: ['euclidean'] } as const;
    const [result] = await smallProbe({ vocab, hidden, rows }, { concepts, settings });
    finite(result!);
  });
});
