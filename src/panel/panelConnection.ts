import * as vscode from 'vscode';
import { readFromPanel } from '../protocol/fromPanel';
import { pack } from '../protocol/packed';
import type {
  FromPanel,
  PairReference,
  PanelPage,
  PanelState,
  ShownItem,
  ToPanel,
} from '../protocol/panelMessages';
import type { Translation } from '../protocol/translation';
import type { FigureRequests } from './figureRequests';
import { postToPanel } from './postToPanel';
import { webviewHtml } from './webviewHtml';

/** What the panel needs from the extension: a state to show and handlers for the user's actions. */
export interface PanelHost {
  readonly translation: Translation;
  readonly source: { readonly state: PanelState; readonly onDidChangeState: vscode.Event<void> };
  /** The pairs of the word at the cursor, to be highlighted. */
  readonly onDidChangeCursor: vscode.Event<readonly PairReference[]>;
  readonly receive: (message: Exclude<FromPanel, { type: 'ready' | 'figures' }>) => void;
  /** A panel has been opened and will show the state. */
  readonly opened: () => void;
  /** The user closed the panel. */
  readonly closed: () => void;
}

/** A page, by default the one that is shown, and an item on it. */
export type PanelRequest = { readonly page?: PanelPage } & ShownItem;

/** Connects a webview, wherever it is, with the extension: sends what changes, and what to show once it has loaded. */
export class PanelConnection implements vscode.Disposable {
  #isReady = false;
  #sent: Partial<PanelState> = {};
  /** Kept for a page that loads again. */
  #cursor: readonly PairReference[] = [];
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly webview: vscode.Webview,
    dist: vscode.Uri,
    private readonly host: PanelHost,
    private readonly figures: FigureRequests,
    private request: PanelRequest | undefined,
  ) {
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.#subscriptions = vscode.Disposable.from(
      host.source.onDidChangeState(() => {
        this.#send();
      }),
      host.onDidChangeCursor((pairs) => {
        this.#cursor = pairs;
        if (this.#isReady) this.#post({ type: 'cursor', pairs });
      }),
      figures.onDidChange(() => {
        this.#askForFigures();
      }),
      webview.onDidReceiveMessage((value: unknown) => {
        this.#receive(value);
      }),
    );
    host.opened();
    webview.html = webviewHtml(webview, dist, host.translation);
  }

  show(request: PanelRequest): void {
    this.request = request;
    this.#turnPage();
  }

  /** VS Code unloads a hidden page and loads it again when it is shown. */
  hidden(): void {
    this.#isReady = false;
    this.figures.interrupt();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #receive(value: unknown): void {
    const message = readFromPanel(value);
    if (!message) return;
    if (message.type === 'figures') {
      this.figures.received(message);
      return;
    }
    if (message.type !== 'ready') {
      this.host.receive(message);
      return;
    }
    this.#isReady = true;
    this.#sent = {};
    this.#send();
    this.#turnPage();
    this.#post({ type: 'cursor', pairs: this.#cursor });
    this.#askForFigures();
  }

  /** Sends what changed. A page that is not ready gets everything once it is. */
  #send(): void {
    if (!this.#isReady) return;
    const { state } = this.host.source;
    const before = this.#sent;
    this.#sent = state;
    this.#post({ type: 'state', state: changes(before, state) });
  }

  #turnPage(): void {
    if (!this.#isReady || !this.request) return;
    this.#post({ type: 'show', ...this.request });
    this.request = undefined;
  }

  #askForFigures(): void {
    const scope = this.#isReady ? this.figures.take() : undefined;
    if (scope !== undefined) this.#post({ type: 'figures', scope });
  }

  #post(message: ToPanel): void {
    postToPanel(this.webview, pack<ToPanel>(message));
  }
}

/** The entries of `after` that are not identical in `before`. */
function changes(before: Partial<PanelState>, after: PanelState): Partial<PanelState> {
  const keys = Object.keys(after) as (keyof PanelState)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
