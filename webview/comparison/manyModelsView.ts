import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { modelLabels, parametersText } from '../../src/format/modelLabels';
import { formatCosine, formatCount, productName } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { inShownProduct } from '../../src/format/shownProduct';
import { formatRange } from '../../src/format/statistics';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ManyModels, MeanOverConcepts } from '../../src/protocol/manyModels';
import { closeView } from '../controls/closeView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { droppedTable } from './droppedTable';
import { agreementFigureView, conceptFigureView } from './manyModelsMaps';
import { trendFigureView } from './trendView';

/** Any number of models on the same concepts. Models are numbered as in their table. */
export function manyModelsView(
  result: ManyModels,
  chosen: InnerProduct,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { product, value: geometry } = inShownProduct(result, chosen);
  const compared = result.models.filter(({ problem }) => problem === null).length;
  const name = productName(product);
  const shown = { result, geometry, product: name, productId: product };
  return html`<section
    id="manyModels"
    class="comparison"
    data-testid="many-models"
    aria-labelledby="many-models-title"
  >
    <div class="concept-head">
      <h2 id="many-models-title">${t`Comparison of ${plural(result.models.length, 'model')}`}</h2>
      ${closeView('manyModels', actions)}
    </div>
    ${
      result.isOutdated
        ? html`<p class="note" data-testid="many-models-outdated">
            ${t('Concepts or settings have changed since; compare again to bring it up to date.')}
          </p>`
        : nothing
    }
    <p class="lead" data-testid="many-models-summary">
      ${t`Mean leave-one-out cosines of the pairs that all ${formatCount(compared)} keep; inner product: ${name}.`}
    </p>
    ${modelTable(result, geometry.mean)} ${conceptFigureView(shown, ui, actions)}
    ${agreementFigureView(shown, ui, actions)} ${trendFigureView(shown, ui, actions)} ${droppedTable(result)}
  </section>`;
}

function modelTable({ models }: ManyModels, mean: MeanOverConcepts): TemplateResult {
  const labels = modelLabels(models);
  const caption = t`The models, and the mean over the ${plural(mean.concepts, 'concept')} that have a value in each`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="numbers" data-testid="many-models-table">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('Model')}</th>
          <th scope="col">${t('Parameters')}</th>
          <th scope="col">${t('Pairs kept')}</th>
          <th scope="col">${t('Mean')}</th>
          <th scope="col">${t('95\u00a0% interval')}</th>
          <th scope="col" class="piece">${t('File')}</th>
        </tr>
      </thead>
      <tbody>
        ${models.map(({ summary, parameters, problem, causalProblem, concepts }, i) => {
          const number = html`<th scope="row">${i + 1} ${isolated(labels[i]!)}</th>`;
          if (problem !== null)
            return html`<tr>
              ${number}
              <td colspan="5" class="piece why">${problem}</td>
            </tr>`;
          const low = mean.low[i]!;
          const interval = Number.isNaN(low) ? null : { low, high: mean.high[i]! };
          return html`<tr title=${causalProblem ?? nothing}>
            ${number}
            <td>${parametersText(parameters)}</td>
            <td>${formatCount(concepts.reduce((sum, { kept }) => sum + kept, 0))}</td>
            <td data-value=${mean.values[i]!}>${formatCosine(mean.values[i]!)}</td>
            <td>${formatRange(interval)}</td>
            <td class="piece">${summary?.file ?? '–'}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
