import type { Page } from 'playwright-core';

export interface StatusBarItem {
  readonly id: string;
  readonly text: string;
  /** The text for screen readers. */
  readonly label: string;
}

export function statusBarItems(page: Page): Promise<StatusBarItem[]> {
  return page.locator('.part.statusbar .statusbar-item:visible').evaluateAll((items) =>
    items.map((item) => ({
      id: item.id,
      text: item.querySelector('.statusbar-item-label')?.textContent.trim() ?? '',
      label: item.getAttribute('aria-label') ?? '',
    })),
  );
}

export async function notificationTexts(page: Page): Promise<string[]> {
  const messages = await page.locator('.notification-list-item-message:visible').allInnerTexts();
  return messages.map((text) => text.trim());
}

/** The window's class for its colour theme. */
export function themeClass(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () => /vscode-theme-\S+/.exec(document.querySelector('.monaco-workbench')?.className ?? '')?.[0],
  );
}
