import type { Page } from 'playwright-core';
import { settled } from './webviewPage';

/** @returns a function that says whether a chart inside `selector` has been redrawn since it was last called */
export async function watchRedraws(page: Page, selector: string): Promise<() => Promise<boolean>> {
  await page.evaluate((within) => {
    const { prototype } = CanvasRenderingContext2D;
    const clear = Object.getOwnPropertyDescriptor(prototype, 'clearRect')!
      .value as typeof prototype.clearRect;
    prototype.clearRect = function (...box) {
      if (this.canvas.closest(within)) document.body.dataset['redrawn'] = 'yes';
      clear.apply(this, box);
    };
  }, selector);
  return async () => {
    await settled(page);
    return page.evaluate(() => {
      const was = document.body.dataset['redrawn'] === 'yes';
      delete document.body.dataset['redrawn'];
      return was;
    });
  };
}
