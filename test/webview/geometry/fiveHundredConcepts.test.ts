import assert from 'node:assert/strict';
import { repeatedConcepts, sampleState } from '../support/sampleState';
import { violations } from '../support/violations';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

const count = 500;

describe('500 concepts', () => {
  let panel: WebviewPage;
  before(async () => {
    panel = await openPanel(sampleState({ result: repeatedConcepts(count) }));
    await settled(panel.page);
  });
  after(async () => {
    assert.deepEqual(panel.errors, [], 'the page has no errors and breaks no policy');
    await panel.close();
  });

  const rows = () => panel.page.locator('[data-testid=overview] tbody tr[data-index]');

  /** Name of the row with the focus, and whether all of it is visible. */
  const focused = async () => {
    // The row may be drawn two frames after the key.
    for (let frame = 0; frame < 3; frame++) await settled(panel.page);
    return panel.page.evaluate(() => {
      const row = document.activeElement?.closest<HTMLElement>('[data-index]');
      const scroller = row?.closest('.rows-scroll')?.getBoundingClientRect();
      if (!row || !scroller) return 'nothing';
      const { top, bottom } = row.getBoundingClientRect();
      const isVisible = top >= scroller.top - 1 && bottom <= scroller.bottom + 1;
      return `${row.dataset['concept']!}${isVisible ? '' : ', hidden'}`;
    });
  };

  it('keep the document small, and tell screen readers how many there are', async () => {
    assert.ok((await rows().count()) < 60, `${await rows().count()} rows`);
    const elements = await panel.page.locator('main *').count();
    assert.ok(elements < 3000, `${elements} elements`);
    const table = panel.page.getByTestId('overview');
    assert.equal(await table.getAttribute('aria-rowcount'), String(count + 1));
    assert.equal(await rows().first().getAttribute('aria-rowindex'), '2');
    assert.deepEqual(await violations(panel.page), []);
  });

  it('scroll to the last one', async () => {
    const scroller = panel.page.locator('.rows-scroll');
    const height = await scroller.evaluate((element) => element.scrollHeight);
    await scroller.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await settled(panel.page);
    const last = rows().last();
    assert.equal(await last.getAttribute('data-concept'), `concept ${count}`);
    assert.equal(await last.getAttribute('aria-rowindex'), String(count + 1));
    const [row, box] = [(await last.boundingBox())!, (await scroller.boundingBox())!];
    assert.ok(Math.abs(row.y + row.height - box.y - box.height) < 2, 'it ends where the list ends');
    assert.ok((await rows().count()) < 60);
    assert.equal(await scroller.evaluate((element) => element.scrollHeight), height, 'nothing jumps');
    await last.click();
    assert.equal(await panel.page.getByTestId('concept-title').innerText(), `concept ${count}`);
    assert.equal(
      await scroller.evaluate((element) => element.scrollTop + element.clientHeight),
      height,
      'the list stays where it is',
    );
  });

  it('are one tab stop, with arrow keys from the first to the last', async () => {
    const { page } = panel;
    assert.equal(await page.locator('[data-testid=overview] [tabindex="0"]').count(), 1);
    await page.locator('[data-testid=overview] [tabindex="0"]').focus();
    const after = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return focused();
    };
    assert.equal(await after('Home'), 'concept 1');
    assert.equal(await after('ArrowUp'), 'concept 1');
    assert.equal(await after('ArrowDown', 'ArrowDown'), 'concept 3');
    assert.equal(await after('End'), `concept ${count}`);
    assert.equal(await after('ArrowDown'), `concept ${count}`);
    assert.equal(await after('ArrowUp'), `concept ${count - 1}`);
    assert.match(await after('PageUp'), /^concept 4[89]\d$/u);
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowUp');
    assert.match(await focused(), /^concept 4[45]\d$/u);
    const name = await focused();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByTestId('concept-title').innerText(), name);
    const id = await page.evaluate(() => document.activeElement?.id);
    assert.equal(id, 'concept-title', 'the Tab key continues in the section of the concept');
  });

  it('keep the focus of a row that is scrolled away', async () => {
    const { page } = panel;
    await page.locator('[data-testid=overview] [tabindex="0"]').focus();
    const before = (await focused()).split(',')[0];
    await page.locator('.rows-scroll').evaluate((element) => {
      element.scrollTop = 0;
    });
    assert.equal(await focused(), `${before!}, hidden`);
    assert.equal(await rows().first().getAttribute('data-concept'), 'concept 1');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), `concept ${Number(before!.split(' ')[1]) + 1}`);
  });

  it('have tables of 500 rows that scroll too', async () => {
    const { page } = panel;
    const details = page.getByTestId('directions-map').locator('details');
    await details.locator('summary').click();
    const table = details.locator('table');
    assert.equal(await table.getAttribute('aria-rowcount'), String(count + 1));
    const names = () => table.locator('tbody th').allInnerTexts();
    await settled(page);
    assert.equal((await names())[0], 'concept 1');
    await details.locator('.table-scroll').evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await settled(page);
    const last = await names();
    assert.equal(last.at(-1), `concept ${count}`);
    assert.ok(last.length < 60, `${last.length} rows`);
    assert.match(await details.innerText(), /The first 60 of 500 columns; an export has them all/u);
  });

  it('are all there on paper', async () => {
    const { page } = panel;
    const shown = async (event: string) => {
      await page.evaluate((type) => dispatchEvent(new Event(type)), event);
      return rows().count();
    };
    assert.equal(await shown('beforeprint'), count);
    assert.ok((await shown('afterprint')) < 80);
  });
});
