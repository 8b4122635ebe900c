import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { fileNamePart } from '../../../src/export/fileNamePart';
import type { FigureTable } from '../../../src/export/figures/figureTable';
import { capital, formatCount, formatDecimal } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import { matrix } from '../../../src/geometry/matrix';
import type { CurvePoint } from '../../../src/simulator/training/runSimulation';
import type { Actions } from '../../state/actions';
import { checkView } from '../../controls/choices';
import { memoizeBy } from '../../charts/memoize';
import { figureMenu } from '../../figures/figureMenu';
import { simulationFacts } from '../../figures/probeFacts';
import { conceptColorNumber } from '../../charts/theme';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { cosineAxis, lossQuantity, measureQuantities, quantityAxis, type Quantity } from './curveCharts';
import { drawCurves } from './curves';
import { stepAxis } from './placeAxis';
import type { ShownRuns } from './shownRuns';

/** The mean curves of two simulations on the same axes: solid for A, dashed for B. */
export function comparedCurvesView(
  a: ShownRuns,
  b: ShownRuns,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { isLogarithmic } = ui.simulator;
  const quantities = [...measureQuantities({ concept: null, isLogarithmic }), lossQuantity];
  return html`<section class="curves">
    <div class="figure-head">
      <h3>${t('Training')}</h3>
      <div class="choices">
        <span class="line-legend"
          ><span><span class="line-swatch plain"></span>A</span>
          <span><span class="line-swatch plain dashed"></span>B</span></span
        >
        ${checkView('logarithmic', t('Logarithmic steps'), isLogarithmic, (value) => {
          chooserOf(ui, actions)({ isLogarithmic: value });
        })}
      </div>
    </div>
    <div class="curve-charts">
      ${quantities.map((quantity, at) => {
        const drawing = drawings(a, b)[Number(isLogarithmic)]![at]!;
        return html`<figure data-testid="compared-${quantity.id}">
          <p class="line-legend">
            <span
              ><span class="line-swatch concept-${conceptColorNumber(quantity.color)}"></span
              >${quantity.name}</span
            >
          </p>
          <probe-picture
            .sentence=${t`Line chart of ${quantity.name} over the steps for A and B: ${endText(a, quantity)} in A, ${endText(b, quantity)} in B.`}
            .drawing=${drawing}
            aria-label=${t`${quantity.name} of A and B over the steps. Use the left and right arrow keys to read values.`}
          ></probe-picture>
          ${figureMenu({
            name: `compared.${fileNamePart(quantity.id)}`,
            facts: simulationFacts(a, {
              title: t`${capital(quantity.name)} over the steps of two simulations`,
              notes: [
                t`A: seed ${a.config.seed}, ${plural(a.runs, 'run')}. B: seed ${b.config.seed}, ${plural(b.runs, 'run')}.`,
              ],
            }),
            drawing,
            keys: [
              { text: 'A', color: quantity.color, look: { dash: [] } },
              { text: 'B', color: quantity.color, look: { dash: [6, 4] } },
            ],
            table: () => comparedTable(a, b, quantity),
          })}
        </figure>`;
      })}
    </div>
  </section>`;
}

/** The steps of both; NaN where one was not measured. */
function comparedTable(a: ShownRuns, b: ShownRuns, { name, read }: Quantity): FigureTable {
  const steps = [...new Set([...a.meanCurve, ...b.meanCurve].map(({ step }) => step))].sort((x, y) => x - y);
  const valueAt = ({ meanCurve }: ShownRuns, step: number) => {
    const point = meanCurve.find((one) => one.step === step);
    return point ? read(point) : NaN;
  };
  return {
    caption: t`${capital(name)} over the steps of A and B`,
    noun: 'Step',
    rows: steps.map(String),
    columns: ['A', 'B'],
    values: matrix(
      steps.length,
      2,
      Float64Array.from(steps.flatMap((step) => [valueAt(a, step), valueAt(b, step)])),
    ),
  };
}

function endText({ meanCurve }: ShownRuns, { read }: Quantity): string {
  const last = meanCurve.at(-1);
  return last ? t`${formatDecimal(read(last), 3)} at step ${formatCount(last.step)}` : t('nothing');
}

/** Memoized by quantity, for linear and logarithmic steps. */
const drawings = memoizeBy((a: ShownRuns, b: ShownRuns) =>
  [false, true].map((isLogarithmic) =>
    [...measureQuantities({ concept: null, isLogarithmic }), lossQuantity].map((quantity) =>
      drawing(a, b, quantity, isLogarithmic),
    ),
  ),
);

function drawing(a: ShownRuns, b: ShownRuns, { id, color, name, read }: Quantity, isLogarithmic: boolean) {
  const points = (curve: readonly CurvePoint[]) => curve.map((point) => [point.step, read(point)] as const);
  const values = [...a.meanCurve, ...b.meanCurve].map(read);
  const end = ({ meanCurve }: ShownRuns) => meanCurve.at(-1)?.step ?? 0;
  const longer = end(a) < end(b) ? b.meanCurve : a.meanCurve;
  // The same step, or the last one measured before it.
  const at = ({ meanCurve }: ShownRuns, step: number) => meanCurve.findLast((point) => point.step <= step);
  return drawCurves({
    lines: [
      { color, look: 'main', points: points(a.meanCurve) },
      { color, look: 'other', points: points(b.meanCurve) },
    ],
    places: longer.map(({ step }) => step),
    placeAxis: stepAxis(Math.max(a.config.steps, b.config.steps, 1), isLogarithmic),
    axis: id === lossQuantity.id ? quantityAxis(values) : cosineAxis(values),
    level: null,
    describe: (place) => {
      const { step } = longer[place]!;
      return (['A', 'B'] as const).map((side) => {
        const point = at(side === 'A' ? a : b, step);
        return `${side}: ${name} ${formatDecimal(point ? read(point) : NaN, 3)}`;
      });
    },
  });
}
