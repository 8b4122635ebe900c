import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { sampleNearest } from '../support/sampleVocabulary';
import { sampleState } from '../support/sampleState';
import { openPanel, type WebviewPage } from '../support/webviewPage';

describe('the nearest tokens', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('are sorted, filtered and copied with their cosines in both inner products, and closed', async () => {
    const nearest = sampleNearest('male ⇒ female', 'king');
    panel = await openPanel(sampleState({ nearest }));
    const { page } = panel;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const table = page.getByTestId('nearest-table');
    const ids = () =>
      table
        .locator('[data-token]')
        .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset['token'])));
    const by = (compare: (a: (typeof nearest.tokens)[0], b: (typeof nearest.tokens)[0]) => number) =>
      nearest.tokens.toSorted(compare).map(({ id }) => id);
    assert.deepEqual(
      await ids(),
      by((a, b) => b.cosines[1]! - a.cosines[1]!),
      'by the product of the page',
    );
    const first = nearest.tokens.toSorted((a, b) => b.cosines[1]! - a.cosines[1]!)[0]!;
    assert.deepEqual(await table.locator('tbody tr').first().locator('td').allInnerTexts(), [
      first.piece,
      String(first.id),
      ...first.cosines.map((value) => formatCosine(value)),
    ]);
    const heading = table.getByRole('button', { name: 'Euclidean' });
    await heading.click();
    assert.deepEqual(
      await ids(),
      by((a, b) => b.cosines[0]! - a.cosines[0]!),
    );
    assert.equal(await table.locator('[aria-sort]').getAttribute('aria-sort'), 'descending');
    await heading.click();
    assert.deepEqual(
      await ids(),
      by((a, b) => a.cosines[0]! - b.cosines[0]!),
    );
    await page.getByTestId('nearest-filter').fill('QUEEN');
    assert.equal((await ids()).length, 2);
    await page.getByTestId('nearest-markdown').click();
    const markdown = (await copied()).split('\n');
    assert.equal(markdown[2], '| Token | Id | Euclidean | causal |');
    assert.equal(markdown.length, 4 + 2);
    assert.match(markdown.join('\n'), /\| \\\|queen \|/u, 'a token cannot end a cell');
    await page.getByTestId('nearest-copy').click();
    assert.deepEqual(
      (await copied()).split('\n').map((line) => line.split('\t').length),
      [4, 4, 4],
    );
    await page.getByTestId('nearest-filter').fill('nothing like it');
    assert.match(await page.getByTestId('nearest').innerText(), /No token contains this text/u);
    await page.getByTestId('close-nearest').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'nearest' });
  });
});
