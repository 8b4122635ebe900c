import * as vscode from 'vscode';
import { readFromPanel } from '../protocol/fromPanel';
import { pack } from '../protocol/packed';
import type { FromPanel, PanelPage, PanelState, ToPanel } from '../protocol/panelMessages';
import { postToPanel } from './postToPanel';
import { webviewHtml } from './webviewHtml';

/** What the panel needs from the extension: a state to show and handlers for the user's actions. */
export interface PanelHost {
  readonly source: { readonly state: PanelState; readonly onDidChangeState: vscode.Event<void> };
  readonly receive: (message: Exclude<FromPanel, { type: 'ready' }>) => void;
  /** A panel has been opened and will show the state. */
  readonly opened: () => void;
  /** The user closed the panel. */
  readonly closed: () => void;
}

/** A page, and a concept on it. */
export interface PanelRequest {
  readonly page: PanelPage;
  readonly concept?: string;
}

/** Connects a webview, wherever it is, with the extension: sends what changes, and what to show once it has loaded. */
export class PanelConnection implements vscode.Disposable {
  #isReady = false;
  #sent: Partial<PanelState> = {};
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly webview: vscode.Webview,
    dist: vscode.Uri,
    private readonly host: PanelHost,
    private request: PanelRequest | undefined,
  ) {
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#subscriptions = vscode.Disposable.from(
      host.source.onDidChangeState(() => {
        this.#send();
      }),
      webview.onDidReceiveMessage((value: unknown) => {
        this.#receive(value);
      }),
    );
    host.opened();
    webview.html = webviewHtml(webview, dist);
  }

  show(request: PanelRequest): void {
    this.request = request;
    this.#turnPage();
  }

  /** VS Code unloads a hidden page and loads it again when it is shown. */
  hidden(): void {
    this.#isReady = false;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #receive(value: unknown): void {
    const message = readFromPanel(value);
    if (!message) return;
    if (message.type !== 'ready') {
      this.host.receive(message);
      return;
    }
    this.#sent = {};
    this.#send();
    this.#isReady = true;
    this.#turnPage();
  }

  #send(): void {
    const { state } = this.host.source;
    const message = pack<ToPanel>({ type: 'state', state: changes(this.#sent, state) });
    this.#sent = state;
    postToPanel(this.webview, message);
  }

  #turnPage(): void {
    if (!this.#isReady || !this.request) return;
    postToPanel(this.webview, pack<ToPanel>({ type: 'show', ...this.request }));
    this.request = undefined;
  }
}

/** The entries of `after` that are not identical in `before`. */
function changes(before: Partial<PanelState>, after: PanelState): Partial<PanelState> {
  const keys = Object.keys(after) as (keyof PanelState)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
