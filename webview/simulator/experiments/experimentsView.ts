import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { SimulatorState } from '../../../src/protocol/simulationMessages';
import { experimentNames } from '../../../src/simulator/experiments/experiment';
import { experimentOf, experimentTitle } from '../../../src/simulator/experiments/experiments';
import type { Actions } from '../../state/actions';
import { radioView, selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { start } from '../runs/runControlsView';
import { chooserOf } from '../settings/chooser';

/** Questions that a sweep of simulations answers, on demand. */
export function experimentsView(state: SimulatorState, ui: UiState, actions: Actions): TemplateResult {
  const { isExperimenting } = ui.simulator;
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== isExperimenting) chooserOf(ui, actions)({ isExperimenting: open });
  };
  return html`<details class="more" data-testid="experiments" ?open=${isExperimenting} @toggle=${toggled}>
    <summary>${t('Experiments')}</summary>
    ${isExperimenting ? chosenView(state, ui, actions) : nothing}
  </details>`;
}

function chosenView({ task }: SimulatorState, ui: UiState, actions: Actions): TemplateResult {
  const { experiment, experimentSize: size, settings } = ui.simulator;
  const { seed } = settings.config;
  const choose = chooserOf(ui, actions);
  return html`<section class="reproduce" aria-label=${t('Experiments')}>
    <div class="choices">
      ${selectView({
        id: 'experiment',
        label: t('Experiment'),
        title: experimentTitle(experiment),
        choices: experimentNames.map((value) => ({ value, label: experimentTitle(value) })),
        chosen: experiment,
        choose: (value) => {
          choose({ experiment: value });
        },
      })}
      ${radioView({
        id: 'experiment-size',
        label: t('Size'),
        choices: [
          { value: 'quick', label: t('Quick'), title: t('Under two minutes on two cores') },
          { value: 'full', label: t('Full'), title: t('More points, runs and steps: up to ten minutes') },
        ],
        chosen: size,
        choose: (value) => {
          choose({ experimentSize: value });
        },
      })}
    </div>
    <p class="lead" data-testid="experiment-question">${experimentOf(experiment, size).question}</p>
    <p class="buttons">
      <vscode-button
        appearance="secondary"
        data-testid="experiment-run"
        ?disabled=${task !== null || !Number.isSafeInteger(seed)}
        @click=${() => {
          if (task !== null) return;
          start({ kind: 'experiment', experiment, size, seed, runs: null, steps: null }, ui, actions);
        }}
        >${t('Run Experiment')}</vscode-button
      >
    </p>
  </section>`;
}
