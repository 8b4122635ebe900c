import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDecimal } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import { measureNames } from '../../../src/simulator/config/measureNames';
import type { Actions } from '../../state/actions';
import { legendView } from '../../charts/legendView';
import { signed } from '../../geometry/signed';
import type { UiState } from '../../state/uiState';
import { comparedCurvesView } from './comparedCurvesView';
import { differingSettings } from '../settings/configWords';
import { mapChoice } from '../maps/mapsView';
import { formatQuantity } from './formatQuantity';
import { meanWithError } from './meanWithError';
import { shownOfResult, type ShownRuns } from './shownRuns';
import { simulatedMapView } from '../maps/simulatedMapView';
import { measureLabels } from './curveCharts';

export interface ComparedSide {
  readonly name: string;
  readonly result: SimulationResult;
}

/** Compares the settings and the results of two simulations. */
export function compareView(a: ComparedSide, b: ComparedSide, ui: UiState, actions: Actions): TemplateResult {
  const [inA, inB] = [shownOfResult(a.result), shownOfResult(b.result)];
  return html`<section class="compare" data-testid="compare">
    <h2>${t('Comparison')}</h2>
    <dl class="sides">
      <div>
        <dt>A</dt>
        <dd><strong>${a.name}</strong></dd>
      </div>
      <div>
        <dt>B</dt>
        <dd><strong>${b.name}</strong></dd>
      </div>
    </dl>
    ${settingsTable(a, b)} ${numbersTable(inA, inB)} ${comparedCurvesView(inA, inB, ui, actions)}
    <section>
      <div class="figure-head">
        <h3>${t('Concept × concept')}</h3>
        ${mapChoice(ui, actions)}
      </div>
      <div class="map-pair">
        ${simulatedMapView(inA, ui, actions, { id: 'map-a', title: `A: ${a.name}` })}
        ${simulatedMapView(inB, ui, actions, { id: 'map-b', title: `B: ${b.name}` })}
      </div>
      ${legendView()}
    </section>
  </section>`;
}

function settingsTable(a: ComparedSide, b: ComparedSide): TemplateResult {
  const rows = differingSettings(a.result, b.result);
  if (rows.length === 0)
    return html`<p class="lead" data-testid="same-settings">${t('The settings are the same.')}</p>`;
  const caption = t('Settings that differ');
  const table = html`<table class="numbers" data-testid="differing-settings">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t('Setting')}</th>
        <th scope="col">A</th>
        <th scope="col">B</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, inA, inB]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${inA}</td>
            <td>${inB}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
  return scrollable(caption, table);
}

function numbersTable(a: ShownRuns, b: ShownRuns): TemplateResult {
  const caption = t('Means over the runs, ± standard error');
  const table = html`<table class="numbers" data-testid="compared-numbers">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${t('Measure')}</th>
        <th scope="col">A, ${plural(a.runs, 'run')}</th>
        <th scope="col">B, ${plural(b.runs, 'run')}</th>
        <th scope="col">B − A</th>
      </tr>
    </thead>
    <tbody>
      ${measureNames.map((name) => {
        const [inA, inB] = [a.mean[name], b.mean[name]];
        return html`<tr data-measure=${name}>
          <th scope="row">${measureLabels[name]}</th>
          <td>${meanWithError(inA, a.standardError[name])}</td>
          <td>${meanWithError(inB, b.standardError[name])}</td>
          <td class="change">${meanWithErrorOf(inB - inA, a.standardError[name], b.standardError[name])}</td>
        </tr>`;
      })}
      <tr>
        <th scope="row">${t('Loss')}</th>
        <td>${formatQuantity(a.loss)}</td>
        <td>${formatQuantity(b.loss)}</td>
        <td class="change">${a.config.loss === b.config.loss ? signed(b.loss - a.loss) : '–'}</td>
      </tr>
    </tbody>
  </table>`;
  return scrollable(caption, table);
}

/** Wider than the narrowest panel. */
function scrollable(caption: string, table: TemplateResult): TemplateResult {
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>${table}</div>`;
}

/** A difference with the combined standard error, if both values have one. */
function meanWithErrorOf(difference: number, a: number, b: number): TemplateResult {
  const error = Math.sqrt(a ** 2 + b ** 2);
  return html`${signed(difference)}${Number.isNaN(error) ? nothing : ` ± ${formatDecimal(error, 3)}`}`;
}
