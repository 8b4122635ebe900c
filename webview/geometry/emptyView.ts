import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelCommand, PanelState } from '../../src/protocol/panelMessages';
import { place, withElements } from '../controls/inSentence';
import type { Actions } from '../state/actions';

/** What stands where the geometry will be: why there is none yet, and what to do. */
export function emptyView(state: PanelState, actions: Actions): TemplateResult {
  const { conceptFile, result, progress, problem } = state;
  if (conceptFile === null && !progress) {
    return invitation(t('No concept file yet'), t('It is created when you add your first pair.'), actions);
  }
  if (result?.concepts.length === 0) {
    return invitation(
      t('No concepts yet'),
      conceptFile === null ? t('The concept file has no pairs.') : t`${conceptFile} has no pairs.`,
      actions,
    );
  }
  if (problem !== null)
    return html`<p class="empty-line" data-testid="empty">${t('There is no result to show yet.')}</p>`;
  return skeletonView();
}

function invitation(title: string, why: string, actions: Actions): TemplateResult {
  return html`<section class="empty" data-testid="empty">
    ${sketch()}
    <h2>${title}</h2>
    <p>${why}</p>
    <ol>
      <li>
        ${withElements(
          t`In a text, select two words that differ in one concept, such as ${place(0)} and ${place(1)}, and press ${place(2)} (${place(3)} on a Mac). Or take one word at a time: the first time marks a word, the second completes the pair.`,
          html`<em>king</em>`,
          html`<em>queen</em>`,
          html`<kbd>${t('Ctrl+Alt+P')}</kbd>`,
          html`<kbd>${t('Cmd+Alt+P')}</kbd>`,
        )}
      </li>
      <li>${t('Name the concept. A second pair shows whether they are parallel.')}</li>
      <li>${t('With a second concept, a map compares their directions.')}</li>
    </ol>
    ${commandButtons(['addPair', 'importPairs', 'openExample', 'howToRead'], actions)}
  </section>`;
}

const titles: Readonly<Record<Exclude<PanelCommand, 'openProblem'>, string>> = {
  addPair: t('Add Pair'),
  importPairs: t('Import Pairs'),
  openExample: t('Open the Example'),
  howToRead: t('How to Read This'),
  showLog: t('Show Log'),
};

/**
 * Buttons for commands, the first as the suggested one; nothing in a report.
 *
 * @param concept to add a pair to; otherwise the selected words become a pair
 */
export function commandButtons(
  commands: readonly (keyof typeof titles)[],
  { post }: Actions,
  concept?: string,
): TemplateResult | typeof nothing {
  if (!post) return nothing;
  return html`<p class="buttons">
    ${commands.map(
      (command, index) =>
        html`<vscode-button
          appearance=${index === 0 ? 'primary' : 'secondary'}
          data-testid=${command}
          @click=${() => {
            post(
              command === 'addPair' && concept !== undefined
                ? { type: 'typePairs', concept }
                : { type: 'command', command },
            );
          }}
          >${titles[command]}</vscode-button
        >`,
    )}
  </p>`;
}

/** Two parallel arrows: what the panel is about. */
function sketch(): TemplateResult {
  return html`<svg class="sketch" viewBox="0 0 96 64" aria-hidden="true">
    <path d="M10 54 L48 20 M40 20 H48 V28" />
    <path d="M40 58 L78 24 M70 24 H78 V32" />
  </svg>`;
}

/** The calm shape of what is coming, while the first result is computed. */
function skeletonView(): TemplateResult {
  return html`<div class="skeleton" data-testid="skeleton" aria-hidden="true">
    <div class="bone bone-title"></div>
    <div class="bone bone-square"></div>
    <div class="bone bone-lines"></div>
  </div>`;
}
