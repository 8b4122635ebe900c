import * as vscode from 'vscode';
import type { FigureRequests } from './figureRequests';
import { PanelConnection, type PanelHost, type PanelRequest } from './panelConnection';
import type { PanelPlace } from './panelPlace';

const viewId = 'conceptProbe.panel';

/** The panel as a view, which VS Code creates when it becomes visible and which users drag where they like. */
export class SideBarPanel implements PanelPlace, vscode.WebviewViewProvider {
  #view: vscode.WebviewView | undefined;
  #connection: PanelConnection | undefined;
  /** What to show once VS Code has created the view. */
  #request: PanelRequest | undefined;
  readonly #visibility = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly #provider: vscode.Disposable;

  constructor(
    private readonly dist: vscode.Uri,
    private readonly host: PanelHost,
    private readonly figures: FigureRequests,
  ) {
    this.#provider = vscode.window.registerWebviewViewProvider(viewId, this);
  }

  get isOpen(): boolean {
    return this.#view !== undefined;
  }

  get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  show(request: PanelRequest | undefined): void {
    if (request) {
      if (this.#connection) this.#connection.show(request);
      else this.#request = request;
    }
    if (this.#view) this.#view.show(true);
    else void vscode.commands.executeCommand(`${viewId}.focus`, { preserveFocus: true });
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const connection = new PanelConnection(view.webview, this.dist, this.host, this.figures, this.#request);
    this.#request = undefined;
    this.#view = view;
    this.#connection = connection;
    view.onDidChangeVisibility(() => {
      if (!view.visible) connection.hidden();
      this.#visibility.fire();
    });
    view.onDidDispose(() => {
      connection.dispose();
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#connection = undefined;
      this.#visibility.fire();
      this.host.closed();
    });
    this.#visibility.fire();
  }

  showConcept(concept: string): void {
    this.#connection?.show({ concept });
  }

  dispose(): void {
    this.#provider.dispose();
    this.#visibility.dispose();
  }
}
