import { html, type TemplateResult } from 'lit';
import { optimizers } from '../../../src/simulator/config/simulationConfig';
import type { Actions } from '../../state/actions';
import { selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { numberField, optionalField } from './fields';
import { moreSettingsView } from './moreSettingsView';
import { optimizerNames } from './optimizerNames';
import { defaultSettings, mostRuns, withConcepts, withOptimizer } from './settings';
import { limits, settingsChooser } from './settingsChooser';
import { settingTitles as titles } from './settingTitles';

/** What the next run will be: the few settings that matter first, all others on demand. */
export function settingsView(ui: UiState, actions: Actions): TemplateResult {
  const { settings } = ui.simulator;
  const { config, runs } = settings;
  const { choose, change } = settingsChooser(ui, actions);
  return html`<div class="section-head">
      <h2 id="settings-title">Settings</h2>
      <button
        class="link"
        data-testid="defaults"
        title="Every setting as it was in the beginning"
        @click=${() => {
          choose(defaultSettings);
        }}
      >
        Defaults
      </button>
    </div>
    <div class="fields" role="group" aria-labelledby="settings-title">
      ${numberField({
        id: 'concepts',
        label: 'Concepts m',
        title: titles.concepts,
        value: config.concepts,
        ...limits('concepts'),
        choose: (concepts) => {
          choose(withConcepts(settings, concepts));
        },
      })}
      ${optionalField({
        id: 'dimension',
        label: 'Dimension k',
        title: titles.dimension,
        value: config.dimension,
        placeholder: 'm',
        ...limits('dimension'),
        choose: (dimension) => {
          change({ dimension });
        },
      })}
      ${numberField({
        id: 'steps',
        label: 'Steps',
        title: titles.steps,
        value: config.steps,
        ...limits('steps'),
        step: 1000,
        choose: (steps) => {
          choose({ ...settings, hasOwnSteps: true, config: { ...config, steps } });
        },
      })}
      ${selectView({
        id: 'optimizer',
        label: 'Optimizer',
        title: titles.optimizer,
        choices: optimizers.map((value) => ({ value, label: optimizerNames[value] })),
        chosen: config.optimizer,
        choose: (optimizer) => {
          choose(withOptimizer(settings, optimizer));
        },
      })}
      ${numberField({
        id: 'learningRate',
        label: 'Learning rate',
        title: titles.learningRate,
        value: config.learningRate,
        ...limits('learningRate'),
        step: 'any',
        choose: (learningRate) => {
          change({ learningRate });
        },
      })}
      ${numberField({
        id: 'runs',
        label: 'Runs',
        title: titles.runs,
        value: runs,
        least: 1,
        most: mostRuns,
        choose: (value) => {
          choose({ ...settings, runs: value });
        },
      })}
      ${numberField({
        id: 'seed',
        label: 'Seed',
        title: titles.seed,
        value: config.seed,
        choose: (seed) => {
          change({ seed });
        },
      })}
      <button
        class="link next-seed"
        data-testid="next-seed"
        title="Another world: the seed after those of these runs"
        @click=${() => {
          change({ seed: (config.seed || 0) + (runs || 1) });
        }}
      >
        Next seed
      </button>
    </div>
    ${moreSettingsView(ui, actions)}`;
}
