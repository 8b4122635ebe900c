import { errors, type Page } from 'playwright-core';
import { exactly } from './exactly';
import { actUntil, waitUntil } from './waitUntil';

export interface QuickItem {
  /** Position in the list, from 0. */
  readonly index: number;
  readonly label: string;
  readonly description: string;
}

/** The Command Palette and similar widgets: pick lists and input boxes. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  /**
   * Runs a command by its title in the palette, with or without its category (`Concept Probe: Show Geometry`).
   *
   * @throws Error if the palette does not offer it.
   */
  async runCommand(title: string, seconds?: number): Promise<void> {
    const isTitle = ({ label }: QuickItem): boolean => label === title || label.endsWith(`: ${title}`);
    let offered: QuickItem[] = [];
    let looks = 0;
    const find = async (): Promise<QuickItem | undefined> => {
      // While VS Code starts, something else may take the focus and close the palette, so it is opened again.
      if (!(await this.value())?.startsWith('>')) await this.open('F1', '>');
      if ((await this.value()) !== `>${title}` && !(await this.filled(`>${title}`))) return undefined;
      offered = await this.items();
      const item = offered.find(isTitle);
      // An open palette does not notice that a command has become available until its filter changes.
      if (!item && ++looks % 10 === 0) await this.filled('>');
      return item;
    };
    const pick = async (): Promise<boolean> => {
      const item = await find();
      return item !== undefined && (await this.clicked(item.label, item.index));
    };
    await waitUntil(`“${title}” in the palette`, pick, seconds).catch(async (error: unknown) => {
      await this.page.keyboard.press('Escape');
      const others = offered.slice(0, 3).map((item) => item.label);
      throw new Error(`The palette does not offer “${title}”; it has: ${others.join(', ')}.`, {
        cause: error,
      });
    });
    await waitUntil(
      `the palette to close after “${title}”`,
      async () => (await this.value()) !== `>${title}`,
    );
  }

  /** Runs a command until its pick list is there: VS Code closes a list if focus that it restores late goes elsewhere. */
  async openList(title: string): Promise<void> {
    await actUntil(
      `a pick list after “${title}”`,
      async () => !((await this.value()) ?? '>').startsWith('>') && (await this.items()).length > 0,
      () => this.runCommand(title),
      20,
    );
  }

  /** Presses a key that opens a quick input with this prefix. */
  async open(key: string, prefix: string): Promise<void> {
    await actUntil(
      `a quick input after ${key}`,
      async () => (await this.value())?.startsWith(prefix) ?? false,
      () => this.page.keyboard.press(key),
    );
  }

  /**
   * Opens a quick input with a key, types a search, and picks the first entry that passes. VS Code closes the input if
   * something else takes the focus, and only searches files that it knew when the input opened.
   */
  async search(key: string, search: string, passes: (item: QuickItem) => boolean): Promise<void> {
    await actUntil(
      `“${search}” in the list`,
      async () => {
        const item = (await this.items()).find(passes);
        return item !== undefined && (await this.clicked(item.label, item.index));
      },
      async () => {
        await this.page.keyboard.press('Escape');
        await this.open(key, '');
        await this.filled(search);
      },
      20,
    );
  }

  /** Fills the box; `false` if it disappears because something else takes the focus. */
  private async filled(text: string): Promise<boolean> {
    return inTime(this.input().fill(text, { timeout: 5000 }));
  }

  /**
   * Whether the entry is there and was clicked. The page itself clicks: a mouse click that times out may still have
   * happened, and would then run a command twice.
   */
  private clicked(label: string, index?: number): Promise<boolean> {
    return this.row(label, index).evaluateAll(([row]) => {
      (row as HTMLElement | undefined)?.click();
      return row !== undefined;
    });
  }

  /**
   * Picks the entry with this label.
   *
   * @throws Error if the list does not contain it.
   */
  async pick(label: string): Promise<void> {
    await waitUntil('a pick list', async () => (await this.items()).length > 0);
    // Long lists render only the visible part; typing brings the entry into view.
    if ((await this.row(label).count()) === 0) await this.input().fill(label);
    await waitUntil(`“${label}” in the pick list`, async () => (await this.row(label).count()) > 0);
    const before = await this.step();
    // Where the mouse stays, a hover would open and cover what comes next.
    await this.page.mouse.move(0, 0);
    await waitUntil(`a click on “${label}”`, () => this.clicked(label));
    await this.movedOn(before, label);
  }

  /**
   * Types into the box and accepts.
   *
   * @throws Error if the box rejects the text; the message includes the box's own message.
   */
  async type(text: string): Promise<void> {
    await waitUntil('an input box', async () => (await this.value()) !== undefined);
    await this.input().fill(text);
    const before = await this.step();
    await this.input().press('Enter');
    await this.movedOn(before, text);
  }

  /** Types a text into the input box, if it is still open, and accepts. */
  async enter(text: string): Promise<void> {
    if ((await this.value()) === undefined) return;
    await this.input().fill(text);
    await this.input().press('Enter');
  }

  /** Types a path into the open file dialog and accepts. */
  async typePath(path: string): Promise<void> {
    const filled = async (): Promise<boolean> =>
      ((await this.value())?.startsWith('/') ?? false) && (await this.items()).length > 0;
    await waitUntil('a file dialog', filled);
    await this.input().fill(path);
    // The dialog looks up the path in the background without any indicator, and rejects a path that it has not found yet.
    await this.page.waitForTimeout(1000);
    await actUntil(
      `an answer to “${path}”`,
      async () => (await this.value()) !== path,
      () => this.input().press('Enter'),
    );
  }

  /**
   * Enters a folder in the open dialog and clicks the dialog's button, which responds only after the folder was looked up.
   */
  async chooseFolder(path: string, button: string): Promise<void> {
    await this.typePath(path);
    const accept = this.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: button, exact: true });
    await actUntil(
      `an answer to “${button}”`,
      async () => !(await accept.isVisible()),
      // The dialog may close in the meantime.
      () => accept.click({ timeout: 5000 }).catch(() => undefined),
    );
  }

  /** The entries that the list shows; empty if there is no list. */
  items(): Promise<QuickItem[]> {
    return this.page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row')
      .evaluateAll((rows) =>
        rows
          .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
          .map((row) => ({
            index: Number(row.getAttribute('data-index')),
            label: row.querySelector('.label-name')?.textContent.replaceAll('\u00a0', ' ') ?? '',
            description: row.querySelector('.label-description')?.textContent.replaceAll('\u00a0', ' ') ?? '',
          })),
      );
  }

  private input() {
    return this.page.locator('.quick-input-widget:visible .quick-input-box input');
  }

  private row(label: string, index?: number) {
    const name = this.page.locator('.label-name').filter({ hasText: exactly(label) });
    const place = index === undefined ? '' : `[data-index="${index}"]`;
    const rows = this.page.locator(`.quick-input-widget:visible .quick-input-list .monaco-list-row${place}`);
    return rows.filter({ has: name }).first();
  }

  /** The text in the box; undefined if no quick input is open. */
  private async value(): Promise<string | undefined> {
    const values = await this.input().evaluateAll((inputs) =>
      inputs.map((input) => (input as HTMLInputElement).value),
    );
    return values[0];
  }

  /** State that changes when a step is complete: everything except the validation message for the current text. */
  private async step(): Promise<string> {
    const heads = await this.page.locator('.quick-input-widget:visible').evaluateAll((widgets) =>
      widgets.map((widget) => {
        const input = widget.querySelector<HTMLInputElement>('.quick-input-box input');
        return [widget.querySelector('.quick-input-title')?.textContent, input?.value, input?.placeholder];
      }),
    );
    return JSON.stringify([heads, await this.items()]);
  }

  private async movedOn(before: string, entry: string): Promise<void> {
    const objecting = this.page.locator('.quick-input-widget:visible .monaco-inputbox.error');
    await waitUntil(`an answer to “${entry}”`, async () => {
      if ((await this.step()) !== before) return true;
      if ((await objecting.count()) === 0) return false;
      // The message may refer to the previous text.
      await this.page.waitForTimeout(1000);
      if ((await this.step()) !== before) return true;
      if ((await objecting.count()) === 0) return false;
      const message = this.page.locator('.quick-input-widget:visible .quick-input-message');
      const said = (await message.allInnerTexts()).join(' ').trim();
      throw new Error(`The quick input rejects “${entry}”: ${said}`);
    });
  }
}

/** Whether an action succeeds before its timeout. */
async function inTime(action: Promise<void>): Promise<boolean> {
  try {
    await action;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
