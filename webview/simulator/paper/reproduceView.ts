import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { SimulationTask, SimulatorState } from '../../../src/protocol/simulationMessages';
import { presetNames } from '../../../src/simulator/paper/presets';
import type { Actions } from '../../state/actions';
import { radioView, selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { presetTitles } from './presetTitles';
import { start } from '../runs/runControlsView';

/** Reproduces the paper's tables and figures, and checks its theorems. */
export function reproduceView({ task }: SimulatorState, ui: UiState, actions: Actions): TemplateResult {
  const { preset, isQuick, settings } = ui.simulator;
  const choose = chooserOf(ui, actions);
  const { seed } = settings.config;
  const button = (id: string, label: string, title: string, asked: SimulationTask) =>
    html`<vscode-button
      appearance="secondary"
      data-testid=${id}
      title=${title}
      ?disabled=${task !== null || !Number.isSafeInteger(seed)}
      @click=${() => {
        if (task === null) start(asked, ui, actions);
      }}
      >${label}</vscode-button
    >`;
  return html`<section class="reproduce" aria-labelledby="reproduce-title">
    <h2 id="reproduce-title">${t('The paper')}</h2>
    <div class="choices">
      ${selectView({
        id: 'preset',
        label: t('Reproduce'),
        title: presetTitles[preset],
        choices: presetNames.map((value) => ({ value, label: presetTitles[value] })),
        chosen: preset,
        choose: (value) => {
          choose({ preset: value });
        },
      })}
      ${radioView({
        id: 'preset-size',
        label: t('Size'),
        choices: [
          { value: 'quick', label: t('Quick'), title: t('Fewer runs and steps: seconds to minutes') },
          { value: 'full', label: t('Full'), title: t('As many runs as in the paper: minutes to hours') },
        ],
        chosen: isQuick ? 'quick' : 'full',
        choose: (value) => {
          choose({ isQuick: value === 'quick' });
        },
      })}
    </div>
    <p class="buttons">
      ${button('reproduce', t('Reproduce'), t('Runs it and shows the numbers next to the paper’s'), {
        ...{ kind: 'preset', preset, quick: isQuick, seed },
        ...{ runs: null, steps: null },
      })}
      ${button(
        'theorems-run',
        t('Check Theorems'),
        t('Tries what the paper proves on small problems: a few seconds'),
        {
          kind: 'theorems',
          seed,
        },
      )}
    </p>
  </section>`;
}
