import { html, type TemplateResult } from 'lit';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { contextsText, readContexts } from './contextsText';
import { numberField, optionalField, textField } from './fields';
import { numberSettings } from './numberSettings';
import { settingsChooser } from './settingsChooser';
import { settingTitles as titles } from './settingTitles';

/** What there is to learn. */
export function worldSettingsView(ui: UiState, actions: Actions): TemplateResult {
  const { config } = ui.simulator.settings;
  const { change } = settingsChooser(ui, actions);
  const number = numberSettings(ui, actions);
  const [low, high] = config.conditionals;
  const count = (value: number | null): number | 'all' => value ?? 'all';
  return html`<h3>World</h3>
    <div class="fields" role="group" aria-label="World">
      ${number('edgeProbability', 'Edge probability', 0.05, config.edges !== null)}
      ${numberField({
        id: 'conditionalsLow',
        label: 'P(1) from',
        title: titles.conditionals,
        ...{ value: low, least: 0, most: 1, step: 0.05 },
        choose: (value) => {
          change({ conditionals: [value, high] });
        },
      })}
      ${numberField({
        id: 'conditionalsHigh',
        label: 'P(1) to',
        title: titles.conditionals,
        ...{ value: high, least: 0, most: 1, step: 0.05 },
        choose: (value) => {
          change({ conditionals: [low, value] });
        },
      })}
      ${number('maskRate', 'Mask rate', 0.05)}
      ${optionalField({
        id: 'masks',
        label: 'Masks',
        title: titles.masks,
        value: config.masks === 'all' ? null : config.masks,
        placeholder: 'all',
        least: 1,
        choose: (masks) => {
          change({ masks: count(masks) });
        },
      })}
      ${optionalField({
        id: 'tokens',
        label: 'Tokens',
        title: titles.tokens,
        value: config.tokens === 'all' ? null : config.tokens,
        placeholder: 'all',
        least: 2,
        choose: (tokens) => {
          change({ tokens: count(tokens) });
        },
      })}
      ${textField({
        id: 'contexts',
        label: 'Contexts',
        title: titles.contexts,
        value: contextsText(config.contexts),
        placeholder: 'all',
        means: (text) => contextsText(readContexts(text)) === contextsText(config.contexts),
        choose: (text) => {
          change({ contexts: readContexts(text) });
        },
      })}
    </div>`;
}
