import { panelPages, type FromPanel, type PanelPage, type PanelState } from '../src/protocol/panelMessages';
import { decodeState } from './decodeState';

/** Where the webview lives: in VS Code's panel, or in an exported report that has nobody to talk to. */
export interface Host {
  readonly kind: 'panel' | 'report';
  post(message: FromPanel): void;
  /** What {@link save} kept before the panel was hidden or the window reloaded. */
  load(): unknown;
  save(ui: unknown): void;
  /**
   * Calls `receive` with every change of the state from now on, the first of which is all of it, and `show` with the page
   * that was asked for.
   */
  start(receive: (change: Partial<PanelState>) => void, show: (page: PanelPage) => void): void;
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
    start: (receive, show) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const state = stateOf(event.data);
        if (state) receive(state);
        const page = pageOf(event.data);
        if (page) show(page);
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
    start: (receive) => {
      const json = document.getElementById(reportStateId)?.textContent;
      if (json) receive(decodeState(json));
    },
  };
}

/** Messages of other types belong to a newer extension, or to nobody: they are ignored. */
function stateOf(message: unknown): Partial<PanelState> | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('type' in message) || message.type !== 'state' || !('state' in message)) return undefined;
  return message.state as Partial<PanelState>;
}

function pageOf(message: unknown): PanelPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('type' in message) || message.type !== 'show' || !('page' in message)) return undefined;
  return panelPages.find((page) => page === message.page);
}
