import * as vscode from 'vscode';
import { readFromPanel } from '../protocol/fromPanel';
import { pack } from '../protocol/packed';
import type { FromPanel, PairReference, PanelPage, PanelState, ToPanel } from '../protocol/panelMessages';
import { postToPanel } from './postToPanel';
import { webviewHtml } from './webviewHtml';

const viewType = 'conceptProbe.geometry';
const title = 'Concept Probe';

/** What the panel needs from the extension: a state to show and handlers for the user's actions. */
export interface PanelHost {
  readonly source: { readonly state: PanelState; readonly onDidChangeState: vscode.Event<void> };
  /** The pairs of the word at the cursor, to be highlighted. */
  readonly onDidChangeCursor: vscode.Event<readonly PairReference[]>;
  readonly receive: (message: Exclude<FromPanel, { type: 'ready' }>) => void;
  /** A panel has been opened and will show the state. */
  readonly opened: () => void;
  /** The user closed the panel. */
  readonly closed: () => void;
}

/** The single panel, created when first shown and restored after a reload of the window. */
export class ProbePanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  /** The page to show once the panel has loaded. */
  #page: PanelPage | undefined;
  #isReady = false;
  readonly #dist: vscode.Uri;
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly host: PanelHost,
  ) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  /** Shows a page of the panel next to the text, which keeps the focus. */
  show(page: PanelPage): void {
    this.#page = page;
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#turnPage();
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(vscode.window.createWebviewPanel(viewType, title, place, { enableScripts: true }));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const other = this.#panel;
    this.#adopt(panel);
    other?.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#panel?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    this.#isReady = false;
    // Also renames a panel restored after a reload, which may have had another title.
    panel.title = title;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    panel.iconPath = vscode.Uri.joinPath(this.extension, 'media', 'panel.svg');
    let sent: Partial<PanelState> = {};
    const send = (): void => {
      const { state } = this.host.source;
      const message = pack<ToPanel>({ type: 'state', state: changes(sent, state) });
      sent = state;
      postToPanel(webview, message);
    };
    const subscriptions = [
      this.host.source.onDidChangeState(send),
      this.host.onDidChangeCursor((pairs) => {
        if (this.#isReady) postToPanel(webview, pack<ToPanel>({ type: 'cursor', pairs }));
      }),
      panel.onDidChangeViewState(() => {
        // VS Code unloads a hidden page and loads it again when it is shown.
        if (!panel.visible) this.#isReady = false;
      }),
      webview.onDidReceiveMessage((value: unknown) => {
        const message = readFromPanel(value);
        if (!message) return;
        if (message.type !== 'ready') {
          this.host.receive(message);
          return;
        }
        sent = {};
        send();
        this.#isReady = true;
        this.#turnPage();
      }),
      panel.onDidDispose(() => {
        vscode.Disposable.from(...subscriptions).dispose();
        if (this.#panel !== panel) return;
        this.#panel = undefined;
        // Nothing is selected in a panel that is closed.
        this.host.receive({ type: 'choose', concept: null });
        this.host.closed();
      }),
    ];
    this.host.opened();
    webview.html = webviewHtml(webview, this.#dist);
  }

  #turnPage(): void {
    if (!this.#isReady || !this.#page || !this.#panel) return;
    postToPanel(this.#panel.webview, pack<ToPanel>({ type: 'show', page: this.#page }));
    this.#page = undefined;
  }
}

/** The entries of `after` that are not identical in `before`. */
function changes(before: Partial<PanelState>, after: PanelState): Partial<PanelState> {
  const keys = Object.keys(after) as (keyof PanelState)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
