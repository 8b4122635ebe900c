import * as vscode from 'vscode';
import { readFromPanel } from '../protocol/fromPanel';
import { pack } from '../protocol/packed';
import type {
  FigureScope,
  FiguresMade,
  FromPanel,
  PairReference,
  PanelPage,
  PanelState,
  ShownItem,
  ToPanel,
} from '../protocol/panelMessages';
import { postToPanel } from './postToPanel';
import { webviewHtml } from './webviewHtml';

const viewType = 'conceptProbe.geometry';
const title = 'Concept Probe';

/** What the panel needs from the extension: a state to show and handlers for the user's actions. */
export interface PanelHost {
  readonly source: { readonly state: PanelState; readonly onDidChangeState: vscode.Event<void> };
  /** The pairs of the word at the cursor, to be highlighted. */
  readonly onDidChangeCursor: vscode.Event<readonly PairReference[]>;
  readonly receive: (message: Exclude<FromPanel, { type: 'ready' | 'figures' }>) => void;
  /** A panel has been opened and will show the state. */
  readonly opened: () => void;
  /** The user closed the panel. */
  readonly closed: () => void;
}

interface FigureRequest {
  readonly scope: FigureScope;
  readonly made: (figures: FiguresMade) => void;
  readonly resolve: (isDone: boolean) => void;
  /** Whether the panel knows of it; it may still be loading. */
  readonly isSent: boolean;
}

/** The single panel, created when first shown and restored after a reload of the window. */
export class ProbePanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  /** What to show once the panel has loaded. */
  #request: Extract<ToPanel, { type: 'show' }> | undefined;
  #figures: FigureRequest | undefined;
  #isReady = false;
  readonly #visibility = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly #dist: vscode.Uri;
  readonly #serializer: vscode.Disposable;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly host: PanelHost,
  ) {
    this.#dist = vscode.Uri.joinPath(extension, 'dist');
    this.#serializer = vscode.window.registerWebviewPanelSerializer(viewType, this);
  }

  get isVisible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Shows a page of the panel, and a concept or a simulation on it, next to the text, which keeps the focus. */
  show(page: PanelPage, item: ShownItem = {}): void {
    this.#request = { type: 'show', page, ...item };
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      this.#turnPage();
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(vscode.window.createWebviewPanel(viewType, title, place, { enableScripts: true }));
  }

  /**
   * Asks the panel, which is shown, for figures; they come one by one. A new request ends the last one.
   *
   * @returns false if the panel was closed before all came, or another request took their place
   */
  collectFigures(
    scope: FigureScope,
    made: (figures: FiguresMade) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    this.#endFigures(false);
    return new Promise((resolve) => {
      this.#figures = { scope, made, resolve, isSent: false };
      signal.addEventListener('abort', () => {
        if (this.#panel && this.#isReady) this.#post({ type: 'figures', scope: null });
        this.#endFigures(false);
      });
      if (this.#panel) this.#panel.reveal(undefined, true);
      else this.show('geometry');
      this.#askForFigures();
    });
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    const other = this.#panel;
    this.#adopt(panel);
    other?.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#visibility.dispose();
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
        this.#visibility.fire();
      }),
      webview.onDidReceiveMessage((value: unknown) => {
        const message = readFromPanel(value);
        if (!message) return;
        if (message.type === 'figures') {
          this.#figures?.made(message);
          if (message.left === 0) this.#endFigures(true);
          return;
        }
        if (message.type !== 'ready') {
          this.host.receive(message);
          return;
        }
        sent = {};
        send();
        this.#isReady = true;
        this.#turnPage();
        this.#askForFigures();
      }),
      panel.onDidDispose(() => {
        vscode.Disposable.from(...subscriptions).dispose();
        if (this.#panel !== panel) return;
        this.#panel = undefined;
        this.#endFigures(false);
        this.#visibility.fire();
        // Nothing is selected in a panel that is closed.
        this.host.receive({ type: 'choose', concept: null });
        this.host.closed();
      }),
    ];
    this.#visibility.fire();
    this.host.opened();
    webview.html = webviewHtml(webview, this.#dist);
  }

  #turnPage(): void {
    if (!this.#isReady || !this.#request || !this.#panel) return;
    this.#post(this.#request);
    this.#request = undefined;
  }

  #askForFigures(): void {
    const request = this.#figures;
    if (!this.#isReady || !request || request.isSent) return;
    this.#figures = { ...request, isSent: true };
    this.#post({ type: 'figures', scope: request.scope });
  }

  #endFigures(isDone: boolean): void {
    const request = this.#figures;
    this.#figures = undefined;
    request?.resolve(isDone);
  }

  #post(message: ToPanel): void {
    if (this.#panel) postToPanel(this.#panel.webview, pack<ToPanel>(message));
  }
}

/** The entries of `after` that are not identical in `before`. */
function changes(before: Partial<PanelState>, after: PanelState): Partial<PanelState> {
  const keys = Object.keys(after) as (keyof PanelState)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
