import assert from 'node:assert/strict';
import { endOf, hasSameNumbers, steeredContext } from '../../../src/editor/sessions/steeredContext';
import type { SteerResult } from '../../../src/protocol/contextResult';

const result = {
  logits: Float32Array.of(1, NaN),
  shift: Float32Array.of(0, 2),
} as Partial<SteerResult> as SteerResult;

describe('a steered context', () => {
  it('is shown by its end, and says whether there is more before', () => {
    const whole = steeredContext('once upon', false, result);
    assert.deepEqual([whole.ending, whole.hasMore, whole.isCut], ['once upon', false, false]);
    const long = steeredContext(`${'a'.repeat(300)}b`, false, result);
    assert.deepEqual([long.ending, long.hasMore], [`${'a'.repeat(199)}b`, true]);
    assert.equal(steeredContext('once upon', true, result).hasMore, true);
  });

  it('splits no character', () => {
    assert.equal(endOf('😀😀', 3), '😀');
    assert.equal(endOf('😀😀', 4), '😀😀');
  });

  it('is the same as another by its numbers', () => {
    assert.ok(hasSameNumbers(result, { ...result, logits: result.logits.slice() }));
    assert.ok(!hasSameNumbers(result, { ...result, shift: Float32Array.of(0, 3) }));
    assert.ok(!hasSameNumbers(result, { ...result, logits: Float32Array.of(1) }));
  });
});
