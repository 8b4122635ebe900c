import assert from 'node:assert/strict';
import { likeliestPair } from '../../../src/reading/likeliestPair';
import { looksBinary } from '../../../src/reading/looksBinary';
import { peaksOf } from '../../../src/reading/peaks';
import { randomSource } from '../../../src/geometry/random';
import { tintPeaks } from '../../../src/reading/tintPeaks';
import { referenceContexts, referenceText, referenceValues } from '../../../src/reading/tintReference';
import { stepOf } from '../../../src/reading/tintScale';

describe('the scale of a tint', () => {
  it('has its strongest colors from two standard deviations on, alike on both sides', () => {
    assert.deepEqual(
      [0, 0.2, 0.3, 0.7, 1, 1.74, 1.8, 9].map((z) => stepOf(z, 4)),
      [0, 0, 1, 1, 2, 3, 4, 4],
    );
    for (const z of [0.25, 0.5, 0.75, 1.5, 3]) assert.equal(stepOf(-z, 2), -stepOf(z, 2));
    assert.ok(Number.isNaN(stepOf(NaN, 4)));
  });
});

describe('the peaks of a tint', () => {
  const references = [
    { mean: 0, sd: 1, count: 9 },
    { mean: 10, sd: 2, count: 9 },
  ];

  it('are of the concept that stands out most', () => {
    const values = [new Float64Array(60), new Float64Array(60).fill(10)];
    values[0]![5] = 3;
    values[1]![5] = 18;
    values[0]![40] = -2.5;
    values[1]![40] = NaN;
    assert.deepEqual(tintPeaks({ values }, references, 2), [
      { index: 5, concept: 1, z: 4 },
      { index: 40, concept: 0, z: -2.5 },
    ]);
    assert.deepEqual(tintPeaks({ values }, references, 9, 3), [{ index: 5, concept: 1, z: 4 }]);
  });

  it('of many tokens are those that a plain search finds', () => {
    const random = randomSource(1);
    const z = Float64Array.from({ length: 5000 }, () =>
      random.integer(10) === 0 ? NaN : random.integer(400) - 200,
    );
    const left = [...z].map((value, index) => ({ index, value })).filter(({ value }) => !Number.isNaN(value));
    const expected: number[] = [];
    while (expected.length < 40) {
      const best = left
        .filter(({ index }) => expected.every((other) => Math.abs(other - index) > 12))
        .reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
      expected.push(best.index);
    }
    assert.deepEqual(
      peaksOf(z, 40).map(({ index }) => index),
      expected,
    );
  });
});

describe('what a tint is standardized against', () => {
  const part = (...values: number[]) => ({
    starts: new Int32Array(values.length),
    ends: new Int32Array(values.length),
    values: [Float64Array.from(values), Float64Array.from(values, (value) => -value)],
  });

  it('are all tokens of another text, in chunks from all over a long one', () => {
    const text = Array.from({ length: 4000 }, (_, i) => `Line ${i} of a long reference text.`).join('\n');
    const { parts, which } = referenceText('other.txt', text);
    assert.equal(parts.length, 64);
    for (const { context, text: own } of parts) assert.ok(text.includes(context + own));
    const places = parts.map(({ text: own }) => text.indexOf(own));
    assert.ok(places[0] === 0 && places.at(-1)! > 0.97 * text.length);
    assert.deepEqual(
      referenceValues({ which }, [part(1, 2), part(3)], 2).map((values) => [...values]),
      [
        [1, 2, 3],
        [-1, -2, -3],
      ],
    );
    assert.deepEqual(referenceText('short.txt', 'A short text.').parts, [
      { context: '', text: 'A short text.' },
    ]);
  });

  it('are the last tokens of reference contexts', () => {
    const { which, parts } = referenceContexts('English', ['One.', 'Two.']);
    assert.deepEqual(
      parts.map(({ context, text }) => [context, text]),
      [
        ['', 'One.'],
        ['', 'Two.'],
      ],
    );
    assert.deepEqual(
      referenceValues({ which }, [part(1, 2), part(3)], 1).map((values) => [...values]),
      [[2, 3]],
    );
  });
});

describe('the likeliest pair', () => {
  it('has the largest P(base) + P(target) of the concept’s pairs, with the probabilities of the model', () => {
    const logits = Float32Array.of(1, 2, 3, 4, 100);
    const steering = { logits, shift: new Float32Array(5), ids: Int32Array.of(0, 1, 2, 3) };
    const pairs = [
      { concept: 'a', baseId: 0, targetId: 1 },
      { concept: 'a', baseId: 2, targetId: 0 },
      { concept: 'b', baseId: 3, targetId: 2 },
    ];
    const sum = [1, 2, 3, 4].reduce((total, logit) => total + Math.exp(logit), 0);
    const best = likeliestPair(steering, pairs, 'a')!;
    assert.equal(best.baseId, 2);
    assert.ok(Math.abs(best.baseProbability - Math.exp(3) / sum) < 1e-12);
    assert.ok(Math.abs(best.targetProbability - Math.exp(1) / sum) < 1e-12);
    assert.equal(likeliestPair(steering, pairs, 'c'), undefined);
  });
});

describe('a binary file that was opened as text', () => {
  it('is told from texts in any script', () => {
    assert.ok(looksBinary('GGUF\0\0\0'));
    assert.ok(looksBinary('\uFFFDPNG\uFFFD\uFFFD'));
    for (const text of ['', 'A king.', '王と女王', 'one \uFFFD in a long text of a file in another encoding'])
      assert.ok(!looksBinary(text), text);
  });
});
