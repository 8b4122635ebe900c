import assert from 'node:assert/strict';
import { cellCenter, pixel } from '../support/chartDriver';
import { sampleState } from '../support/sampleState';
import { darkTheme, highContrastLightTheme, highContrastTheme, lightTheme } from '../support/themes';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('the looks of the charts', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('follow a change of theme', async () => {
    panel = await openPanel(sampleState(), { theme: lightTheme, height: 1600 });
    const { page } = panel;
    const corner = async () => {
      const point = await cellCenter(page, 'directions-map', 0, 5);
      await page.mouse.move(1, 1);
      await page.getByTestId('tab-geometry').click();
      return pixel(page, { x: point.x - 17, y: point.y - 15 });
    };
    const light = await corner();
    assert.ok(Math.min(...light) > 225, `almost white in a light theme: ${light.join()}`);
    await panel.setTheme(darkTheme);
    const dark = await corner();
    assert.ok(Math.max(...dark) < 225 && Math.min(...dark) > 150, `taken back in a dark one: ${dark.join()}`);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ground, 'rgb(31, 31, 31)');
    await panel.setTheme(highContrastLightTheme);
    const contrast = await corner();
    assert.ok(Math.min(...contrast) > 225, `almost white in light high contrast: ${contrast.join()}`);
    for (const theme of [highContrastTheme, highContrastLightTheme]) {
      await panel.setTheme(theme);
      const [chosen, other] = await page
        .locator('[data-testid=sign] span')
        .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).backgroundColor));
      assert.equal(chosen, await page.evaluate(() => getComputedStyle(document.body).color), theme.kind);
      assert.equal(other, 'rgba(0, 0, 0, 0)', theme.kind);
    }
  });

  it('fit widths from 300 to 1400 pixels, with square cells of a reasonable size', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    for (const width of [300, 420, 700, 1000, 1400]) {
      await page.setViewportSize({ width, height: 800 });
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} within ${width}`);
      await page.getByTestId('directions-map').locator('probe-picture').focus();
      await page.keyboard.press('Home');
      const box = await page.getByTestId('directions-map').locator('.chart-mark').boundingBox();
      assert.equal(box!.width, box!.height);
      assert.ok(box!.width >= 13 && box!.width <= 64, `cells of ${box!.width} at ${width}`);
      await page.keyboard.press('Escape');
    }
    const [map, bars] = await Promise.all(
      ['pairs-map', 'leave-one-out'].map((id) => page.getByTestId(id).boundingBox()),
    );
    assert.equal(map!.y, bars!.y, 'beside each other when there is room');
  });

  it('are sharp on dense displays', async () => {
    panel = await openPanel(sampleState(), { devicePixelRatio: 2 });
    const ratios = await panel.page
      .locator('probe-picture canvas')
      .evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).width / one.clientWidth));
    assert.deepEqual(ratios, [2, 2, 2, 2]);
  });
});
