import assert from 'node:assert/strict';
import { peaksOf } from '../../../src/reading/peaks';
import { referenceOf, standardized } from '../../../src/reading/standardize';

describe('the peaks of a text', () => {
  it('are its strongest places on either side, one of each neighbourhood', () => {
    const z = new Float64Array(100);
    z.set([2, 4, 3], 10);
    z[50] = -5;
    z[70] = NaN;
    assert.deepEqual(peaksOf(z, 2), [
      { index: 50, z: -5 },
      { index: 11, z: 4 },
    ]);
  });
});

describe('standardized values', () => {
  it('have mean 0 and standard deviation 1 against themselves, and NaN stays out', () => {
    const values = [1, 2, NaN, 6, 7];
    const reference = referenceOf(values);
    assert.equal(reference.count, 4);
    const z = values.map((value) => standardized(value, reference)).filter((value) => !Number.isNaN(value));
    assert.ok(Math.abs(z.reduce((a, b) => a + b)) < 1e-12);
    assert.ok(Math.abs(z.reduce((a, b) => a + b * b, 0) / 3 - 1) < 1e-12);
  });

  it('are missing against values that do not vary', () => {
    assert.ok(Number.isNaN(standardized(1, referenceOf([2, 2, 2]))));
    assert.ok(Number.isNaN(standardized(1, referenceOf([2]))));
  });
});
