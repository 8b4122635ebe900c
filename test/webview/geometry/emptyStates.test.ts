import assert from 'node:assert/strict';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import {
  sampleConcepts,
  sampleResult,
  sampleState,
  severalTokens,
  leftOutPair,
} from '../support/sampleState';
import { openPanel, type WebviewPage } from '../support/webviewPage';

describe('the panel with too little to show', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('without a concept file says how to begin, and offers it', async () => {
    panel = await openPanel(sampleState({ conceptFile: null, result: null }));
    assert.match(await panel.page.getByTestId('empty').innerText(), /No concept file yet.*Ctrl\+Alt\+P/s);
    const offered = ['addPair', 'importPairs', 'openExample', 'howToRead'];
    for (const command of offered) await panel.page.getByTestId(command).click();
    assert.deepEqual(
      (await panel.posted()).slice(1),
      offered.map((command) => ({ type: 'command', command })),
    );
  });

  it('without concepts names the empty file', async () => {
    panel = await openPanel(sampleState({ result: sampleResult([]) }));
    assert.match(await panel.page.getByTestId('empty').innerText(), /royalty\.concepts\.json has no pairs/);
  });

  it('shows a placeholder and the progress while the first result is computed', async () => {
    panel = await openPanel(
      sampleState({ result: null, progress: { message: 'Opening the model', fraction: null } }),
    );
    assert.ok(await panel.page.getByTestId('skeleton').isVisible());
    assert.ok(await panel.page.getByText('Opening the model').isVisible());
    assert.equal(await panel.page.getByRole('progressbar').first().getAttribute('aria-valuenow'), null);
  });

  it('says so after a cancel without a result', async () => {
    panel = await openPanel(sampleState({ result: null, problem: 'Cancelled.' }));
    assert.match(await panel.page.getByRole('alert').innerText(), /Cancelled\./);
    assert.equal(await panel.page.getByTestId('empty').innerText(), 'There is no result to show yet.');
  });

  it('says how many pairs of a concept were kept, and why the others were not', async () => {
    const dropped = [severalTokens('prince', 'princess', ['▁prin', 'cess']), leftOutPair('man', 'woman')];
    const result = sampleResult([{ name: 'royalty', pairs: [['king', 'queen']], dropped }]);
    const concepts = result.concepts.map((concept) => ({ ...concept, note: 'From <b>BATS</b>.' }));
    panel = await openPanel(sampleState({ result: { ...result, concepts } }));
    const { page } = panel;
    assert.equal(await page.getByTestId('concept-note').innerText(), 'From <b>BATS</b>.');
    await page.getByTestId('guide').click();
    assert.deepEqual((await panel.posted()).slice(1), [{ type: 'command', command: 'howToRead' }]);
    assert.match(
      await page.getByTestId('too-few').innerText(),
      /Only one of the 2 pairs is counted\. One pair has a direction, two have a cosine, and from 5 on there is a verdict\./,
    );
    assert.match(
      await page.getByTestId('dropped').innerText(),
      /prince → princess.*princess is 2 tokens \(▁prin \+ cess\)/s,
    );
    assert.doesNotMatch(await page.getByTestId('dropped').innerText(), /leadingSpace|woman/);
    assert.equal(
      (await page.getByTestId('left-out').innerText()).replace(/\s+/gu, ' '),
      '1 pair left out in the concept file man → woman Include again',
    );
    await page.getByRole('button', { name: 'Include man → woman again' }).click();
    const pair = { base: 'man', target: 'woman' };
    assert.deepEqual((await panel.posted()).slice(2), [{ type: 'includePair', concept: 'royalty', pair }]);
    assert.equal(await page.getByTestId('pairs-map').count(), 0);
    assert.match(
      await page.getByTestId('directions-missing').innerText(),
      /needs a second concept with a kept pair/,
    );
    const row = page.locator('tr[data-concept=royalty]');
    assert.equal(await row.locator('[data-value=""]').innerText(), '–');
    assert.equal(await row.locator('.verdict').innerText(), 'Too few pairs for a verdict: 5 are needed');
  });

  it('names the token rule that helps if a word is split from the space before it', async () => {
    const dropped = [severalTokens('男', '女', ['▁', '女'])];
    const result = sampleResult([{ name: 'zh', pairs: [['king', 'queen']], dropped }]);
    panel = await openPanel(sampleState({ result }));
    assert.match(
      await panel.page.getByTestId('dropped').innerText(),
      /女 is 2 tokens \(▁ \+ 女\).*“"leadingSpace": false” under “"tokens"” in the concept file/s,
    );
  });

  it('shows a single concept without a map of directions', async () => {
    panel = await openPanel(sampleState({ result: sampleResult(sampleConcepts().slice(0, 1)) }));
    assert.equal(await panel.page.getByTestId('directions-map').count(), 0);
    assert.ok(await panel.page.getByTestId('pairs-map').isVisible());
  });

  it('names concepts in the map whose direction is one pair', async () => {
    const single = ['a', 'b', 'c', 'd'].map((name) => ({ name, pairs: [['king', 'queen']] as const }));
    const sentence = 'Directions of one pair only, which may differ in more than the concept: ';
    const shown = async (result: ProbeResult): Promise<string[]> => {
      await panel?.close();
      panel = await openPanel(sampleState({ result }));
      await panel.page.getByTestId('directions-map').waitFor();
      return panel.page.getByTestId('one-pair').allInnerTexts();
    };
    const withPairs = sampleConcepts().slice(0, 2);
    assert.deepEqual(await shown(sampleResult(withPairs)), []);
    assert.deepEqual(await shown(sampleResult([...withPairs, single[0]!])), [`${sentence}a.`]);
    assert.deepEqual(await shown(sampleResult(single)), [`${sentence}a, b, c and 1 more.`]);
  });

  it('keeps concepts without any kept pair out of the directions and says why there are none', async () => {
    const result = sampleResult([{ name: 'royalty', pairs: [] }]);
    panel = await openPanel(sampleState({ result }));
    assert.match(
      await panel.page.getByTestId('directions-missing').innerText(),
      /No concept has a kept pair yet/,
    );
    assert.match(await panel.page.getByTestId('too-few').innerText(), /There are no pairs yet\./);
  });
});
