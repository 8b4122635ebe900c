import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { meanLeaveOneOut } from '../../src/format/conceptMetrics';
import { modelLabels, parametersText } from '../../src/format/modelLabels';
import { capital, formatCosine, formatCount, sampleSize } from '../../src/format/numbers';
import { intervalText } from '../../src/format/statistics';
import { matrix } from '../../src/geometry/matrix';
import type { ManyGeometry, ManyModels } from '../../src/protocol/manyModels';
import { memoize } from '../charts/memoize';
import { drawTrend, slopeText } from '../charts/trendChart';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { manyFacts, type ShownModels } from './manyModelsMaps';

const pictures = memoize((geometry: ManyGeometry) =>
  memoize((result: ManyModels) => {
    const { trend, mean } = geometry;
    const labels = modelLabels(result.models);
    const points = (trend?.models ?? []).map((row) => ({
      label: String(row + 1),
      name: `${row + 1} ${isolated(labels[row]!)}`,
      parameters: result.models[row]!.parameters!,
      value: mean.values[row]!,
      low: mean.low[row]!,
      high: mean.high[row]!,
    }));
    const describe = (at: number) => {
      const { name, parameters, value, low, high } = points[at]!;
      const interval = Number.isNaN(low) ? [] : [intervalText({ low, high, level: 0.95 })!];
      return [
        name,
        t`${parametersText(parameters)} parameters`,
        [formatCosine(value), ...interval].join(', '),
      ];
    };
    return { points, drawing: drawTrend({ points, slope: trend?.mean?.slope ?? NaN, describe }) };
  }),
);

/** The mean over concepts against the number of parameters, if at least three sizes are known. */
export function trendFigureView(shown: ShownModels, ui: UiState, actions: Actions): TemplateResult {
  const { result, geometry, product, productId } = shown;
  const { trend, mean } = geometry;
  const title = t('Trend over the number of parameters');
  if (!trend?.mean)
    return html`<div data-testid="many-models-trend">
      <h3>${title}</h3>
      <p class="empty-line">
        ${t('It needs three different numbers of parameters, and a concept with a value in every model.')}
      </p>
    </div>`;
  const { drawing, points } = pictures(geometry)(result);
  const { slope, interval } = trend.mean;
  const found = [slopeText(slope), intervalText(interval)].filter(Boolean).join(', ');
  const sentence = t`Ten times as many parameters change the mean over ${formatCount(mean.concepts)} concepts by ${found}.`;
  const table = () => ({
    caption: `${capital(meanLeaveOneOut.label)}, ${product}`,
    noun: 'Model',
    rows: points.map(({ name }) => name),
    columns: ['Parameters', 'Mean', 'Low', 'High'],
    shownColumns: [t('Parameters'), t('Mean'), t('Low'), t('High')],
    values: matrix(
      points.length,
      4,
      Float64Array.from(points.flatMap(({ parameters, value, low, high }) => [parameters, value, low, high])),
    ),
    format: (value: number, column: number) => (column === 0 ? formatCount(value) : formatCosine(value)),
  });
  return html`<figure data-testid="many-models-trend">
    <h3>${title}</h3>
    <p class="lead">
      ${sentence} ${t('Intervals are over concepts; families, data and training differ, too.')}
    </p>
    <probe-picture
      .sentence=${t`Mean of ${formatCount(points.length)} models over their numbers of parameters. ${sentence}`}
      .drawing=${drawing}
      aria-label=${t('Means over the number of parameters. Arrow keys move from model to model.')}
    ></probe-picture>
    ${figureMenu({
      name: `models-trend.${productId}`,
      facts: manyFacts(shown, {
        title: t`${capital(meanLeaveOneOut.label)}, mean over ${formatCount(mean.concepts)} concepts, and number of parameters`,
        n: t`${sampleSize(points.length)} models`,
        comparedWith: null,
        notes: [
          sentence,
          t('Lines: 95\u00a0% intervals over concepts. Dashed: least squares over the logarithm.'),
        ],
      }),
      drawing,
      table,
    })}
    ${tableView('models-trend', table, ui, actions)}
  </figure>`;
}
