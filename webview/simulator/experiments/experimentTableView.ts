import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Experiment } from '../../../src/simulator/experiments/experiment';
import { measureLabels } from '../../../src/simulator/experiments/experimentMeasures';
import {
  linesOf,
  meanAt,
  type ExperimentLine,
  type ExperimentResult,
} from '../../../src/simulator/experiments/experimentPoints';
import { orNaN } from '../runs/orNaN';
import { meanWithError } from '../runs/meanWithError';

/** Every point of an experiment with its measures. */
export function experimentTableView(
  { title, x, lines, measures }: Experiment,
  { points }: ExperimentResult,
): TemplateResult {
  return html`<div class="table-scroll ends" tabindex="0" role="region" aria-label=${title}>
    <table class="numbers" data-testid="experiment-table">
      <thead>
        <tr>
          <th scope="col">${lines.label}</th>
          <th scope="col">${x.label}</th>
          <th scope="col">${t('Runs')}</th>
          ${measures.map((measure) => html`<th scope="col">${measureLabels[measure]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${linesOf(points).map((line) => rowsOf(line, measures))}
      </tbody>
    </table>
  </div>`;
}

function rowsOf({ label, points }: ExperimentLine, measures: Experiment['measures']): TemplateResult[] {
  return points.map(
    (point, at) =>
      html`<tr data-line=${label} data-x=${point.x}>
        ${at === 0 ? html`<th scope="rowgroup" rowspan=${points.length}>${label}</th>` : nothing}
        <th scope="row" class="measure">${point.x}</th>
        <td>${point.runs.length}</td>
        ${measures.map((measure) => {
          const { mean, standardError } = meanAt(point, measure);
          return html`<td data-measure=${measure}>${meanWithError(orNaN(mean), orNaN(standardError))}</td>`;
        })}
      </tr>`,
  );
}
