import { html, nothing, type TemplateResult } from 'lit';
import type { PanelCommand, PanelState } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';

/** What stands where the geometry will be: why there is none yet, and what to do. */
export function emptyView(state: PanelState, actions: Actions): TemplateResult {
  const { conceptFile, result, progress, problem } = state;
  if (conceptFile === null && !progress) {
    return invitation('No concept file yet', 'It is created when you add your first pair.', actions);
  }
  if (result?.concepts.length === 0) {
    return invitation('No concepts yet', `${conceptFile ?? 'The concept file'} has no pairs.`, actions);
  }
  if (problem !== null)
    return html`<p class="empty-line" data-testid="empty">There is no result to show yet.</p>`;
  return skeletonView();
}

function invitation(title: string, why: string, actions: Actions): TemplateResult {
  return html`<section class="empty" data-testid="empty">
    ${sketch()}
    <h2>${title}</h2>
    <p>${why}</p>
    <ol>
      <li>
        In a text, select two words that differ in one concept, such as <em>king</em> and <em>queen</em>, and
        press <kbd>Ctrl+Alt+P</kbd> (<kbd>Cmd+Alt+P</kbd> on a Mac). Or take one word at a time: the first
        time marks a word, the second completes the pair.
      </li>
      <li>Name the concept. A second pair shows whether they are parallel.</li>
      <li>With a second concept, a map compares their directions.</li>
    </ol>
    ${commandButtons(['addPair', 'importPairs', 'openExample', 'howToRead'], actions)}
  </section>`;
}

const titles: Readonly<Record<Exclude<PanelCommand, 'openProblem'>, string>> = {
  addPair: 'Add Pair',
  importPairs: 'Import Pairs',
  openExample: 'Open the Example',
  howToRead: 'How to Read This',
  showLog: 'Show Log',
};

/** Buttons for commands, the first as the suggested one; nothing in a report. */
export function commandButtons(
  commands: readonly (keyof typeof titles)[],
  { post }: Actions,
): TemplateResult | typeof nothing {
  if (!post) return nothing;
  return html`<p class="buttons">
    ${commands.map(
      (command, index) =>
        html`<vscode-button
          appearance=${index === 0 ? 'primary' : 'secondary'}
          data-testid=${command}
          @click=${() => {
            post({ type: 'command', command });
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
