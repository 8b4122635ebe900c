import assert from 'node:assert/strict';
import { sampleContinuation, sampleSteering } from '../support/sampleSteering';
import { manyConcepts, sampleState } from '../support/sampleState';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

const concept = 'male ⇒ female';

describe('continuing with steering', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const stateWith = (continuation: ReturnType<typeof sampleContinuation> | null) => {
    const result = manyConcepts(27);
    return sampleState({ result, steering: sampleSteering(result, concept), continuation });
  };

  it('asks for what is typed, and for 0, half and all of the slider where nothing is', async () => {
    panel = await openPanel(stateWith(null));
    const { page } = panel;
    await page.getByTestId('steering-slider').press('ArrowLeft');
    await settled(page);
    assert.equal(await page.getByTestId('steering-alphas').getAttribute('placeholder'), '0, 0.095, 0.19');
    await page.getByTestId('steering-write').click();
    await page.getByTestId('steering-alphas').fill('0, 0.3');
    await page.getByTestId('steering-count').fill('50');
    await page.getByTestId('steering-temperature').fill('0.7');
    await page.getByTestId('steering-seed').fill('9');
    await page.getByTestId('steering-write').click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'continue', alphas: [0, 0.095, 0.19], count: 30, temperature: 0, seed: 0 },
      { type: 'continue', alphas: [0, 0.3], count: 50, temperature: 0.7, seed: 9 },
    ]);
  });

  it('says what is wrong with what is typed, and does not ask', async () => {
    panel = await openPanel(stateWith(null));
    const { page } = panel;
    const objects = async (field: string, typed: string, sentence: string, valid: string) => {
      await page.getByTestId(field).fill(typed);
      await settled(page);
      assert.equal(await page.getByTestId('steering-objection').innerText(), sentence);
      await page.getByTestId('steering-write').click({ force: true });
      await page.getByTestId(field).fill(valid);
      await settled(page);
      assert.equal(await page.getByTestId('steering-objection').innerText(), '');
    };
    await objects(
      'steering-alphas',
      '0; x',
      'Type up to 10 numbers with commas between them, such as 0, 0.1, 0.2.',
      '',
    );
    for (const typed of ['', '0', '1.5', '201'])
      await objects(
        'steering-count',
        typed,
        'The number of tokens must be a whole number from 1 to 200.',
        '20',
      );
    for (const typed of ['', '-1', '101'])
      await objects('steering-temperature', typed, 'The temperature must be a number from 0 to 100.', '1');
    await objects('steering-seed', '0.5', 'The seed must be a whole number.', '3');
    assert.equal((await panel.posted()).length, 1, 'only “ready”');
  });

  it('shows progress, which can be cancelled, and a problem in one sentence', async () => {
    const progress = { message: 'Writing token 3 of 30', fraction: 0.1 };
    panel = await openPanel(stateWith(sampleContinuation(concept, { written: null, progress })));
    const { page } = panel;
    await page.getByTestId('continuation').getByText('Writing token 3 of 30').waitFor();
    await page.getByTestId('steering-cancel').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'cancel' });
    await panel.send({ continuation: sampleContinuation(concept, { written: null, problem: 'Cancelled.' }) });
    assert.equal(await page.getByTestId('continuation-problem').innerText(), 'Cancelled.');
    assert.equal(await page.getByTestId('steering-cancel').count(), 0);
  });

  it('is a table of α and text, in which what changes stands out', async () => {
    panel = await openPanel(stateWith(sampleContinuation(concept)));
    const { page } = panel;
    const table = page.getByTestId('continuations');
    assert.equal(await table.locator('caption').innerText(), '16 tokens along male ⇒ female, causal, greedy');
    assert.deepEqual(await table.locator('tbody th').allInnerTexts(), ['0', '0.1', '0.2']);
    assert.deepEqual(await table.getByTestId('steering-changed').allTextContents(), [
      'She had a red doll and she liked to play with it.',
      'girl named Mia. She had a red doll\nand she liked to sing.',
    ]);
    await page.getByTestId('copy-continuations').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'copyContinuations' });
    await panel.send({ continuation: sampleContinuation(concept, { isOutdated: true }) });
    assert.match(
      await page.getByTestId('continuation-outdated').innerText(),
      /continue again to update them/u,
    );
  });

  it('stands in a report, with nothing to ask for', async () => {
    panel = await openReport(stateWith(sampleContinuation(concept)));
    const { page } = panel;
    assert.equal(await page.getByTestId('continuations').locator('tbody tr').count(), 3);
    assert.equal(await page.locator('vscode-button').count(), 1, 'α = 0');
  });
});
