import * as vscode from 'vscode';
import { readFromPanel } from '../protocol/fromPanel';
import type { FromPanel, PanelState, ToPanel } from '../protocol/panelMessages';
import { webviewHtml } from './webviewHtml';

const viewType = 'conceptProbe.geometry';

/** What the panel needs of the rest: a state to show, and someone to hear what is clicked. */
export interface PanelHost {
  readonly state: () => PanelState;
  readonly onDidChangeState: vscode.Event<PanelState>;
  readonly receive: (message: Exclude<FromPanel, { type: 'ready' }>) => void;
}

/** The one *Geometry* panel, made when first shown and again after a reload of the window. */
export class GeometryPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  readonly #dist: vscode.Uri;
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly host: PanelHost,
  ) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Shows the panel beside the text, without taking the focus from it. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(vscode.window.createWebviewPanel(viewType, 'Geometry', place, { enableScripts: true }));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#panel?.dispose();
    this.#adopt(panel);
    return Promise.resolve();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'panel.svg');
    let sent: Partial<PanelState> = {};
    const send = (state: PanelState): void => {
      const message: ToPanel = { type: 'state', state: changes(sent, state) };
      sent = state;
      void webview.postMessage(message);
    };
    const subscriptions = [
      this.host.onDidChangeState(send),
      webview.onDidReceiveMessage((value: unknown) => {
        const message = readFromPanel(value);
        if (!message) return;
        if (message.type !== 'ready') {
          this.host.receive(message);
          return;
        }
        sent = {};
        send(this.host.state());
      }),
      panel.onDidDispose(() => {
        if (this.#panel === panel) this.#panel = undefined;
        vscode.Disposable.from(...subscriptions).dispose();
      }),
    ];
    webview.html = webviewHtml(webview, this.#dist);
  }
}

/** The entries of `after` that are not the very same in `before`. */
function changes(before: Partial<PanelState>, after: PanelState): Partial<PanelState> {
  const keys = Object.keys(after) as (keyof PanelState)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
