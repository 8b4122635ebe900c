import { html, type TemplateResult } from 'lit';
import { initialisations, type Initialisation } from '../../../src/simulator/config/simulationConfig';
import type { Actions } from '../../state/actions';
import { checkView, radioView, selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { numberSettings } from './numberSettings';
import { settingsChooser } from './settingsChooser';
import { settingTitles as titles } from './settingTitles';

const initialisationNames: Readonly<Record<Initialisation, string>> = {
  'fan-in': 'Fan-in',
  uniform: 'Uniform',
  normal: 'Normal',
  'zero-f': 'f at zero',
};

/** How it is learned and measured. */
export function trainingSettingsView(ui: UiState, actions: Actions): TemplateResult {
  const { config } = ui.simulator.settings;
  const { change } = settingsChooser(ui, actions);
  const number = numberSettings(ui, actions);
  return html`<h3>Training</h3>
    <div class="fields" role="group" aria-label="Training">
      ${number('batch', 'Batch', 1, config.gradient === 'population')}
      ${number('momentum', 'Momentum', 'any', config.optimizer !== 'momentum')}
      ${number('curvePoints', 'Curve points', 1)}
      ${selectView({
        id: 'initialisation',
        label: 'Beginning',
        title: titles.initialisation,
        choices: initialisations.map((value) => ({ value, label: initialisationNames[value] })),
        chosen: config.initialisation,
        choose: (initialisation) => {
          change({ initialisation });
        },
      })}
      ${number('initialScale', 'Scale', 'any', config.initialisation === 'fan-in')}
    </div>
    <div class="choices">
      ${radioView({
        id: 'gradient',
        label: 'Gradient',
        choices: [
          { value: 'sampled', label: 'Sampled', title: titles.gradient },
          { value: 'population', label: 'Exact', title: titles.gradient },
        ],
        chosen: config.gradient,
        choose: (gradient) => {
          change({ gradient });
        },
      })}
      <span title=${titles.bias}
        >${checkView('bias', 'Bias', config.bias, (bias) => {
          change({ bias });
        })}</span
      >
      <span title=${titles.includeSelf}
        >${checkView('includeSelf', 'With self-pairs', config.includeSelf, (includeSelf) => {
          change({ includeSelf });
        })}</span
      >
    </div>`;
}
