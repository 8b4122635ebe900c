import { render } from 'lit';
import type { FigureScope, FromPanel } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';
import type { ArrivedState } from '../state/arrived';
import type { UiState } from '../state/uiState';
import type { Figure } from './figure';
import { figureFiles } from './figureFiles';
import { FigureMenu } from './figureMenu';

type View = (state: ArrivedState, ui: UiState, actions: Actions) => unknown;

/** The figures of the page that is shown, or of every concept on the *Geometry* page. */
export function figuresIn(
  scope: FigureScope,
  root: HTMLElement,
  view: View,
  state: ArrivedState,
  ui: UiState,
  actions: Actions,
): readonly Figure[] {
  if (scope === 'shown') return figuresOf(root);
  const found = new Map<string, Figure>();
  for (const { name } of state.result?.concepts ?? []) {
    // Rendered outside the page: its charts are not drawn, but their menus know them.
    const aside = document.createElement('div');
    render(view(state, { ...ui, page: 'geometry', concept: name }, actions), aside);
    for (const figure of figuresOf(aside)) found.set(figure.name, figure);
  }
  return [...found.values()];
}

function figuresOf(root: HTMLElement): Figure[] {
  return Array.from(root.querySelectorAll('figure-menu'), (menu) =>
    menu instanceof FigureMenu ? menu.shownFigure : undefined,
  ).filter((figure) => figure !== undefined);
}

/** Makes files of figures, one figure at a time, and sends them until they are done or `isWanted` returns false. */
export async function sendFigures(
  figures: readonly Figure[],
  post: (message: FromPanel) => void,
  isWanted: () => boolean,
): Promise<void> {
  if (figures.length === 0) post({ type: 'figures', files: [], left: 0, problem: null });
  for (const [at, figure] of figures.entries()) {
    if (!isWanted()) return;
    const left = figures.length - 1 - at;
    try {
      post({ type: 'figures', files: await figureFiles(figure), left, problem: null });
    } catch (error) {
      post({ type: 'figures', files: [], left, problem: `${figure.name}: ${String(error)}` });
    }
  }
}
