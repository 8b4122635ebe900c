import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { matrix } from '../../../src/geometry/matrix';
import type { FigureTable } from '../../../src/export/figures/figureTable';
import { lossWords } from '../../../src/format/lossWords';
import { formatCount } from '../../../src/format/numbers';
import type { Actions } from '../../state/actions';
import { checkView, selectView } from '../../controls/choices';
import { memoizeBy } from '../../charts/memoize';
import type { Drawing } from '../../charts/picture';
import { tableView } from '../../controls/tableView';
import { figureMenu } from '../../figures/figureMenu';
import { paperDash } from '../../figures/paperTheme';
import { simulationFacts } from '../../figures/probeFacts';
import { conceptColorNumber } from '../../charts/theme';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { conceptName } from '../maps/conceptName';
import {
  lossCurves,
  lossQuantity,
  measureCurves,
  measureQuantities,
  normCurves,
  normQuantities,
  type CurveChoice,
} from './curveCharts';
import { drawCurves } from './curves';
import { formatQuantity } from './formatQuantity';
import type { ShownRuns } from './shownRuns';

/** The drawings, memoized for each state of a run and each choice. */
const drawings = memoizeBy((shown: ShownRuns, key: string) => {
  const [concept, isLogarithmic] = JSON.parse(key) as [number | null, boolean];
  const choice = { concept, isLogarithmic };
  return {
    measures: drawCurves(measureCurves(shown, choice)),
    loss: drawCurves(lossCurves(shown, choice)),
    norms: drawCurves(normCurves(shown, choice)),
  };
});

/** The measures, the loss and the norms over the steps of the training. */
export function curvesView(shown: ShownRuns, ui: UiState, actions: Actions): TemplateResult {
  const { concepts } = shown.config;
  const { curvesOf, isLogarithmic } = ui.simulator;
  const concept = curvesOf !== null && curvesOf < concepts ? curvesOf : null;
  const choice: CurveChoice = { concept, isLogarithmic };
  const drawn = drawings(shown, JSON.stringify([concept, isLogarithmic]));
  const choose = chooserOf(ui, actions);
  return html`<section class="curves" aria-labelledby="curves-title">
    <div class="figure-head">
      <h2 id="curves-title">${t('Training curves')}</h2>
      <div class="choices">
        ${selectView({
          id: 'curves-of',
          label: t('U, E, UE of'),
          choices: [
            { value: '', label: t('all concepts') },
            ...Array.from({ length: concepts }, (_, i) => ({ value: String(i), label: conceptName(i) })),
          ],
          chosen: concept === null ? '' : String(concept),
          choose: (value) => {
            choose({ curvesOf: value === '' ? null : Number(value) });
          },
        })}
        ${checkView('logarithmic', t('Logarithmic steps'), isLogarithmic, (value) => {
          choose({ isLogarithmic: value });
        })}
      </div>
    </div>
    <div class="curve-charts">
      ${chartView('measures', t('Cosines'), measureQuantities(choice), drawn.measures, shown)}
      ${chartView('loss', lossWords(shown.config).title, [lossQuantity], drawn.loss, shown)}
      ${chartView('norms', t('Norms of steering vectors'), normQuantities, drawn.norms, shown)}
    </div>
    ${curveTable(shown, choice, ui, actions)}
  </section>`;
}

type Quantities = ReturnType<typeof measureQuantities>;

function chartView(
  id: string,
  title: string,
  quantities: Quantities,
  drawing: Drawing,
  shown: ShownRuns,
): TemplateResult {
  const { meanCurve, markedStep } = shown;
  const last = meanCurve.find(({ step }) => step === markedStep) ?? meanCurve.at(-1);
  const now = quantities.map(({ name, color, read }) => ({
    name,
    color,
    value: formatQuantity(last ? read(last) : NaN),
  }));
  const words = now.map(({ name, value }) => `${name} ${value}`).join(', ');
  return html`<figure data-testid="curve-${id}">
    <h3>${title}</h3>
    <p class="line-legend" data-testid="now-${id}">
      ${now.map(
        ({ name, color, value }) =>
          html`<span
            ><span class="line-swatch concept-${conceptColorNumber(color)}"></span>${name}
            <strong>${value}</strong></span
          >`,
      )}
    </p>
    <probe-picture
      .sentence=${t`Line chart of ${title} over the steps; at step ${formatCount(last?.step ?? 0)}: ${words}.`}
      .drawing=${drawing}
      aria-label=${t`${title} over the steps. Use the left and right arrow keys to read values.`}
    ></probe-picture>
    ${figureMenu({
      name: `curves.${id}`,
      facts: simulationFacts(shown, {
        title:
          shown.runs > 1
            ? t`${title} over the steps of the training, means and single runs`
            : t`${title} over the steps of the training`,
      }),
      drawing,
      keys: quantities.map(({ name, color }) => ({
        text: name,
        color,
        look: { dash: quantities.length > 1 ? paperDash(color) : [] },
      })),
      table: () => pointsTable(shown, quantities),
    })}
  </figure>`;
}

/** Steps in the panel's table: more would be as many numbers as the curve has points. */
const mostSteps = 60;

function captionOf(runs: number): string {
  return runs > 1 ? t`Means over ${runs} runs` : t('Training curves');
}

/** Every measured step. */
function pointsTable({ meanCurve, runs }: ShownRuns, quantities: Quantities): FigureTable {
  return {
    caption: captionOf(runs),
    noun: 'Step',
    rows: meanCurve.map(({ step }) => String(step)),
    columns: quantities.map(({ id }) => id),
    shownColumns: quantities.map(({ name }) => name),
    format: (value) => formatQuantity(value),
    values: matrix(
      meanCurve.length,
      quantities.length,
      Float64Array.from(meanCurve.flatMap((point) => quantities.map(({ read }) => read(point)))),
    ),
  };
}

function curveTable(shown: ShownRuns, choice: CurveChoice, ui: UiState, actions: Actions): TemplateResult {
  const quantities = [...measureQuantities(choice), lossQuantity, ...normQuantities];
  const every = Math.max(1, Math.ceil(shown.meanCurve.length / mostSteps));
  const columns = ['U', 'E', 'UE', t('Loss'), t('Unembedding norm'), t('Embedding norm')];
  return tableView(
    'curves',
    () => {
      const points = shown.meanCurve.filter((_, at) => at % every === 0);
      return {
        caption: captionOf(shown.runs),
        noun: 'Step',
        rows: points.map(({ step }) => formatCount(step)),
        columns,
        format: (value) => formatQuantity(value),
        values: matrix(
          points.length,
          columns.length,
          Float64Array.from(points.flatMap((point) => quantities.map(({ read }) => read(point)))),
        ),
      };
    },
    ui,
    actions,
  );
}
