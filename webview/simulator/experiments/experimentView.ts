import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { stoppedExperimentText } from '../../../src/format/stoppedText';
import { plural } from '../../../src/format/plural';
import type { Experiment } from '../../../src/simulator/experiments/experiment';
import { measureLabels, type ExperimentMeasure } from '../../../src/simulator/experiments/experimentMeasures';
import { linesOf, type ExperimentResult } from '../../../src/simulator/experiments/experimentPoints';
import { experimentOf } from '../../../src/simulator/experiments/experiments';
import { findingOf } from '../../../src/simulator/experiments/findingOf';
import { memoizeBy } from '../../charts/memoize';
import { conceptColorNumber } from '../../charts/theme';
import { figureMenu } from '../../figures/figureMenu';
import { paperDash } from '../../figures/paperTheme';
import { sweepFacts } from '../../figures/probeFacts';
import { experimentDrawing, experimentTable } from './experimentCharts';
import { experimentTableView } from './experimentTableView';

/** The question of an experiment, its prediction, what was found, the curves, and the numbers. */
export function experimentView(result: ExperimentResult): TemplateResult {
  const experiment = experimentOf(result.experiment, result.size);
  const { title, question, prediction, measures } = experiment;
  const stopped = stoppedExperimentText(result);
  return html`<section class="preset experiment" data-testid="experiment-result">
    <div>
      <h2>${title}</h2>
      <p>${question}</p>
      <p><strong>${t('Predicted:')}</strong> ${prediction}</p>
      <p data-testid="experiment-finding"><strong>${t('Found:')}</strong> ${findingOf(result).sentence}</p>
      <p class="lead">
        ${extentOf(result)} ${stopped === undefined ? nothing : t`The experiment was ${stopped}.`}
      </p>
    </div>
    <div class="curve-charts">${measures.map((measure) => chartView(experiment, result, measure))}</div>
    ${experimentTableView(experiment, result)}
  </section>`;
}

function extentOf({ size, points }: ExperimentResult): string {
  const runs = plural(points[0]!.runs.length, 'run');
  return size === 'quick'
    ? t`Quick: fewer points, runs and steps than in full. ${runs} of each point; bars are standard errors.`
    : t`Full: ${runs} of each point; bars are standard errors.`;
}

/** Memoized for each result. */
const drawings = memoizeBy((result: ExperimentResult, measure: ExperimentMeasure) =>
  experimentDrawing(experimentOf(result.experiment, result.size), result, measure),
);

function chartView(
  experiment: Experiment,
  result: ExperimentResult,
  measure: ExperimentMeasure,
): TemplateResult {
  const label = measureLabels[measure];
  const lines = linesOf(result.points).map((line) => line.label);
  const drawing = drawings(result, measure);
  const { x } = experiment;
  const title = t`${label} over ${x.drawnAt === undefined ? x.label : measureLabels[x.drawnAt]}`;
  return html`<figure data-testid="experiment-${measure}">
    <h3>${label}</h3>
    <p class="line-legend">
      ${lines.map(
        (line, color) =>
          html`<span><span class="line-swatch concept-${conceptColorNumber(color)}"></span>${line}</span>`,
      )}
    </p>
    <probe-picture
      .sentence=${t`Line chart of ${title} for ${lines.join(', ')}. The table below has its numbers.`}
      .drawing=${drawing}
      aria-label=${t`${title}. Use the left and right arrow keys to read values.`}
    ></probe-picture>
    ${figureMenu({
      name: `experiment.${experiment.name}.${measure}`,
      facts: sweepFacts(result, {
        title: `${title}. ${experiment.question}`,
        notes: [t('Dots are means over runs, bars their standard errors.')],
      }),
      drawing,
      keys: lines.map((text, color) => ({
        ...{ text, color },
        look: { dash: lines.length > 1 ? paperDash(color) : [] },
      })),
      table: () => experimentTable(experiment, result, measure),
    })}
  </figure>`;
}
