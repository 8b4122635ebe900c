import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { runButton } from './runControlsView';

/** What stands where the first geometry will be. */
export function introView(ui: UiState, actions: Actions): TemplateResult {
  return html`<section class="empty intro" data-testid="intro">
    <svg class="sketch" viewBox="0 0 96 64" aria-hidden="true">
      <path d="M22 24 H58 V58 H22 Z M22 24 L38 8 H74 V42 L58 58 M58 24 L74 8" />
    </svg>
    <h2>${t('Watch a geometry appear')}</h2>
    <p>
      ${t('A small world of binary concepts, joined by a graph, says how likely every token is in every context. A learner starts from random vectors and only ever predicts tokens; yet the vectors that switch one concept on become parallel, and those of different concepts orthogonal: with three concepts, the tokens form a cube. Change the number of concepts, press Run, and watch.')}
    </p>
    <p class="buttons">${runButton(ui, actions, 'run-first')}</p>
  </section>`;
}
