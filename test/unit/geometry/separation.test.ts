import assert from 'node:assert/strict';
import { randomSource } from '../../../src/geometry/random';
import { separation } from '../../../src/geometry/separation';

/** All pairs, one by one. */
function plainAuc(first: Float64Array, second: Float64Array): number {
  let wins = 0;
  for (const a of first) for (const b of second) wins += b > a ? 1 : b === a ? 0.5 : 0;
  return wins / (first.length * second.length);
}

function normals(count: number, mean: number, random: ReturnType<typeof randomSource>): Float64Array {
  return Float64Array.from({ length: count }, () => mean + random.gaussian());
}

describe('separation of two sets', () => {
  it('is the share of pairs in order, ties counted half', () => {
    const random = randomSource(3);
    for (let trial = 0; trial < 200; trial++) {
      const [m, n] = [1 + random.integer(20), 1 + random.integer(20)];
      const draw = (): number => random.integer(8);
      const first = Float64Array.from({ length: m }, draw);
      const second = Float64Array.from({ length: n }, draw);
      const { auc } = separation(first, second)!;
      assert.ok(Math.abs(auc.value - plainAuc(first, second)) < 1e-12);
      assert.ok(auc.low <= auc.value && auc.value <= auc.high);
    }
  });

  it('turns around with its sets, and its intervals with it', () => {
    const random = randomSource(4);
    const [first, second] = [normals(12, 0, random), normals(30, 1, random)];
    const [there, back] = [separation(first, second)!, separation(second, first)!];
    assert.ok(Math.abs(there.auc.value + back.auc.value - 1) < 1e-12);
    assert.ok(Math.abs(there.auc.low + back.auc.high - 1) < 1e-9);
    assert.ok(Math.abs(there.dPrime!.value + back.dPrime!.value) < 1e-12);
  });

  it('has an interval where the sets do not overlap', () => {
    const { auc } = separation(Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8))!;
    assert.equal(auc.value, 1);
    assert.equal(auc.high, 1);
    assert.ok(auc.low > 0.3 && auc.low < 0.9, String(auc.low));
  });

  it('covers the true AUC and d′ of normal sets in about 95 % of samples', () => {
    const random = randomSource(5);
    // Φ(d/√2) for unit variances.
    const truths = [
      { shift: 0, auc: 0.5 },
      { shift: 1, auc: 0.7602499389 },
      { shift: 2.5, auc: 0.9614 },
    ];
    for (const { shift, auc } of truths) {
      let [aucCovered, shiftCovered] = [0, 0];
      const trials = 1000;
      for (let trial = 0; trial < trials; trial++) {
        const found = separation(normals(15, 0, random), normals(25, shift, random))!;
        if (found.auc.low <= auc && auc <= found.auc.high) aucCovered++;
        if (found.dPrime!.low <= shift && shift <= found.dPrime!.high) shiftCovered++;
      }
      assert.ok(aucCovered / trials > 0.92 && aucCovered / trials < 0.995, `AUC ${shift}: ${aucCovered}`);
      assert.ok(
        shiftCovered / trials > 0.92 && shiftCovered / trials < 0.975,
        `d′ ${shift}: ${shiftCovered}`,
      );
    }
  });

  it('is missing where it is not defined', () => {
    assert.equal(separation(Float64Array.of(), Float64Array.of(1)), null);
    assert.equal(separation(Float64Array.of(1), Float64Array.of(2, 3))!.dPrime, null);
    assert.equal(separation(Float64Array.of(1, 1), Float64Array.of(1, 1))!.dPrime, null);
  });
});
