import type { Locator, Page } from 'playwright-core';
import { pickMenuItem } from './menu';
import { actAndWait, actUntil, waitUntil } from './waitUntil';

export interface TreeItem {
  /** Position among the rows, from 0. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
  /** From 1. */
  readonly level: number;
  /** Undefined if it has no children. */
  readonly expanded: boolean | undefined;
}

/** A tree view, identified by its title. It must be open; only visible rows exist. */
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
    const items = await this.root.locator('.monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => {
        // The file extension is a separate element.
        const text = (selector: string) =>
          row.querySelector(selector)?.textContent.replaceAll('\u00a0', ' ') ?? '';
        const expanded = row.getAttribute('aria-expanded');
        return {
          index: Number(row.getAttribute('data-index')),
          label: text('.label-name') + text('.label-suffix'),
          description: text('.label-description'),
          level: Number(row.getAttribute('aria-level')),
          expanded: expanded === null ? undefined : expanded === 'true',
        };
      }),
    );
    return items.sort((a, b) => a.index - b.index);
  }

  /** Expands one entry, or all visible entries, including those that become visible. */
  async expand(label?: string): Promise<void> {
    const named = async (): Promise<TreeItem[]> =>
      (await this.items()).filter((item) => (label ?? item.label) === item.label);
    await waitUntil(`“${label ?? 'an entry'}” in “${this.title}”`, async () => (await named()).length > 0);
    for (;;) {
      const closed = (await named()).find((item) => item.expanded === false);
      if (!closed) return;
      const now = async (): Promise<TreeItem | undefined> =>
        (await this.items()).find((item) => item.label === closed.label && item.level === closed.level);
      // A refresh moves rows.
      await actUntil(
        `“${closed.label}” to expand`,
        async () => (await now())?.expanded === true,
        async () => {
          const item = await now();
          if (item?.expanded === false) await this.row(item).locator('.monaco-tl-twistie').click();
        },
      );
      await this.settle();
    }
  }

  /** Clicks an entry until it is selected: a refresh moves rows. */
  async click(label: string): Promise<void> {
    await actAndWait(
      `“${label}” to be selected in “${this.title}”`,
      async () => (await this.find(label)).click(),
      async () => (await this.selection()).includes(label),
    );
  }

  /** Labels of the selected entries. */
  async selection(): Promise<string[]> {
    const items = await this.items();
    const selected = await this.root
      .locator('.monaco-list-row.selected')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-index'))));
    return items.filter(({ index }) => selected.includes(index)).map(({ label }) => label);
  }

  /** Runs an entry's action: its button with that title if there is one, otherwise the context menu item. */
  async action(label: string, title: string): Promise<void> {
    const row = await this.find(label);
    await row.hover();
    const button = row
      .locator(`.actions .action-label:is([aria-label="${title}"], [aria-label^="${title} ("])`)
      .first();
    if (await button.isVisible()) return button.click();
    await row.click({ button: 'right' });
    await pickMenuItem(this.page, title);
  }

  /** Drags an entry with the mouse to another one, until `isDone`: a refresh during a drag discards the drop. */
  async drag(label: string, to: string, isDone: () => Promise<boolean>): Promise<void> {
    await actAndWait(
      `“${label}” to be dropped on “${to}”`,
      async () => {
        // A hover would be in the way.
        await this.page.mouse.move(0, 0);
        await waitUntil(
          'no hover',
          async () => !(await this.page.locator('.hover-contents').first().isVisible()),
        );
        await (await this.find(label)).dragTo(await this.find(to));
      },
      isDone,
      10,
    );
  }

  private async find(label: string): Promise<Locator> {
    // VS Code ignores actions on a tree that is being rebuilt (microsoft/vscode 144250).
    await this.settle();
    const find = async (): Promise<TreeItem | undefined> =>
      (await this.items()).find((item) => item.label === label);
    return this.row(await waitUntil(`“${label}” in “${this.title}”`, find));
  }

  private row({ index }: TreeItem): Locator {
    return this.root.locator(`.monaco-list-row[data-index="${index}"]`);
  }

  /** Waits until two consecutive reads agree: an extension provides rows after a change or an expansion. */
  private async settle(): Promise<void> {
    let last = '';
    await waitUntil(`“${this.title}” to settle`, async () => {
      const before = last;
      last = JSON.stringify(await this.items());
      await this.page.waitForTimeout(150);
      return last === before && (await this.root.locator('.codicon-tree-item-loading').count()) === 0;
    });
  }
}
