import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { stoppedExperimentText } from '../../../src/format/stoppedText';
import type { Experiment } from '../../../src/simulator/experiments/experiment';
import { measureLabels } from '../../../src/simulator/experiments/experimentMeasures';
import {
  linesOf,
  meanAt,
  type ExperimentLine,
  type ExperimentResult,
} from '../../../src/simulator/experiments/experimentPoints';
import { experimentOf } from '../../../src/simulator/experiments/experiments';
import { findingOf } from '../../../src/simulator/experiments/findingOf';
import { orNaN } from '../runs/orNaN';
import { meanWithError } from '../runs/meanWithError';

/** The question of an experiment, its prediction, what was found, and the numbers. */
export function experimentView(result: ExperimentResult): TemplateResult {
  const experiment = experimentOf(result.experiment, result.size);
  const { title, question, prediction } = experiment;
  const stopped = stoppedExperimentText(result);
  return html`<section class="preset" data-testid="experiment-result">
    <div>
      <h2>${title}</h2>
      <p>${question}</p>
      <p class="lead"><strong>${t('Predicted:')}</strong> ${prediction}</p>
      <p data-testid="experiment-finding"><strong>${t('Found:')}</strong> ${findingOf(result).sentence}</p>
      <p class="lead">
        ${result.size === 'quick' ? t('Quick: fewer points, runs and steps than in full.') : nothing}
        ${stopped === undefined ? nothing : t`The experiment was ${stopped}.`}
      </p>
    </div>
    <div class="table-scroll ends" tabindex="0" role="region" aria-label=${title}>
      ${tableOf(experiment, result)}
    </div>
  </section>`;
}

function tableOf({ x, lines, measures }: Experiment, { points }: ExperimentResult): TemplateResult {
  return html`<table class="numbers" data-testid="experiment-table">
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
  </table>`;
}

function rowsOf({ label, points }: ExperimentLine, measures: Experiment['measures']): TemplateResult[] {
  return points.map(
    (point, at) =>
      html`<tr>
        ${at === 0 ? html`<th scope="rowgroup" rowspan=${points.length}>${label}</th>` : nothing}
        <th scope="row" class="measure">${point.x}</th>
        <td>${point.runs.length}</td>
        ${measures.map((measure) => {
          const { mean, standardError } = meanAt(point, measure);
          return html`<td>${meanWithError(orNaN(mean), orNaN(standardError))}</td>`;
        })}
      </tr>`,
  );
}
