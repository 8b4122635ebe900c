import type { Page } from 'playwright-core';
import { exactly } from './exactly';
import { waitUntil } from './waitUntil';

/**
 * Clicks an item of the open context menu.
 *
 * @throws Error if there is no such item; the message lists the available ones.
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
    // A new menu ignores the mouse for a moment, so that the click that opened it selects nothing.
    await item.click({ timeout: 500 }).catch(() => undefined);
    await page.waitForTimeout(100);
    return false;
  });
}
