import assert from 'node:assert/strict';
import { lookAt } from '../../../src/format/lookAt';
import type { ConceptGeometry } from '../../../src/protocol/geometryResult';
import type { ConceptResult, PairResult } from '../../../src/protocol/probeResult';
import { sampleResult } from '../support/sampleResult';

const [sample] = sampleResult.concepts;
const kept = sample!.pairs.find(({ status }) => status === 'kept')!;
const dropped = sample!.pairs.find(({ status }) => status !== 'kept')!;

/** A concept of pairs a0 → b0, a1 → b1, … */
function conceptOf(count: number, others: readonly PairResult[] = []): ConceptResult {
  const pairs = Array.from({ length: count }, (_, at) => ({ ...kept, base: `a${at}`, target: `b${at}` }));
  return { ...sample!, kept: count, given: count + others.length, pairs: [...pairs, ...others] };
}

function geometryOf(
  cosines: readonly number[],
  { norms = cosines.map(() => 1), outliers = [] as number[] } = {},
): ConceptGeometry {
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
  return {
    ...sample!.euclidean,
    norms: Float64Array.from(norms),
    leaveOneOut: { ...sample!.euclidean.leaveOneOut, mean, cosines: Float64Array.from(cosines), outliers },
  };
}

describe('the one thing of a concept to look at', () => {
  it('is nothing if all pairs agree', () => {
    assert.equal(lookAt(conceptOf(3), geometryOf([0.5, 0.6, 0.7])), undefined);
    assert.equal(lookAt(conceptOf(0), geometryOf([])), undefined);
    assert.equal(lookAt(conceptOf(2), geometryOf([NaN, NaN], { norms: [1, 9] })), undefined);
  });

  it('is the pair that contradicts most', () => {
    const look = lookAt(conceptOf(4), geometryOf([0.5, -0.1, -0.25, 0]));
    assert.equal(look!.text.startsWith('a2 → b2 contradicts: −0.25'), true, look!.text);
  });

  it('is no pair that was left out on purpose', () => {
    const leftOut = { ...kept, status: 'left-out' as const };
    assert.equal(lookAt(conceptOf(3, [leftOut]), geometryOf([0.5, 0.6, 0.7])), undefined);
  });

  it('is a dropped pair before that, with its reason', () => {
    const one = lookAt(conceptOf(3, [dropped]), geometryOf([0.5, -0.1, 0.3]));
    assert.equal(one!.text, `${dropped.base} → ${dropped.target} dropped`);
    assert.match(one!.why, /is 2 tokens/u);
    const three = lookAt(conceptOf(3, [dropped, dropped, dropped]), geometryOf([0.5, -0.1, 0.3]));
    assert.equal(three!.text, `${dropped.base} → ${dropped.target} and 2 more dropped`);
  });

  it('is the farthest outlier before that', () => {
    const cosines = [0.5, 0.5, 0.1, 0.5, -0.3];
    const look = lookAt(conceptOf(5, [dropped]), geometryOf(cosines, { outliers: [2, 4] }));
    assert.ok(look!.text.startsWith('a4 → b4 stands apart: −0.3'), look!.text);
  });

  it('is first of all a pair longer than all others together', () => {
    const cosines = [0.5, 0.5, 0.1];
    const norms = (longest: number) => ({ norms: [1, longest, 1], outliers: [2] });
    assert.equal(lookAt(conceptOf(3), geometryOf(cosines, norms(2.1)))!.text, 'a1 → b1 outweighs the rest');
    assert.match(lookAt(conceptOf(3), geometryOf(cosines, norms(2)))!.text, /^a2 → b2 stands apart/u);
  });
});
