import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../src/format/numbers';
import { settingLayout } from '../../../src/simulator/config/settingTable';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from './chooser';
import { numberField } from '../../controls/fields';
import { otherSettingsView } from './otherSettingsView';
import { settingFields, settingsChooser } from './settingField';
import { defaultSettings, mostRuns, withSetting } from './settings';

/** What the next run will be: the few settings that matter first, all others on demand. */
export function settingsView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const { settings } = ui.simulator;
  const { config, runs } = settings;
  const choose = settingsChooser(ui, actions);
  const field = settingFields(ui, actions);
  const { main } = settingLayout;
  return html`<div class="section-head">
      <h2 id="settings-title">${t('Settings')}</h2>
      <button
        class="link"
        data-testid="defaults"
        title=${t('Reset every setting to its default')}
        @click=${() => {
          choose(defaultSettings);
        }}
      >
        ${t('Defaults')}
      </button>
    </div>
    ${otherSettingsView(state, ui, actions)}
    <div class="fields" role="group" aria-labelledby="settings-title">
      ${main.map((key) => (key === 'seed' ? html`${runsField(ui, actions)} ${field(key)}` : field(key)))}
      <button
        class="link next-seed"
        data-testid="next-seed"
        title=${t('Another world: the seed after those of these runs')}
        @click=${() => {
          choose(withSetting(settings, 'seed', (config.seed || 0) + (runs || 1)));
        }}
      >
        ${t('Next seed')}
      </button>
    </div>
    ${moreSettingsView(ui, actions)}`;
}

/** Not part of a config: each run has one. */
function runsField(ui: UiState, actions: Actions): TemplateResult {
  const { settings } = ui.simulator;
  return numberField({
    id: 'runs',
    label: t('Runs'),
    title: t`Number of runs, with this seed and the following ones, 1 to ${formatCount(mostRuns)}; several give means with standard errors.`,
    value: settings.runs,
    least: 1,
    most: mostRuns,
    choose: (runs) => {
      settingsChooser(ui, actions)({ ...settings, runs });
    },
  });
}

/** All other settings, built when they are opened. */
function moreSettingsView(ui: UiState, actions: Actions): TemplateResult {
  const { isOpen } = ui.simulator;
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== isOpen) chooserOf(ui, actions)({ isOpen: open });
  };
  const field = settingFields(ui, actions);
  const { world, training, trainingChoices } = settingLayout;
  return html`<details class="more" data-testid="more-settings" ?open=${isOpen} @toggle=${toggled}>
    <summary>${t('More settings')}</summary>
    ${
      isOpen
        ? html`<h3>${t('World')}</h3>
            <div class="fields" role="group" aria-label=${t('World')}>${world.map((key) => field(key))}</div>
            <h3>${t('Training')}</h3>
            <div class="fields" role="group" aria-label=${t('Training')}>
              ${training.map((key) => field(key))}
            </div>
            <div class="choices">${trainingChoices.map((key) => field(key, 'buttons'))}</div>`
        : nothing
    }
  </details>`;
}
