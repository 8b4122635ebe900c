import assert from 'node:assert/strict';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { Continuations } from '../../../src/editor/sessions/continuations';
import type { EngineClient } from '../../../src/engine/engineClient';
import type { ContextRequest, SteerRequest } from '../../../src/protocol/contextResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';

const request: ContextRequest = {
  ...{ model: null, seed: 0, settings: defaultProbeSettings, tokens: defaultTokenRule },
  ...{ product: 'causal', concepts: ['a', 'b', 'c'].map((name) => ({ name, pairs: [] })) },
};

/** An engine that knows three tokens; `fail` makes the next call fail. */
function fakeEngine() {
  const asked: string[] = [];
  const state = { fail: false };
  const call = (_: 'steer', { concept, text }: SteerRequest): Promise<unknown> => {
    asked.push(`${concept}: ${text}`);
    if (state.fail) return Promise.reject(new Error('The engine ended.'));
    const pair = { base: 'he', target: 'she', baseId: 0, targetId: 1 };
    return Promise.resolve({
      ...{ logits: Float32Array.of(0, 1, 2), shift: new Float32Array(3), ids: Int32Array.of(0, 1, 2) },
      pairs: [
        { ...pair, concept: 'a' },
        { ...pair, concept: 'b', targetId: 2 },
      ],
    });
  };
  return { asked, state, continuations: new Continuations({ call } as unknown as EngineClient) };
}

describe('the continuations of a text', () => {
  it('are of each concept, in one call, made once', async () => {
    const { asked, continuations } = fakeEngine();
    const [a, b, c] = await continuations.after('Once', request);
    const sum = 1 + Math.E + Math.E ** 2;
    assert.ok(Math.abs(a!.targetProbability - Math.E / sum) < 1e-7);
    assert.ok(Math.abs(b!.targetProbability - Math.E ** 2 / sum) < 1e-7);
    assert.equal(c, undefined);
    await continuations.after('Once', request);
    await continuations.after('Once upon', request);
    assert.deepEqual(asked, ['a: Once', 'a: Once upon']);
    continuations.forget();
    await continuations.after('Once', request);
    assert.equal(asked.length, 3);
  });

  it('are asked for again after the engine failed', async () => {
    const { asked, state, continuations } = fakeEngine();
    state.fail = true;
    await assert.rejects(continuations.after('Once', request), /The engine ended/u);
    state.fail = false;
    assert.ok((await continuations.after('Once', request))[0]);
    assert.equal(asked.length, 2);
  });

  it('are forgotten, the oldest first, in a long session', async () => {
    const { asked, continuations } = fakeEngine();
    for (let i = 0; i < 300; i++) await continuations.after(`Text ${i}`, request);
    await continuations.after('Text 299', request);
    assert.equal(asked.length, 300);
    await continuations.after('Text 0', request);
    assert.equal(asked.length, 301);
  });
});
