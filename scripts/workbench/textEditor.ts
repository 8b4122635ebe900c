import { join, posix } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { QuickInput, QuickItem } from './quickInput';
import { actAndWait, waitUntil } from './waitUntil';
import {
  decorationStyles,
  locateWord,
  markTextEditor,
  visibleText,
  type Box,
  type DecorationStyle,
  type WordQuery,
} from './wordInPage';

/** The active text editor: words are found by their text, positions by line and column from 1. */
export class TextEditor {
  /** The words that were selected together, in that order. */
  private selected: WordQuery[] = [];

  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
    private readonly workspaceName: string,
  ) {}

  async openFile(relativePath: string): Promise<void> {
    const name = posix.basename(relativePath);
    const path = join(this.workspaceName, relativePath);
    const tab = this.tab(name).filter({
      has: this.page.locator(`.tab-label[aria-label$=${JSON.stringify(path)}]`),
    });
    const folder = posix.dirname(relativePath);
    // A file at the top level has no folder next to its name.
    const isIt = ({ label, description }: QuickItem): boolean =>
      label === name && (folder === '.' ? !description : description.endsWith(folder));
    await actAndWait(
      `the tab “${name}” in front`,
      async () => {
        if ((await tab.count()) > 0) await tab.first().click();
        else await this.quickInput.search('ControlOrMeta+P', relativePath, isIt);
      },
      () => this.isInFront(tab),
      20,
    );
    await this.waitForContents(name);
  }

  async focus(name: string): Promise<void> {
    await waitUntil(`a tab “${name}”`, async () => (await this.tab(name).count()) > 0);
    await this.tab(name).first().click();
    await waitUntil(`the tab “${name}” in front`, () => this.isInFront(this.tab(name)));
    await this.waitForContents(name);
  }

  async placeCaret(line: number, column: number): Promise<void> {
    const status = this.page.locator('[id="status.editor.selection"]');
    const there = new RegExp(`^Ln ${line}, Col ${column}\\b`);
    // The input closes if something else takes the focus.
    await actAndWait(
      `the caret at ${line}:${column}`,
      async () => {
        await this.takeFocus();
        await this.quickInput.open('Control+G', ':');
        await this.quickInput.enter(`:${line}:${column}`);
      },
      async () => (await status.allInnerTexts()).some((text) => there.test(text)),
    );
  }

  async selectText(fromLine: number, fromColumn: number, toLine: number, toColumn: number): Promise<void> {
    // Uses VS Code's selection anchor, because arrow keys are unreliable across tabs and wrapped lines.
    await this.placeCaret(fromLine, fromColumn);
    await this.chord('B');
    await this.placeCaret(toLine, toColumn);
    await this.chord('K');
    const same = fromLine === toLine && fromColumn === toColumn;
    const selected = this.page.locator('[id="status.editor.selection"]', { hasText: 'selected' });
    if (!same) await waitUntil('a selection', async () => (await selected.count()) > 0);
  }

  async selectWord(word: string, occurrence: number, add: boolean): Promise<void> {
    if (!add) this.selected = [];
    let from = this.selected.push({ word, occurrence }) - 1;
    // VS Code must handle both clicks of a double-click within 400 ms, so on a busy machine all words are selected again.
    await actAndWait(
      `“${word}” to be selected`,
      async () => {
        for (; from < this.selected.length; from++) await this.doubleClick(this.selected[from]!, from > 0);
        from = 0;
      },
      () => this.isSelected(),
      10,
    );
  }

  private async doubleClick({ word, occurrence }: WordQuery, add: boolean): Promise<void> {
    await this.hideHover();
    const { x, y } = middle(await this.locate(word, occurrence));
    if (add) await this.page.keyboard.down('Alt');
    try {
      await this.page.mouse.dblclick(x, y);
    } finally {
      if (add) await this.page.keyboard.up('Alt');
    }
  }

  /** Whether the status bar counts as many selections and characters as the words have. */
  private async isSelected(): Promise<boolean> {
    const characters = this.selected.reduce((sum, { word }) => sum + word.length, 0);
    const { length } = this.selected;
    const expected =
      length === 1 ? `(${characters} selected)` : `${length} selections (${characters} characters selected)`;
    const texts = await this.page.locator('[id="status.editor.selection"]').allInnerTexts();
    return texts.some((text) => text.includes(expected));
  }

  async openMenu(word: string, occurrence: number): Promise<void> {
    await this.hideHover();
    const { x, y } = middle(await this.locate(word, occurrence));
    await this.page.mouse.click(x, y, { button: 'right' });
  }

  async hover(word: string, occurrence: number): Promise<string> {
    let last = '';
    await actAndWait(
      `a hover on “${word}”`,
      async () => {
        await this.hideHover();
        const { x, y } = middle(await this.locate(word, occurrence));
        await this.page.mouse.move(x, y, { steps: 3 });
      },
      // Several providers respond one after the other: the text is complete when it stops growing.
      async () => {
        const before = last;
        last = (await this.hovers().allInnerTexts()).join('\n').trim();
        if (!last || last.includes('Loading...')) return false;
        await this.page.waitForTimeout(250);
        return last === before;
      },
      20,
    );
    return last;
  }

  async decorations(word: string, occurrence: number): Promise<DecorationStyle[]> {
    return this.page.evaluate(decorationStyles, await this.locate(word, occurrence));
  }

  async text(): Promise<string> {
    await this.mark();
    return this.page.evaluate(visibleText);
  }

  private async locate(word: string, occurrence: number): Promise<Box> {
    await this.mark();
    const what = `“${word}” (occurrence ${occurrence}) in sight in the editor`;
    return waitUntil(what, () => this.page.evaluate(locateWord, { word, occurrence }));
  }

  private async mark(): Promise<void> {
    await waitUntil('a text editor', () => this.page.evaluate(markTextEditor));
  }

  /** Ensures that keys go to the text, not to a tree or a panel. */
  private async takeFocus(): Promise<void> {
    await this.mark();
    const input = this.page
      .locator('[data-harness-editor]')
      .locator('.native-edit-context, textarea.inputarea')
      .first();
    await input.focus();
  }

  private tab(name: string): Locator {
    // The name may be followed by the group, or by a folder that distinguishes files of the same name.
    return this.page.locator(`.tab:is([aria-label="${name}"], [aria-label^="${name}, "])`);
  }

  private async isInFront(tab: Locator): Promise<boolean> {
    const front = tab.and(this.page.locator('.editor-group-container.active .tab.active'));
    return (await front.count()) > 0;
  }

  private async waitForContents(name: string): Promise<void> {
    await waitUntil(`the editor of “${name}”`, async () => (await this.contents().count()) > 0);
  }

  /** The text in the active group, or a webview, which is displayed over the group but not inside it. */
  private contents(): Locator {
    return this.page.locator('.editor-group-container.active .view-lines:visible, iframe.webview:visible');
  }

  private async chord(key: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+K');
    await this.page.keyboard.press(`ControlOrMeta+${key}`);
  }

  /** Moves the pointer to the corner: an open hover would cover words or be mistaken for the next one. */
  private async hideHover(): Promise<void> {
    await this.page.mouse.move(2, 2);
    await waitUntil('the last hover to go', async () => (await this.hovers().count()) === 0);
  }

  private hovers() {
    return this.page.locator('.monaco-resizable-hover .monaco-hover:visible .hover-row-contents');
  }
}

function middle({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
