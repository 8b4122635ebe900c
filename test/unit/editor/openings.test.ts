import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Openings } from '../../../src/editor/sessions/openings';

const hour = 3_600_000;

/** Openings that show themselves at once and after an hour, and what they showed. */
function recorded() {
  const shown: string[] = [];
  const step = (name: string, milliseconds: number) => ({
    milliseconds,
    show: (model: string, over: Promise<void>) => {
      shown.push(`${name}: ${model}`);
      void over.then(() => shown.push(`${name}: over`));
    },
  });
  return { shown, openings: new Openings([step('soon', 0), step('late', hour)]) };
}

describe('openings', () => {
  it('are shown step by step until they are over', async () => {
    const { shown, openings } = recorded();
    openings.follow('Llama');
    await sleep(20);
    assert.deepEqual(shown, ['soon: Llama']);
    openings.follow(null);
    await sleep(0);
    assert.deepEqual(shown, ['soon: Llama', 'soon: over']);
  });

  it('that are over before are not shown', async () => {
    const { shown, openings } = recorded();
    openings.follow('Llama');
    openings.follow(null);
    await sleep(20);
    assert.deepEqual(shown, []);
  });

  it('follow each other', async () => {
    const { shown, openings } = recorded();
    openings.follow('Llama');
    await sleep(20);
    openings.follow('Mistral');
    await sleep(20);
    assert.deepEqual(shown, ['soon: Llama', 'soon: over', 'soon: Mistral']);
    openings.follow(null);
  });
});
