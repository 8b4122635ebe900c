import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { panelPages, type PanelPage } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

/** The names of the pages in tabs and headings. */
export const pageNames: Readonly<Record<PanelPage, string>> = {
  geometry: t('Geometry'),
  simulator: t('Simulator'),
};

/** The tabs of the panel's pages, in place of a heading. */
export function tabsView({ page }: UiState, { choose }: Actions): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${t('Pages')}
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

/** Arrow keys switch to the next or previous page, as in other tab lists. */
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
