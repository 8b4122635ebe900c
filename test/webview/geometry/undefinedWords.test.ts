import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import type { ConceptGeometry } from '../../../src/protocol/geometryResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { chanceSummary } from '../../../webview/geometry/chanceWords';
import { noRandom, permutationText } from '../../../src/format/statisticsText';
import { leaveOneOutWords, missing, pairwiseWords } from '../../../webview/geometry/undefinedWords';
import { sampleGeometry } from '../support/sampleGeometry';

/** The geometry of differences in the plane. */
function geometryOf(...differences: readonly (readonly [number, number])[]): ConceptGeometry {
  const words = differences.flatMap(([x, y]) => [0, 0, x, y]);
  const rows = matrix(2 * differences.length, 2, Float64Array.from(words));
  return sampleGeometry(rows, false).geometry;
}

/** With one number missing, for no reason visible in the others. */
function without(values: Float64Array, at: number): Float64Array {
  return Float64Array.from(values).fill(NaN, at, at + 1);
}

describe('the explanation of undefined values', () => {
  const whole = geometryOf([1, 0], [1, 1], [0, 1]);

  it('is missing if all values are defined', () => {
    assert.equal(pairwiseWords(whole), undefined);
    assert.equal(leaveOneOutWords(whole.leaveOneOut.cosines, whole, 'mean'), undefined);
  });

  it('names a cause that the other numbers show', () => {
    const same = geometryOf([1, 0], [0, 0], [0, 1]);
    assert.match(pairwiseWords(same)!, /have the same unembedding/u);
    assert.match(leaveOneOutWords(same.leaveOneOut.cosines, same, 'mean')!, /has no difference/u);
    const cancelling = geometryOf([1, 0], [-1, 0], [0, 1]);
    assert.ok(Number.isNaN(cancelling.leaveOneOut.projections[2]));
    assert.match(leaveOneOutWords(cancelling.leaveOneOut.projections, cancelling, 'mean')!, /others cancel/u);
    const unequal = geometryOf([1, 0], [-2, 0], [0, 1]);
    assert.equal(leaveOneOutWords(cancelling.leaveOneOut.cosines, unequal, 'mean'), missing);
    assert.match(leaveOneOutWords(cancelling.leaveOneOut.cosines, unequal, 'normalised')!, /others cancel/u);
  });

  it('names no cause if a number is only missing', () => {
    const { rows, columns, data } = whole.pairwise;
    const holed = { ...whole, pairwise: { rows, columns, data: without(Float64Array.from(data), 1) } };
    assert.equal(pairwiseWords(holed), missing);
    for (const direction of ['mean', 'normalised', 'principal'] as const)
      assert.equal(leaveOneOutWords(without(whole.leaveOneOut.cosines, 1), whole, direction), missing);
  });

  it('names a block without two differences, and no other', () => {
    const blocks = (values: readonly number[]): ConceptGeometry => ({
      ...whole,
      ...{ pairsPerCell: 2, pairwise: matrix(2, 2, Float64Array.from(values)) },
    });
    assert.match(pairwiseWords(blocks([0.5, 0.5, 0.5, NaN]))!, /no two differences/u);
    assert.equal(pairwiseWords(blocks([NaN, 0.5, 0.5, NaN])), missing);
    assert.equal(pairwiseWords(blocks([0.5, NaN, NaN, NaN])), missing);
  });
});

describe('the explanation of a missing statistic', () => {
  const settings = defaultProbeSettings;
  const whole = geometryOf([1, 0], [1, 1], [0, 1]);

  it('gives the right reason', () => {
    assert.match(
      permutationText(whole, { settings: { ...settings, permutations: 0 } }),
      /No permutation test was requested/u,
    );
    assert.match(permutationText(geometryOf([1, 0], [0, 0]), { settings }), /needs two pairs/u);
    assert.match(
      noRandom(whole, { settings: { ...settings, randomPairs: 0 } }),
      /No random pairs were requested/u,
    );
    assert.match(noRandom(geometryOf([1, 0], [-1, 0]), { settings }), /has no direction/u);
  });

  it('gives no wrong reason', () => {
    assert.equal(permutationText(whole, { settings }), 'The test is missing.');
    assert.equal(noRandom(whole, { settings }), 'The comparison with random pairs is missing.');
  });

  it('says that unfinished statistics are being computed', () => {
    const early = { settings, isEarly: true } as const;
    assert.equal(permutationText(whole, early), 'The test is being computed.');
    assert.equal(noRandom(whole, early), 'The comparison with random pairs is being computed.');
    assert.match(permutationText(geometryOf([1, 0], [0, 0]), early), /needs two pairs/u);
  });

  it('counts no pairs beyond chance if there are none to count', () => {
    const histogram = { from: -1, to: 1, counts: Float64Array.of(5, 5) };
    const spread = { mean: 0, sd: 0.5, histogram };
    const random = { pairs: 10, tokens: 20 };
    assert.match(
      chanceSummary(spread, random, Float64Array.of(NaN, NaN)),
      /^The pairs’ values are missing;/u,
    );
    assert.match(chanceSummary(spread, random, Float64Array.of(0.9, NaN)), /^0 of 1 pair lie beyond/u);
    assert.equal(
      chanceSummary(spread, { ...random, pairs: 0 }, Float64Array.of(1)),
      'The random pairs are missing.',
    );
  });
});
