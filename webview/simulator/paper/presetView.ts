import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDecimal } from '../../../src/format/numbers';
import { presetRowText } from '../../../src/format/paperWords';
import { measureNames } from '../../../src/simulator/config/measureNames';
import type { Comparison } from '../../../src/simulator/paper/paperNumbers';
import type { PresetResult, PresetRowResult } from '../../../src/simulator/paper/presetResult';
import type { Actions } from '../../state/actions';
import { signed } from '../../geometry/signed';
import type { UiState } from '../../state/uiState';
import { measureLabels } from '../runs/curveCharts';
import { orNaN } from '../runs/orNaN';
import { figureNumbersView } from './figureNumbersView';
import { meanWithError } from '../runs/meanWithError';

/** A difference of more than this many combined standard errors is unlikely to be chance. */
const far = 2;

/** The simulated numbers next to the paper's. */
export function presetView(result: PresetResult, ui: UiState, actions: Actions): TemplateResult {
  const { title, rows, quick } = result;
  const hasPaper = rows.some(({ comparison }) => comparison !== null);
  return html`<section class="preset" data-testid="preset-result">
    <div>
      <h2>${title}</h2>
      <p class="lead" data-testid="preset-summary">
        ${summaryOf(rows)}${quick ? ` ${t('Quick: fewer runs than in the paper, and fewer steps than in a full reproduction.')}` : nothing}
      </p>
    </div>
    <div class="table-scroll ends" tabindex="0" role="region" aria-label=${title}>
      <table class="numbers" data-testid="preset-table">
        <thead>
          <tr>
            <th scope="col">${t('Row')}</th>
            <th scope="col">${t('Runs')}</th>
            <th scope="col">${t('Measure')}</th>
            <th scope="col">${t('Simulated')}</th>
            ${
              hasPaper
                ? html`<th scope="col">${t('Paper')}</th>
                    <th scope="col">${t('Difference')}</th>
                    <th scope="col" title=${t('Difference in units of √(simulated SE² + the paper’s SE²)')}>
                      ${t('In SE')}
                    </th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowView(row, hasPaper))}
        </tbody>
      </table>
    </div>
    ${figureNumbersView(result, ui, actions)}
  </section>`;
}

function rowView({ label, result, comparison }: PresetRowResult, hasPaper: boolean): TemplateResult[] {
  return measureNames.map(
    (name, at) =>
      html`<tr data-row=${label} data-measure=${name}>
        ${
          at === 0
            ? html`<th scope="rowgroup" rowspan="3">${presetRowText(label)}</th>
                <td rowspan="3">${result.runs.length}</td>`
            : nothing
        }
        <th scope="row" class="measure">${measureLabels[name]}</th>
        <td data-value=${result.mean[name]}>
          ${meanWithError(result.mean[name], result.standardError[name])}
        </td>
        ${comparison ? comparisonCells(comparison[name]) : hasPaper ? html`<td colspan="3">–</td>` : nothing}
      </tr>`,
  );
}

function comparisonCells({ paper, difference, inStandardErrors }: Comparison): TemplateResult {
  const isFar = isFarOff(inStandardErrors);
  return html`<td>${meanWithError(paper.mean, paper.standardError)}</td>
    <td class="change">${signed(orNaN(difference))}</td>
    <td class=${isFar ? 'far' : ''}>
      ${inStandardErrors === null ? '–' : signed1(inStandardErrors)}${isFar ? html` <span>${t('apart')}</span>` : nothing}
    </td>`;
}

function isFarOff(inStandardErrors: number | null): boolean {
  return inStandardErrors !== null && Math.abs(inStandardErrors) > far;
}

/** "+1.4" */
function signed1(value: number): string {
  return `${value > 0 ? '+' : ''}${formatDecimal(value, 1)}`;
}

function summaryOf(rows: readonly PresetRowResult[]): string {
  const all = rows.flatMap(({ comparison }) =>
    comparison ? measureNames.map((name) => comparison[name]) : [],
  );
  const tested = all.filter(({ inStandardErrors }) => inStandardErrors !== null);
  if (all.length === 0)
    return t('The paper shows a figure without a table. The values that can be read from it are below.');
  if (tested.length === 0)
    return t('The differences cannot be tested because neither side has standard errors.');
  const apart = tested.filter(({ inStandardErrors }) => isFarOff(inStandardErrors)).length;
  const within = t`${tested.length - apart} of ${tested.length} numbers are within ${far} combined standard errors of the paper’s`;
  if (apart === 0) return `${within}.`;
  return apart === 1 ? t`${within}; ${apart} is farther apart.` : t`${within}; ${apart} are farther apart.`;
}
