import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logNormalizer, logOdds, probabilityOf, rankOf, topTokens } from '../../../src/geometry/steering';

const numbers = fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 3, maxLength: 40 });

/** Softmax of logits + α·shift, over the tokens alone. */
function plain(logits: readonly number[], shift: readonly number[], ids: readonly number[], alpha: number) {
  const moved = ids.map((id) => Math.fround(logits[id]!) + alpha * Math.fround(shift[id]!));
  const most = Math.max(...moved);
  const sum = moved.reduce((total, value) => total + Math.exp(value - most), 0);
  return new Map(ids.map((id, i) => [id, Math.exp(moved[i]! - most) / sum]));
}

const cases = fc.tuple(numbers, fc.float({ min: -2, max: 2, noNaN: true })).chain(([logits, alpha]) =>
  fc.record({
    logits: fc.constant(logits),
    alpha: fc.constant(alpha),
    shift: fc.array(fc.float({ min: -10, max: 10, noNaN: true }), {
      minLength: logits.length,
      maxLength: logits.length,
    }),
    ids: fc.subarray([...logits.keys()], { minLength: 2 }),
  }),
);

describe('steering', () => {
  it('has the probabilities of plain loops, over rows with a token alone', () => {
    fc.assert(
      fc.property(cases, ({ logits, shift, ids, alpha }) => {
        const steering = {
          logits: Float32Array.from(logits),
          shift: Float32Array.from(shift),
          ids: Int32Array.from(ids),
        };
        const expected = plain(logits, shift, ids, alpha);
        const top = topTokens(steering, alpha, ids.length);
        assert.deepEqual(new Set(top.map(({ id }) => id)), new Set(ids));
        top.forEach(({ id, probability }, i) => {
          assert.ok(Math.abs(probability - expected.get(id)!) < 1e-9);
          if (i > 0) assert.ok(probability <= top[i - 1]!.probability + 1e-12);
        });
        const normalizer = logNormalizer(steering, alpha);
        const [base, target] = [ids[0]!, ids[1]!];
        const [pBase, pTarget] = [base, target].map((id) => probabilityOf(steering, alpha, id, normalizer));
        if (pBase! > 1e-200 && pTarget! > 1e-200) {
          const odds = logOdds(steering, alpha, { base, target });
          assert.ok(Math.abs(odds - Math.log(pTarget! / pBase!)) < 1e-6);
        }
        assert.equal(rankOf(steering, alpha, top[0]!.id), 1);
      }),
    );
  });
});
