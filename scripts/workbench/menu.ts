import type { Page } from 'playwright-core';
import { exactly } from './exactly';
import { waitUntil } from './waitUntil';

/**
 * Picks from the context menu that is open.
 *
 * @throws Error where it has no such entry; the message lists what it has.
 */
export async function pickMenuItem(page: Page, title: string): Promise<void> {
  const labels = page.locator('.monaco-menu .action-menu-item .action-label');
  await waitUntil('a context menu', () => labels.first().isVisible());
  const item = labels.filter({ hasText: exactly(title) }).first();
  if ((await item.count()) === 0) {
    const has = (await labels.allInnerTexts()).map((text) => text.trim()).filter(Boolean);
    await page.keyboard.press('Escape');
    throw new Error(`The context menu has no “${title}”; it has: ${has.join(', ')}.`);
  }
  await waitUntil(`the context menu to close after “${title}”`, async () => {
    if ((await labels.count()) === 0) return true;
    // A menu that has just opened ignores the mouse for a moment, so that the click that opened it picks nothing.
    await item.click({ timeout: 500 }).catch(() => undefined);
    await page.waitForTimeout(100);
    return false;
  });
}
