import type { Locator, Page } from 'playwright-core';
import { exactly } from './exactly';
import { pickMenuItem } from './menu';
import { waitUntil } from './waitUntil';

export interface TreeItem {
  readonly label: string;
  readonly description: string;
  /** From 1. */
  readonly level: number;
  /** Undefined where it has no children. */
  readonly expanded: boolean | undefined;
}

/** A tree view, by its title. It must be open; only the rows in sight exist. */
export class Tree {
  private readonly root: Locator;

  constructor(
    private readonly page: Page,
    private readonly title: string,
  ) {
    this.root = page.locator(`[role=tree][aria-label="${title}"]`).first();
  }

  async items(): Promise<TreeItem[]> {
    await waitUntil(`the view “${this.title}”`, () => this.root.isVisible());
    return this.root.locator('.monaco-list-row').evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((row) => ({
          label: row.querySelector('.label-name')?.textContent.replaceAll('\u00a0', ' ') ?? '',
          description: row.querySelector('.label-description')?.textContent.replaceAll('\u00a0', ' ') ?? '',
          level: Number(row.getAttribute('aria-level')),
          expanded: row.hasAttribute('aria-expanded')
            ? row.getAttribute('aria-expanded') === 'true'
            : undefined,
        })),
    );
  }

  /** Expands one entry, or all in sight, those that come into sight included. */
  async expand(label?: string): Promise<void> {
    await waitUntil(`an entry in “${this.title}”`, async () => (await this.items()).length > 0);
    for (;;) {
      const closed = (await this.items()).find(
        (item) => item.expanded === false && (label ?? item.label) === item.label,
      );
      if (!closed) return;
      await this.row(closed.label).locator('.monaco-tl-twistie').click();
      const isOpen = async (): Promise<boolean> =>
        (await this.row(closed.label).getAttribute('aria-expanded')) === 'true';
      await waitUntil(`“${closed.label}” to expand`, isOpen);
    }
  }

  async click(label: string): Promise<void> {
    await this.require(label);
    await this.row(label).click();
  }

  /** Runs an entry's action: its button if it has one of that title, else the one in its context menu. */
  async action(label: string, title: string): Promise<void> {
    await this.require(label);
    await this.row(label).hover();
    const button = this.row(label).locator(`.actions .action-label[aria-label^="${title}"]`).first();
    if (await button.isVisible()) return button.click();
    await this.row(label).click({ button: 'right' });
    await pickMenuItem(this.page, title);
  }

  private async require(label: string): Promise<void> {
    await waitUntil(`“${label}” in “${this.title}”`, async () => (await this.row(label).count()) > 0);
  }

  private row(label: string): Locator {
    const name = this.page.locator('.label-name').filter({ hasText: exactly(label) });
    return this.root.locator('.monaco-list-row').filter({ has: name }).first();
  }
}
