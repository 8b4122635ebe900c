import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { boundsText } from '../../../src/format/settingText';
import type { Bounds, Setting } from '../../../src/simulator/config/settingKinds';
import {
  isUsed,
  settingOf,
  type SettingKey,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';
import { checkView, radioView, selectView } from '../../controls/choices';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from './chooser';
import { numberField, optionalField, textField } from '../../controls/fields';
import { withSetting, type Settings } from './settings';

/** How the settings are changed. */
export function settingsChooser(ui: UiState, actions: Actions): (settings: Settings) => void {
  return (settings) => {
    chooserOf(ui, actions)({ settings, edgeProblem: null });
  };
}

/** Draws the control of a setting by its kind; nothing for edges, which are drawn in the graph. */
export function settingFields(ui: UiState, actions: Actions) {
  const { settings } = ui.simulator;
  return (key: SettingKey, style: ChoiceStyle = 'list'): TemplateResult | typeof nothing =>
    fieldOf(key, settings.config, style, (value) => {
      settingsChooser(ui, actions)(withSetting(settings, key, value));
    });
}

/** A choice is a drop-down list, or a row of radio buttons. */
type ChoiceStyle = 'list' | 'buttons';

function fieldOf(
  key: SettingKey,
  config: SimulationConfig,
  style: ChoiceStyle,
  choose: (value: SimulationConfig[SettingKey]) => void,
): TemplateResult | typeof nothing {
  const setting = settingOf(key);
  const title = titleOf(setting);
  const field = { id: key, label: setting.label, title };
  const value: unknown = config[key];
  switch (setting.kind) {
    case 'number': {
      const { step } = setting;
      const disabled = !isUsed(key, config);
      return numberField({ ...field, ...limits(setting), step, disabled, value: value as number, choose });
    }
    case 'optional': {
      const { step, defaultText: placeholder = '' } = setting;
      return optionalField({
        ...field,
        ...limits(setting),
        step,
        placeholder,
        value: value as number | null,
        choose,
      });
    }
    case 'count':
      return optionalField({
        ...field,
        ...limits(setting),
        placeholder: t('all'),
        value: value === 'all' ? null : (value as number),
        choose: (count) => {
          choose(count ?? 'all');
        },
      });
    case 'range': {
      const [low, high] = value as readonly [number, number];
      const part = { title, ...limits(setting), step: setting.step };
      return html`${numberField({
        ...part,
        id: `${key}Low`,
        label: t`${setting.label} from`,
        value: low,
        choose: (next) => {
          choose([next, high]);
        },
      })}
      ${numberField({
        ...part,
        id: `${key}High`,
        label: t`${setting.label} to`,
        value: high,
        choose: (next) => {
          choose([low, next]);
        },
      })}`;
    }
    case 'flag':
      return html`<span title=${title}>${checkView(key, setting.label, value as boolean, choose)}</span>`;
    case 'choice': {
      const choices = Object.entries(setting.choices).map(([choice, label]) => ({ value: choice, label }));
      const choosing = { ...field, chosen: value as string, choose: choose as (value: string) => void };
      return style === 'list'
        ? selectView({ ...choosing, choices })
        : radioView({ ...choosing, choices: choices.map((one) => ({ ...one, title })) });
    }
    case 'contexts': {
      const text = contextsText(value as readonly string[] | null);
      return textField({
        ...field,
        value: text,
        placeholder: setting.defaultText ?? '',
        means: (typed) => contextsText(readContexts(typed)) === text,
        choose: (typed) => {
          choose(readContexts(typed));
        },
      });
    }
    case 'edges':
      return nothing;
  }
}

/** What a setting is, what it may be, and what the empty field means. */
function titleOf(setting: Setting): string {
  const { help, panelNote, default: usual, defaultText } = setting;
  const bounds = boundsText(setting);
  const canBeEmpty = (usual === null || usual === 'all') && setting.kind !== 'edges';
  return [
    `${help}.`,
    ...(bounds === null ? [] : [t`Range: ${bounds}.`]),
    ...(canBeEmpty ? [t`Leave empty for ${defaultText ?? t('the default')}.`] : []),
    ...(panelNote === undefined ? [] : [panelNote]),
  ].join(' ');
}

function limits({ bounds }: { readonly bounds: Bounds | null }) {
  const [least, most] = bounds ?? [];
  return { least, most: most === '2^m' ? undefined : most };
}

/** "0⋄⋄, 1⋄⋄"; empty for all contexts. */
function contextsText(contexts: readonly string[] | null): string {
  return contexts?.join(', ') ?? '';
}

/** The contexts of a text, with commas or spaces between them and * or ? for ⋄; `null`, all, of an empty one. */
function readContexts(text: string): readonly string[] | null {
  const contexts = text
    .replaceAll(/[*?]/g, '⋄')
    .split(/[\s,;{}]+/)
    .filter((context) => context !== '');
  return contexts.length === 0 ? null : contexts;
}
