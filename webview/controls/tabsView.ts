import { html, type TemplateResult } from 'lit';
import { panelPages, type PanelPage } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

/** What tabs and headings call the pages. */
export const pageNames: Readonly<Record<PanelPage, string>> = {
  geometry: 'Geometry',
  simulator: 'Simulator',
};

/** The panel's pages, in the place of its heading; what is below is the page of the chosen one. */
export function tabsView({ page }: UiState, { choose }: Actions): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label="Pages"
    @keydown=${(event: KeyboardEvent) => {
      moveByKey(event, page, choose);
    }}
  >
    ${panelPages.map(
      (of) =>
        html`<button
          role="tab"
          id="tab-${of}"
          data-testid="tab-${of}"
          aria-controls="page"
          aria-selected=${of === page ? 'true' : 'false'}
          tabindex=${of === page ? 0 : -1}
          @click=${() => {
            choose({ page: of });
          }}
        >
          ${pageNames[of]}
        </button>`,
    )}
  </div>`;
}

/** Arrow keys show the page that they come to, as in any list of tabs. */
function moveByKey(event: KeyboardEvent, page: PanelPage, choose: Actions['choose']): void {
  const at = panelPages.indexOf(page);
  const last = panelPages.length - 1;
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  };
  const to = moves[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]');
  choose({ page: panelPages[to]! });
  tabs[to]?.focus();
}
