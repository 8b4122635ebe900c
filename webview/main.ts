import './translation';
import { html, render } from 'lit';
import { closableViews, type PanelState } from '../src/protocol/panelMessages';
import { applyTheme } from './charts/applyTheme';
import { unreadable, withChange, type ArrivedState } from './state/arrived';
import { registerControls } from './controls/registerControls';
import { printFigures } from './figures/printFigures';
import { saveFilesOf } from './figures/saveFilesOf';
import { figuresIn, sendFigures } from './figures/sendFigures';
import { revealConcept } from './geometry/revealConcept';
import { findHost } from './host';
import { conceptKey, highlight, highlightElements, pairKey } from './state/highlight';
import { rememberScroll } from './state/rememberScroll';
import { restoreUi, type UiState } from './state/uiState';
import { view } from './view';
import './categories/probeSimplex';
import './charts/probePicture';
import './figures/figureMenu';
import './steering/probeSteering';
import './webview.css';

/* Composes the webview: a host, the newest state, the reader's choices, and a view of them. */
const host = findHost();
const root = document.getElementById('root') ?? document.body.appendChild(document.createElement('main'));
let state: ArrivedState | undefined;
let ui = restoreUi(host.load());
const markHighlighted = highlightElements(root);
const scroll = rememberScroll(ui.scroll, (top) => {
  actions.keep({ scroll: top });
});

const actions = {
  post: host.kind === 'panel' ? host.post.bind(host) : undefined,
  choose,
  keep: (change: Partial<UiState>) => {
    ui = { ...ui, ...change };
    host.save(ui);
  },
  showConcept: (concept: string) => {
    choose({ concept });
    revealConcept({ takesFocus: true });
  },
  toggleTable: (table: UiState['openTables'][number], open: boolean) => {
    const others = ui.openTables.filter((id) => id !== table);
    choose({ openTables: open ? [...others, table] : others });
  },
};

function choose(change: Partial<UiState>): void {
  const isOtherPage = change.page !== undefined && change.page !== ui.page;
  if (change.concept && change.concept !== ui.concept) host.post({ type: 'choose', concept: change.concept });
  ui = { ...ui, ...change };
  host.save(ui);
  show();
  if (!isOtherPage) return;
  scroll.forget();
  scrollTo(0, 0);
}

function show(): void {
  render(state ? view(state, ui, actions) : html``, root);
  markHighlighted();
  scroll.rendered();
}

/** Counts the requests for figures, because a new one replaces the last. */
let figureRequest = 0;

registerControls();
applyTheme(root, host.kind);
saveFilesOf(root, host);
if (host.kind === 'report') printFigures(root);
const report = (reason: string): void => {
  host.post({ type: 'damaged', reason });
};
host.start({
  receive: (change) => {
    const before = state;
    state = withChange(state, change, report);
    // A task is shown when it starts and when it is done.
    if (before && (hasBegun(before, state) || isNewestNew(before.simulations, state.simulations)))
      choose({ simulator: { ...ui.simulator, looked: null, compared: null, moment: null } });
    else show();
    if (before) scrollToNew(before, state);
  },
  figures: (scope) => {
    const own = ++figureRequest;
    if (scope === null) return;
    const figures = state ? figuresIn(scope, root, view, state, ui, actions) : [];
    void sendFigures(figures, host.post.bind(host), () => own === figureRequest);
  },
  show: (page, { concept, simulation }) => {
    const looked = simulation !== undefined && { looked: simulation, compared: null, moment: null };
    choose({
      ...(page !== undefined && { page }),
      simulator: { ...ui.simulator, ...looked },
      ...(concept !== undefined && { concept }),
    });
    if (concept !== undefined) revealConcept({ takesFocus: false });
  },
  cursor: (pairs) => {
    highlight(
      'text',
      pairs.flatMap(({ concept, pair }) => [conceptKey(concept), pairKey(concept, pair)]),
    );
  },
  damaged: (reason) => {
    report(reason);
    state = unreadable();
    show();
  },
});

function hasBegun(before: PanelState, now: PanelState): boolean {
  return before.simulator.task === null && now.simulator.task !== null;
}

function isNewestNew(before: PanelState['simulations'], [newest]: PanelState['simulations']): boolean {
  // Initially all of them are new.
  return newest !== undefined && before.length > 0 && !before.some(({ id }) => id === newest.id);
}

/** Scrolls to a view that the reader opened, which may be below the visible part. */
function scrollToNew(before: PanelState, now: PanelState): void {
  const id = closableViews.find((view) => now[view] && !before[view]);
  const isWaiting = now.computing !== null && now.computing !== before.computing;
  const shown = id ?? (isWaiting ? 'computing' : null);
  if (shown) document.getElementById(shown)?.scrollIntoView({ block: 'nearest' });
}
