import * as vscode from 'vscode';
import type { FigureScope, FiguresMade, PanelPage, ShownItem } from '../protocol/panelMessages';
import { EditorPanel } from './editorPanel';
import { FigureRequests } from './figureRequests';
import type { PanelHost } from './panelConnection';
import type { PanelPlace } from './panelPlace';
import { SideBarPanel } from './sideBarPanel';

const section = 'conceptProbe';
const setting = 'panelLocation';

export type PanelLocation = 'editor' | 'sideBar';

/** The single panel, in the place that the setting names. */
export class ProbePanel implements vscode.Disposable {
  readonly #editor: EditorPanel;
  readonly #sideBar: SideBarPanel;
  readonly #figures = new FigureRequests();
  readonly #configuration: vscode.Disposable;
  /** A panel that moves is closed in one place, but nothing that it shows ends. */
  #isMoving = false;

  constructor(extension: vscode.Uri, host: PanelHost) {
    const both = {
      ...host,
      closed: () => {
        this.#figures.end(false);
        if (this.#isMoving || this.#editor.isOpen || this.#sideBar.isOpen) return;
        // Nothing is selected in a panel that is closed.
        host.receive({ type: 'choose', concept: null });
        host.closed();
      },
    };
    this.#editor = new EditorPanel(extension, both, this.#figures);
    this.#sideBar = new SideBarPanel(vscode.Uri.joinPath(extension, 'dist'), both, this.#figures);
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

  /** Shows a page of the panel, and an item on it. The text keeps the focus. */
  show(page: PanelPage, item: ShownItem = {}): void {
    this.#place.show({ page, ...item });
  }

  /** Shows the concept in the panel, if it is open and on the page of concepts. */
  showConcept(concept: string): void {
    this.#place.showConcept(concept);
  }

  /**
   * Asks the panel, which is shown, for figures; they come one by one.
   *
   * @returns false if the panel was closed or hidden before all came, or another request took their place
   */
  collectFigures(
    scope: FigureScope,
    made: (figures: FiguresMade) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    const done = this.#figures.collect(scope, made, signal);
    this.#place.show(undefined);
    return done;
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
    this.#figures.dispose();
  }

  get #place(): PanelPlace {
    return location() === 'sideBar' ? this.#sideBar : this.#editor;
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
