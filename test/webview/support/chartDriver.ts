import type { Frame, Page } from 'playwright-core';
import { settled } from './webviewPage';

/** Position of a cell in the window, found with the keyboard, so that tests do not depend on the layout. */
export async function cellCenter(
  page: Page,
  testId: string,
  row: number,
  column = 0,
): Promise<{ x: number; y: number }> {
  const chart = page.getByTestId(testId).locator('probe-picture');
  await chart.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < row; i++) await page.keyboard.press('ArrowDown');
  for (let i = 0; i < column; i++) await page.keyboard.press('ArrowRight');
  await settled(page);
  const box = await chart.locator('.chart-mark').boundingBox();
  if (!box) throw new Error(`${testId} has no cell ${row}, ${column}.`);
  await page.keyboard.press('Escape');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The lines of the tooltip next to the marked cell. */
export async function tooltip(page: Page | Frame, testId: string): Promise<string[]> {
  await settled(page);
  return page.getByTestId(testId).locator('.chart-tooltip:not([hidden]) > div').allTextContents();
}

/** Opens the table of a chart and reads its values by row and column, scrolling through all rows. */
export async function tableValues(page: Page | Frame, testId: string): Promise<Map<string, string>> {
  const details = page.getByTestId(testId).locator('details');
  if (!(await details.evaluate((element: HTMLDetailsElement) => element.open)))
    await details.locator('summary').click();
  await details.locator('td').first().waitFor();
  const scroll = details.locator('.table-scroll');
  const values = new Map<string, string>();
  for (let top = 0; ;) {
    const height = await scroll.evaluate((element, to) => {
      element.scrollTop = to;
      return element.clientHeight;
    }, top);
    await settled(page);
    const cells = await details.locator('td').evaluateAll((elements) =>
      elements.map((element) => {
        const { row, column, value } = (element as HTMLElement).dataset;
        return [`${row ?? '?'} | ${column ?? '?'}`, value ?? '?'] as const;
      }),
    );
    for (const [name, value] of cells) values.set(name, value);
    top += height;
    if (await scroll.evaluate((element, to) => to >= element.scrollHeight, top)) return values;
  }
}

/** Colours of a few pixels of a chart, as "r,g,b", to check whether and how it was painted. */
export async function pixel(page: Page, point: { x: number; y: number }): Promise<number[]> {
  const clip = { x: Math.round(point.x), y: Math.round(point.y), width: 1, height: 1 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (!context) throw new Error('No canvas to look at a pixel with.');
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }, png);
}
