import assert from 'node:assert/strict';
import { formatDecimal } from '../../../src/format/numbers';
import { row } from '../../../src/geometry/matrix';
import { tableValues, tooltip } from '../support/chartDriver';
import { sampleCategories } from '../support/sampleCategories';
import { sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('categories in the panel', () => {
  let panel: WebviewPage;
  const categories = sampleCategories();
  before(async () => {
    panel = await openPanel({ ...sampleState(), categories });
  });
  after(async () => {
    assert.deepEqual(panel.errors, [], 'the page has no errors and breaks no policy');
    await panel.close();
  });

  it('have all their numbers in a table, and those without a vector are named', async () => {
    const { page } = panel;
    const values = await tableValues(page, 'category-numbers');
    for (const { name, norm, kept, heldOut, toParent } of categories.categories) {
      assert.equal(values.get(`${name} | Kept`), String(kept));
      assert.equal(values.get(`${name} | Norm`), norm === null ? '' : String(norm));
      const auc = heldOut?.separation.auc.value;
      assert.equal(values.get(`${name} | AUC`), auc === undefined ? '' : String(auc));
      assert.equal(
        values.get(`${name} | Cosine to parent`),
        toParent === null ? '' : String(toParent.cosine),
      );
    }
    const last = categories.categories.at(-1)!;
    assert.equal(
      await page.getByTestId('without-vector').innerText(),
      `Fewer than three words count, so there is no vector: ${last.name}.`,
    );
    const cosines = await tableValues(page, 'category-cosines');
    const [first, second] = categories.categories;
    assert.equal(cosines.get(`${first!.name} | ${second!.name}`), String(row(categories.cosine, 0)[1]!));
    assert.equal(cosines.size, (categories.categories.length - 1) ** 2);
  });

  it('show the held-out words of the category that is chosen, from the list or from its bar', async () => {
    const { page } = panel;
    const title = page.getByTestId('held-out').getByRole('heading');
    const [first, , third] = categories.categories;
    assert.equal(await title.innerText(), `Held-out words of ${first!.name}`);
    await page.getByTestId('held-out').getByLabel('Category').selectOption(third!.name);
    assert.equal(await title.innerText(), `Held-out words of ${third!.name}`);
    const auc = formatDecimal(third!.heldOut!.separation.auc.value, 3);
    assert.match(await page.getByTestId('held-out').locator('.figures').innerText(), new RegExp(auc, 'u'));
    await page.getByTestId('children').locator('probe-picture').focus();
    await page.keyboard.press('Home');
    const child = categories.categories.find(({ toParent }) => toParent !== null)!;
    assert.deepEqual((await tooltip(page, 'children')).slice(0, 3), [
      `${child.parent!} → ${child.name}`,
      `cosine ${formatDecimal(child.toParent!.cosine, 2)}, causal`,
      'random tokens: −0.90 to 0.10 (5 to 95\u00a0%)',
    ]);
    await page.keyboard.press('Enter');
    assert.equal(await title.innerText(), `Held-out words of ${child.name}`);
    await page.keyboard.press('Escape');
  });

  it('are turned by dragging and with sliders, and stay so when something else changes', async () => {
    const { page } = panel;
    const turn = page.getByTestId('simplex-turn');
    const picture = page.getByTestId('simplex').locator('probe-picture');
    const corner = async (): Promise<readonly number[]> => {
      await picture.focus();
      await page.keyboard.press('Home');
      const { x, y } = (await page.getByTestId('simplex').locator('.chart-mark').boundingBox())!;
      await page.keyboard.press('Escape');
      return [Math.round(x), Math.round(y)];
    };
    const before = await corner();
    const { x, y, width, height } = (await picture.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + 60, y + height / 2 + 20, { steps: 3 });
    await page.mouse.up();
    await page.mouse.move(0, 0);
    assert.equal(await turn.inputValue(), '55');
    assert.equal(await page.getByTestId('simplex-tilt').inputValue(), '30');
    await settled(page);
    const dragged = await corner();
    assert.notDeepEqual(dragged, before);
    await page.getByTestId('held-out').getByLabel('Category').selectOption(categories.categories[1]!.name);
    assert.deepEqual([await turn.inputValue(), await corner()], ['55', dragged]);
    await turn.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await turn.inputValue(), '54');
    // Half a turn, past the end of the slider, comes back from its other end.
    await page.getByTestId('simplex').getByLabel('Parent').selectOption('kind 4');
    assert.match(await page.getByTestId('simplex').locator('.set-legend').innerText(), /kind 4, number 5/u);
  });

  it('are closed', async () => {
    await panel.page.getByTestId('close-categories').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'categories' });
  });
});
