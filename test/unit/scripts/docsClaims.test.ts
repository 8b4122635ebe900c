import assert from 'node:assert/strict';
import { fillClaims } from '../../../scripts/docs/fillClaims';

describe('computed numbers of a page', () => {
  const page = 'One has .535, the other\n−.028. A row:\n\n| past   |  .1 |\n\nSee 2403.03867, q < .05.\n';
  const claims = [
    { text: 'One has {}, the other {}. A', values: ['.540', '−.030'] },
    { text: '| past | {} |', values: ['.200'] },
  ];

  it('are inserted into their sentence, whatever its line breaks', () => {
    const { text, unclaimed } = fillClaims(page, claims, ['q < .05']);
    assert.equal(
      text,
      'One has .540, the other\n−.030. A row:\n\n| past   |  .200 |\n\nSee 2403.03867, q < .05.\n',
    );
    assert.deepEqual(unclaimed, []);
  });

  it('are reported if no claim computes them', () => {
    const { unclaimed } = fillClaims(page, claims.slice(1), []);
    assert.deepEqual(unclaimed, [
      '.535 in “One has .535, the other”',
      '.028 in “−.028. A row:”',
      '.05 in “See 2403.03867, q < .05.”',
    ]);
  });

  it('are rejected if the sentence is missing, occurs twice, or has another number of values', () => {
    assert.throws(() => fillClaims(page, [{ text: 'Two have {}.', values: ['1'] }], []), /occurs 0 times/u);
    assert.throws(() => fillClaims(page + page, claims, []), /occurs 2 times/u);
    assert.throws(
      () => fillClaims(page, [{ text: 'One has {},', values: [] }], []),
      /1 placeholders for 0 values/u,
    );
    assert.throws(() => fillClaims(page, [...claims, claims[1]!], []), /Two claims/u);
  });
});
