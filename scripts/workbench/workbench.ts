import { basename } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { findWebview } from './findWebview';
import type { Host } from './host';
import { pickMenuItem } from './menu';
import { QuickInput, type QuickItem } from './quickInput';
import { changeWorkspaceSettings, type Settings } from './settings';
import { notificationTexts, statusBarItems, themeClass, type StatusBarItem } from './shell';
import { TextEditor } from './textEditor';
import { Tree, type TreeItem } from './tree';
import { patience, waitUntil } from './waitUntil';
import type { DecorationStyle } from './wordInPage';

export interface WordOptions {
  /** Index among the visible occurrences, from 0 in reading order. */
  readonly occurrence?: number;
}

/** A VS Code window from the user's point of view. Every wait that times out says what did not appear. */
export class Workbench {
  readonly page: Page;
  private readonly quickInput: QuickInput;
  private readonly editor: TextEditor;

  constructor(
    private readonly host: Host,
    /** The copy of the folder that is open. */
    readonly workspace: string,
    private theme: string,
  ) {
    this.page = host.page;
    this.quickInput = new QuickInput(this.page);
    this.editor = new TextEditor(this.page, this.quickInput, basename(workspace));
  }

  /** Waits until the workbench is drawn. */
  async ready(): Promise<void> {
    this.page.setDefaultTimeout(patience * 1000);
    // tsx wraps named functions in a helper that does not exist in the page that functions are sent to.
    const helper = 'globalThis.__name ??= (target) => target';
    await this.page.context().addInitScript(helper);
    await this.page.evaluate(helper);
    const drawn = this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first();
    await waitUntil('the workbench', () => drawn.isVisible());
  }

  /** Another window of this VS Code. See {@link Host.openIn}. */
  async openIn(language: string): Promise<Workbench | undefined> {
    const host = await this.host.openIn?.(language);
    if (!host) return undefined;
    const other = new Workbench(host, this.workspace, this.theme);
    await other.ready();
    return other;
  }

  /** Closes this window; with the first one VS Code, and everything that it wrote is removed. */
  close(): Promise<void> {
    return this.host.close();
  }

  /** Runs a command from the palette by its title, with or without its category; throws if it is not offered in time. */
  runCommand(title: string, seconds?: number): Promise<void> {
    return this.quickInput.runCommand(title, seconds);
  }

  /** Runs a command that opens a pick list, and picks the entry of this label. */
  async runAndPick(title: string, label: string): Promise<void> {
    await this.quickInput.openList(title);
    await this.quickInput.pick(label);
  }

  /** Runs a command that opens a pick list. */
  openList(title: string): Promise<void> {
    return this.quickInput.openList(title);
  }

  /** Opens a file of the workspace by Quick Open. */
  openFile(relativePath: string): Promise<void> {
    return this.editor.openFile(relativePath);
  }

  /** Activates the tab with this name (a file's name or a panel's title). */
  focusEditor(name: string): Promise<void> {
    return this.editor.focus(name);
  }

  /** Line and column from 1, as in the status bar, where a tab extends to its tab stop. */
  placeCaret(line: number, column: number): Promise<void> {
    return this.editor.placeCaret(line, column);
  }

  /** Double-clicks a word; `add` keeps existing selections (Alt, VS Code's default). */
  selectWord(
    word: string,
    { occurrence = 0, add = false }: WordOptions & { add?: boolean } = {},
  ): Promise<void> {
    return this.editor.selectWord(word, occurrence, add);
  }

  /** Selects by keyboard; lines and columns as in `placeCaret`, the last column excluded. */
  selectText(fromLine: number, fromColumn: number, toLine: number, toColumn: number): Promise<void> {
    return this.editor.selectText(fromLine, fromColumn, toLine, toColumn);
  }

  /** A key with its modifiers in Playwright's notation: `ControlOrMeta+Z`. */
  press(keys: string): Promise<void> {
    return this.page.keyboard.press(keys);
  }

  /** Right-clicks a word and clicks a menu item. */
  async editorMenu(word: string, title: string, { occurrence = 0 }: WordOptions = {}): Promise<void> {
    await this.editor.openMenu(word, occurrence);
    await pickMenuItem(this.page, title);
  }

  /** The text of the word's hover, which stays open. */
  hoverWord(word: string, { occurrence = 0 }: WordOptions = {}): Promise<string> {
    return this.editor.hover(word, occurrence);
  }

  /** Current decorations of a word by extensions; empty if there are none. */
  decorationsOf(word: string, { occurrence = 0 }: WordOptions = {}): Promise<DecorationStyle[]> {
    return this.editor.decorations(word, occurrence);
  }

  /** The visible lines as drawn. Typed keys appear a frame later, so wait for their effect. */
  editorText(): Promise<string> {
    return this.editor.text();
  }

  /** The entries of the open pick list. */
  quickItems(): Promise<QuickItem[]> {
    return this.quickInput.items();
  }

  pickQuickItem(label: string): Promise<void> {
    return this.quickInput.pick(label);
  }

  /** Fills the open pick list's or input box's field and accepts; throws the box's message if it rejects the text. */
  typeQuickInput(text: string): Promise<void> {
    return this.quickInput.type(text);
  }

  /** Enters a path in the open file dialog. */
  typePath(path: string): Promise<void> {
    return this.quickInput.typePath(path);
  }

  /** Enters a path in the open folder dialog, and accepts it with its button. */
  chooseFolder(path: string, button: string): Promise<void> {
    return this.quickInput.chooseFolder(path, button);
  }

  /** The visible rows of an open tree view. */
  treeItems(viewTitle: string): Promise<TreeItem[]> {
    return this.tree(viewTitle).items();
  }

  /** Expands one entry, or all. */
  expandTree(viewTitle: string, label?: string): Promise<void> {
    return this.tree(viewTitle).expand(label);
  }

  clickTreeItem(viewTitle: string, label: string): Promise<void> {
    return this.tree(viewTitle).click(label);
  }

  /** Waits until an entry is selected, such as one that the extension reveals after a change. */
  treeSelects(viewTitle: string, label: string): Promise<unknown> {
    return waitUntil(`“${label}” to be selected`, async () =>
      (await this.tree(viewTitle).selection()).includes(label),
    );
  }

  /** Runs an entry's action, with its button or from its context menu. */
  treeAction(viewTitle: string, label: string, action: string): Promise<void> {
    return this.tree(viewTitle).action(label, action);
  }

  /** Drags an entry with the mouse to another one, again every few seconds until `isDone`. */
  dragTreeItem(viewTitle: string, label: string, to: string, isDone: () => Promise<boolean>): Promise<void> {
    return this.tree(viewTitle).drag(label, to, isDone);
  }

  statusBarItems(): Promise<StatusBarItem[]> {
    return statusBarItems(this.page);
  }

  /** The visible notifications. */
  notifications(): Promise<string[]> {
    return notificationTexts(this.page);
  }

  /**
   * A webview's document, by its panel's title or the `data-testid` of an element in it. After its HTML is set again, get
   * it again.
   */
  webview(titleOrTestId: string, seconds?: number): Promise<Frame> {
    return findWebview(this.page, titleOrTestId, seconds);
  }

  /**
   * Repeats until the result is neither undefined, false nor null, and returns it; `what` describes it in the error
   * message.
   */
  waitFor<T>(
    what: string,
    probe: () => T | undefined | null | false | Promise<T | undefined | null | false>,
    seconds?: number,
  ): Promise<T> {
    return waitUntil(what, probe, seconds);
  }

  /** Changes settings for this workspace; VS Code applies them within a moment. */
  changeSettings(changes: Settings): Promise<void> {
    return changeWorkspaceSettings(this.workspace, changes);
  }

  /**
   * Changes the colour theme and waits until the window uses it.
   *
   * @param name as in the setting: `Light Modern`, `Dark Modern`, `Default High Contrast`, `Default High Contrast Light`
   */
  async setTheme(name: string): Promise<void> {
    if (this.theme === name) return;
    const before = await themeClass(this.page);
    await this.changeSettings({ 'workbench.colorTheme': name });
    await waitUntil(`the theme “${name}”`, async () => (await themeClass(this.page)) !== before);
    this.theme = name;
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  private tree(viewTitle: string): Tree {
    return new Tree(this.page, viewTitle);
  }
}
