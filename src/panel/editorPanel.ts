import * as vscode from 'vscode';
import type { FigureRequests } from './figureRequests';
import { PanelConnection, type PanelHost, type PanelRequest } from './panelConnection';
import type { PanelPlace } from './panelPlace';

const viewType = 'conceptProbe.geometry';
const title = 'Concept Probe';

/** The panel as an editor, created when first shown and restored after a reload of the window. */
export class EditorPanel implements PanelPlace, vscode.WebviewPanelSerializer {
  #panel: vscode.WebviewPanel | undefined;
  #connection: PanelConnection | undefined;
  readonly #visibility = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly host: PanelHost,
    private readonly figures: FigureRequests,
  ) {
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  get isVisible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Shows it next to the text, which keeps the focus. */
  show(request: PanelRequest | undefined): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      if (request) this.#connection?.show(request);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(vscode.window.createWebviewPanel(viewType, title, place, { enableScripts: true }), request);
  }

  close(): void {
    this.#panel?.dispose();
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const other = this.#panel;
    this.#adopt(panel, undefined);
    other?.dispose();
    return Promise.resolve();
  }

  showConcept(concept: string): void {
    this.#connection?.show({ concept });
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#visibility.dispose();
    this.close();
  }

  #adopt(panel: vscode.WebviewPanel, request: PanelRequest | undefined): void {
    // Also renames a panel restored after a reload, which may have had another title.
    panel.title = title;
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'panel.svg');
    const dist = vscode.Uri.joinPath(this.extension, 'dist');
    const connection = new PanelConnection(panel.webview, dist, this.host, this.figures, request);
    this.#panel = panel;
    this.#connection = connection;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) connection.hidden();
      this.#visibility.fire();
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#connection = undefined;
      this.#visibility.fire();
      this.host.closed();
    });
    this.#visibility.fire();
  }
}
