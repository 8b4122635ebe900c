import { isPacked, unpack, type Packed } from '../src/protocol/packed';
import {
  figureScopes,
  panelPages,
  type FigureScope,
  type FromPanel,
  type PanelPage,
  type PairReference,
  type PanelState,
  type ShownItem,
  type ToPanel,
} from '../src/protocol/panelMessages';
import { decodeState } from './state/decodeState';

/** The webview's environment: VS Code's panel, or an exported report, which has no host. */
export interface Host {
  readonly kind: 'panel' | 'report';
  post(message: FromPanel): void;
  /** What {@link save} stored before the panel was hidden or the window reloaded. */
  load(): unknown;
  save(ui: unknown): void;
  start(receiver: Receiver): void;
}

export interface Receiver {
  /** Receives every change of the state; the first one is the whole state. */
  receive(change: Partial<PanelState>): void;
  /** Receives a request for figures, or `null` if no more are wanted. */
  figures(scope: FigureScope | null): void;
  /** Receives the requested page, if it is not any, and what to select on it. */
  show(page: PanelPage | undefined, item: ShownItem): void;
  /** Receives the pairs of the word at the cursor. */
  cursor(pairs: readonly PairReference[]): void;
  /** A message arrived damaged. */
  damaged(reason: string): void;
}

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export const reportStateId = 'concept-probe-state';

export function findHost(): Host {
  return typeof acquireVsCodeApi === 'function' ? panelHost(acquireVsCodeApi()) : reportHost();
}

function panelHost(api: VsCodeApi): Host {
  return {
    kind: 'panel',
    post: (message) => {
      api.postMessage(message);
    },
    load: () => api.getState(),
    save: (ui) => {
      api.setState(ui);
    },
    start: (receiver) => {
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        // Messages from other senders are ignored.
        if (!isPacked(data)) return;
        const message = opened(() => unpack(data as Packed<ToPanel>), receiver);
        if (message?.type === 'state') receiver.receive(message.state);
        if (message?.type === 'cursor') receiver.cursor(message.pairs);
        if (message?.type === 'figures' && (message.scope === null || figureScopes.includes(message.scope)))
          receiver.figures(message.scope);
        if (message?.type === 'show' && (message.page === undefined || panelPages.includes(message.page)))
          receiver.show(message.page, message);
      });
      api.postMessage({ type: 'ready' });
    },
  };
}

function reportHost(): Host {
  return {
    kind: 'report',
    post: () => undefined,
    load: () => undefined,
    save: () => undefined,
    start: (receiver) => {
      const json = document.getElementById(reportStateId)?.textContent;
      const state = json ? opened(() => decodeState(json), receiver) : undefined;
      if (state) receiver.receive(state);
    },
  };
}

function opened<T>(open: () => T, receiver: Receiver): T | undefined {
  try {
    return open();
  } catch (error) {
    receiver.damaged(String(error));
    return undefined;
  }
}
