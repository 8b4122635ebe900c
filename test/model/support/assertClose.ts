import assert from 'node:assert/strict';

/** Asserts the same length, and that each number is within `tolerance` times the largest absolute expected value. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= worst)) worst = error;
  }
  assert.ok(worst <= tolerance * largest, `off by ${worst} where the largest number is ${largest}`);
}
