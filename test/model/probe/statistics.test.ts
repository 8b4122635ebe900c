import assert from 'node:assert/strict';
import { innerProducts, type ConceptGeometry, type Spread } from '../../../src/protocol/geometryResult';
import type { ProbeResult, ProbeSettings } from '../../../src/protocol/probeResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { near, plainOrders } from '../../unit/support/plainMath';
import { plainDot, plainProduct } from '../support/plainCovariance';
import { plainConcept, plainGram } from '../support/plainGeometry';
import { plainDifference } from '../support/plainModel';
import { realProbe, type RealProbe } from '../support/realProbes';

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
const sdOf = (values: Float64Array): number => {
  const mean = sum(values) / values.length;
  return Math.sqrt(values.reduce((all, value) => all + (value - mean) ** 2, 0) / values.length);
};

describe('the statistics of the built-in model', () => {
  let real: RealProbe;
  before(async function () {
    real = await realProbe('stories15M');
  });

  const probe = (settings: Partial<ProbeSettings>, concepts = real.concepts): Promise<ProbeResult> => {
    const { folder: model, tokens } = real;
    const all = { ...defaultProbeSettings, ...settings };
    return real.methods.probe({ model, concepts, tokens, seed: 1, settings: all }, () => undefined);
  };

  /** ⟨γ(y), direction⟩ of every token y, in one of the products. */
  function scoresOf(concept: number, isCausal: boolean): Float64Array {
    const { model, differences, own } = real;
    const total = new Float64Array(model.hidden);
    for (const i of own[concept]!) differences[i]!.forEach((value, j) => (total[j]! += value));
    const image = isCausal ? plainProduct(model.inverse, total) : total;
    const length = Math.sqrt(plainDot(total, image));
    return Float64Array.from({ length: model.vocab }, (_, id) => {
      const row = model.rows.subarray(id * model.hidden, (id + 1) * model.hidden);
      return plainDot(row, image) / length;
    });
  }

  for (const product of innerProducts) {
    it(`compare with random pairs in agreement with all tokens' scores, ${product}`, () => {
      for (const index of [0, 5, 7]) {
        const { random, norms, leaveOneOut } = real.result.concepts[index]![product]!;
        const { projection, cosine, normMatched, pairs, tokens } = random!;
        const sd = Math.SQRT2 * sdOf(scoresOf(index, product === 'causal'));
        assert.ok(Math.abs(projection.sd / sd - 1) < 0.05, `${projection.sd} is not ${sd}`);
        assert.deepEqual([pairs, tokens], [100_000, 32_000]);
        const total = ({ histogram }: Spread): number => sum(histogram.counts);
        assert.deepEqual([total(projection), total(cosine)], [100_000, 100_000]);
        // Fewer than a thousand per pair only if hardly any random difference is as long.
        assert.ok(total(normMatched!) > 500 * norms.length && total(normMatched!) <= 1000 * norms.length);
        for (const spread of [projection, cosine]) {
          assert.ok(Math.abs(spread.mean) < (5 * spread.sd) / Math.sqrt(pairs), `${spread.mean}`);
          assert.equal(spread.histogram.from, -spread.histogram.to);
        }
        const reach = Math.max(...leaveOneOut.projections.map(Math.abs));
        assert.ok(projection.histogram.to >= reach, 'the own pairs are on the histogram');
        assert.ok(cosine.histogram.to <= 1.001);
      }
    });

    it(`have the random cosines of plain loops over other pairs, ${product}`, () => {
      const { model } = real;
      const scores = scoresOf(0, product === 'causal');
      // Few pairs, because causal norms take time.
      const cosines = Float64Array.from({ length: 1500 }, (_, i) => {
        const [a, b] = [(i * 7919 + 13) % model.vocab, (i * 104_729 + 17) % model.vocab];
        const delta = plainDifference(model, a, b);
        const image = product === 'causal' ? plainProduct(model.inverse, delta) : delta;
        return (scores[b]! - scores[a]!) / Math.sqrt(plainDot(delta, image));
      });
      const { sd } = real.result.concepts[0]![product]!.random!.cosine;
      assert.ok(Math.abs(sd / sdOf(cosines) - 1) < 0.1, `${sd} is not ${sdOf(cosines)}`);
    });

    it(`detect concepts in their pairs, and none in the same words shuffled, ${product}`, async () => {
      const shuffled = real.concepts.map(({ name, pairs }) => ({
        name,
        pairs: pairs.map(({ base }, i) => ({ base, target: pairs[(i + 5) % pairs.length]!.target })),
      }));
      const { concepts } = await probe({ products: ['euclidean', 'causal'], randomPairs: 0 }, shuffled);
      const p = (geometry: ConceptGeometry | null): number => geometry!.permutation!.p;
      const named = ['male → female', 'singular → plural', 'verb → past', 'verb → -ing'];
      for (const name of named) {
        const index = real.concepts.findIndex((concept) => concept.name === name);
        assert.ok(p(real.result.concepts[index]![product]) < 0.001, name);
        assert.ok(p(concepts[index]![product]) > 0.05, `${name}, shuffled: ${p(concepts[index]![product])}`);
      }
    });

    it(`correct p for the number of concepts, ${product}`, () => {
      const tests = real.result.concepts.map((concept) => concept[product]!.permutation!);
      const sorted = [...tests].sort((a, b) => a.p - b.p);
      sorted.forEach(({ q }, i) => {
        // Benjamini & Hochberg: the minimum of p·m/rank over this and higher ranks.
        const expected = Math.min(...sorted.slice(i).map(({ p }, j) => (p * sorted.length) / (i + j + 1)));
        near(q, Math.min(1, expected), 1e-12);
      });
      assert.ok(tests.every(({ p, q }) => q >= p));
      assert.ok(tests.every(({ resolution, p }) => resolution === 1 / 10_001 && p >= resolution));
    });

    it(`enumerate all pairings of few words, ${product}`, async () => {
      const few = { name: 'few', pairs: ['king/queen', 'man/woman', 'boy/girl', 'son/daughter'].map(pairOf) };
      const [concept] = (await probe({ randomPairs: 0 }, [few])).concepts;
      const kept = concept!.pairs.map(({ baseIds, targetIds }) => [baseIds[0]!, targetIds[0]!] as const);
      const inverse = product === 'causal' ? real.model.inverse : null;
      const means = plainOrders(4).map((order) => {
        const deltas = kept.map(([base], i) => plainDifference(real.model, base, kept[order[i]!]![1]));
        const { cosines } = plainConcept(plainGram(deltas, inverse), [0, 1, 2, 3]);
        return cosines.reduce((a, b) => a + b, 0);
      });
      const given =
        means[plainOrders(4).findIndex((order) => order.every((target, base) => target === base))]!;
      const reaching = means.filter((mean) => mean >= given - 1e-9).length;
      const { p, exact, permutations, resolution, pairs } = concept![product]!.permutation!;
      near(p, reaching / 24, 1e-12);
      assert.deepEqual([exact, permutations, resolution, pairs], [true, 24, 1 / 24, 4]);
    });
  }

  it('have the mean inside its interval', () => {
    for (const concept of real.result.concepts) {
      for (const product of innerProducts) {
        const { mean, interval } = concept[product]!.leaveOneOut;
        assert.ok(interval!.low < mean! && mean! < interval!.high, concept.name);
        assert.deepEqual([interval!.level, interval!.resamples], [0.95, 2000]);
      }
    }
  });

  it('include nothing that was not requested', async () => {
    const off = { randomPairs: 0, permutations: 0, bootstrap: 0, products: ['euclidean'] } as const;
    const { concepts, directions, covariance, settings } = await probe(off);
    assert.deepEqual(settings, { ...defaultProbeSettings, ...off });
    assert.deepEqual([covariance, directions.causal, directions.euclidean.chance], [null, null, null]);
    concepts.forEach(({ euclidean, causal }, index) => {
      assert.equal(causal, null);
      assert.deepEqual([euclidean.random, euclidean.permutation], [null, null]);
      assert.equal(euclidean.leaveOneOut.interval, null);
      const { cosines } = real.result.concepts[index]!.euclidean.leaveOneOut;
      assert.deepEqual(euclidean.leaveOneOut.cosines, cosines);
    });
  });

  it('have a control that keeps the Euclidean cosines up to noise', () => {
    const { control, euclidean } = real.result.directions;
    const n = euclidean.concepts.length;
    assert.deepEqual([control.rows, control.columns], [n, n]);
    for (let i = 0; i < n; i++) {
      near(control.data[i * n + i]!, 1, 1e-12);
      for (let j = 0; j < n; j++) {
        assert.equal(control.data[i * n + j], control.data[j * n + i]);
        near(control.data[i * n + j]!, euclidean.cosine.data[i * n + j]!, 5 / Math.sqrt(288));
      }
    }
  });

  it('test directions against random concepts of their sizes', () => {
    for (const product of innerProducts) {
      const { cosine, chance, concepts, sharedTokens } = real.result.directions[product]!;
      const { p, q, quantile95, resolution } = chance!;
      const n = concepts.length;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const at = i * n + j;
          if (i === j) assert.deepEqual([p.data[at], q.data[at]], [NaN, NaN]);
          else {
            assert.ok(p.data[at]! >= resolution && p.data[at]! <= q.data[at]! && q.data[at]! <= 1);
            // Both say whether the cosine is among the largest 5 %.
            const isFar = Math.abs(cosine.data[at]!) > quantile95.data[at]!;
            assert.ok(isFar ? p.data[at]! < 0.0502 : p.data[at]! > 0.0498, `${p.data[at]!}`);
          }
        }
      }
      // In the causal product all dimensions have equal weight: normal with a standard deviation of 1/√288. A few dimensions
      // dominate the Euclidean one.
      const expected = product === 'causal' ? 1.96 / Math.sqrt(288) : 0.88;
      quantile95.data.forEach((value, at) => {
        if (Number.isNaN(value)) return;
        if (sharedTokens.data[at] === 0) assert.ok(Math.abs(value / expected - 1) < 0.1, `${value}`);
        // Shared words make directions similar.
        else if (product === 'causal') assert.ok(value > 1.5 * expected, `${value}`);
      });
      const at = (first: string, second: string): number =>
        concepts.indexOf(first) * n + concepts.indexOf(second);
      assert.equal(sharedTokens.data[at('verb → past', 'verb → -ing')], 7);
    }
  });
});

function pairOf(text: string): { base: string; target: string } {
  const [base, target] = text.split('/') as [string, string];
  return { base, target };
}
