import assert from 'node:assert/strict';
import { inShownProduct, shownProduct } from '../../../src/format/shownProduct';

describe('the inner product that is shown', () => {
  it('is the causal one if there is one, unless the Euclidean one is chosen', () => {
    assert.deepEqual(
      ([null, 'euclidean', 'causal'] as const).map((chosen) => [
        shownProduct(true, chosen),
        shownProduct(false, chosen),
      ]),
      [
        ['causal', 'euclidean'],
        ['euclidean', 'euclidean'],
        ['causal', 'euclidean'],
      ],
    );
  });

  it('comes with its value, even if that is 0', () => {
    const both = { euclidean: 1, causal: 0 };
    assert.deepEqual(inShownProduct(both), { product: 'causal', value: 0 });
    assert.deepEqual(inShownProduct(both, 'euclidean'), { product: 'euclidean', value: 1 });
    assert.deepEqual(inShownProduct({ ...both, causal: null }, 'causal'), { product: 'euclidean', value: 1 });
  });
});
