import * as vscode from 'vscode';
import type { PanelPage } from '../protocol/panelMessages';
import { EditorPanel } from './editorPanel';
import type { PanelHost } from './panelConnection';
import { SideBarPanel } from './sideBarPanel';

const section = 'conceptProbe';
const setting = 'panelLocation';

export type PanelLocation = 'editor' | 'sideBar';

/** The single panel, in the place that the setting names. */
export class ProbePanel implements vscode.Disposable {
  readonly #editor: EditorPanel;
  readonly #sideBar: SideBarPanel;
  readonly #configuration: vscode.Disposable;
  /** A panel that moves is closed in one place, but nothing that it shows ends. */
  #isMoving = false;

  constructor(extension: vscode.Uri, host: PanelHost) {
    const both = {
      ...host,
      closed: () => {
        if (!this.#isMoving && !this.#editor.isOpen && !this.#sideBar.isOpen) host.closed();
      },
    };
    this.#editor = new EditorPanel(extension, both);
    this.#sideBar = new SideBarPanel(vscode.Uri.joinPath(extension, 'dist'), both);
    this.#configuration = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${setting}`)) this.#moved();
    });
  }

  get isVisible(): boolean {
    return this.#editor.isVisible || this.#sideBar.isVisible;
  }

  onDidChangeVisibility(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(
      this.#editor.onDidChangeVisibility(listener),
      this.#sideBar.onDidChangeVisibility(listener),
    );
  }

  /** Shows a page of the panel, and a concept on it. The text keeps the focus. */
  show(page: PanelPage, concept?: string): void {
    const place = location() === 'sideBar' ? this.#sideBar : this.#editor;
    place.show({ page, ...(concept !== undefined && { concept }) });
  }

  /** Moves the panel, and shows it there. */
  async moveTo(to: PanelLocation): Promise<void> {
    const configuration = vscode.workspace.getConfiguration(section);
    const target =
      configuration.inspect(setting)?.workspaceValue === undefined
        ? vscode.ConfigurationTarget.Global
        : vscode.ConfigurationTarget.Workspace;
    this.#isMoving = true;
    try {
      await configuration.update(setting, to, target);
      this.show('geometry');
    } finally {
      this.#isMoving = false;
    }
  }

  dispose(): void {
    this.#configuration.dispose();
    this.#editor.dispose();
    this.#sideBar.dispose();
  }

  /** The view in the side bar comes and goes by itself, by its `when`. */
  #moved(): void {
    if (location() === 'sideBar') this.#editor.close();
  }
}

function location(): PanelLocation {
  const value = vscode.workspace.getConfiguration(section).get<string>(setting);
  return value === 'sideBar' ? 'sideBar' : 'editor';
}
