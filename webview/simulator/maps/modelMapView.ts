import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { capital, formatCosine, productName, sampleSize } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import { isolated } from '../../../src/format/isolated';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import type { Actions } from '../../state/actions';
import { radioView } from '../../controls/choices';
import { geometryOf } from '../../geometry/geometryOf';
import { drawHeatMap } from '../../charts/heatMap';
import { memoizeBy } from '../../charts/memoize';
import { mapTable, tableView } from '../../controls/tableView';
import { mapWidth } from '../../figures/figure';
import { figureMenu } from '../../figures/figureMenu';
import { probeFacts } from '../../figures/probeFacts';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';

const maps = memoizeBy((result: ProbeResult, chosen: InnerProduct) => {
  const { directions, product, name } = geometryOf(result, chosen);
  const { concepts, differenceCosine: cosine } = directions;
  const labels = concepts.map(isolated);
  const keptOf = (concept: string) => result.concepts.find((one) => one.name === concept)?.kept ?? 0;
  const drawing = drawHeatMap({
    labels,
    cosine,
    describe: ({ row, column }) => [
      row === column ? labels[row]! : `${labels[row]!} × ${labels[column]!}`,
      t`mean pairwise cosine of differences ${formatCosine(cosine.data[row * cosine.columns + column]!)}, ${name}`,
      row === column
        ? t`${sampleSize(keptOf(concepts[row]!))} pairs, without self-pairs`
        : t`${sampleSize(keptOf(concepts[row]!))} pairs and ${keptOf(concepts[column]!)}`,
    ],
  });
  const pairs = concepts.reduce((sum, concept) => sum + keptOf(concept), 0);
  return { drawing, labels, cosine, product, name, pairs };
});

/** The same map for the concepts probed in a real model. */
export function modelMapView(result: ProbeResult | null, ui: UiState, actions: Actions): TemplateResult {
  return html`<figure data-testid="model-map">
    <h3>${t('In the model')}</h3>
    ${result ? mapOf(result, ui, actions) : withoutModel(actions)}
  </figure>`;
}

function mapOf(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { drawing, labels, cosine, product, name, pairs } = maps(result, ui.simulator.product);
  const words = t`${result.model.name}, ${sampleSize(pairs)} pairs of ${labels.length} concepts, ${name}`;
  const table = () => mapTable(t`Mean pairwise cosine of differences, ${name} inner product`, labels, cosine);
  return html`<p class="lead map-words">${words}</p>
    <probe-picture
      .sentence=${t`Heat map of the mean cosines between the unembedding differences of concepts in ${words}.`}
      .drawing=${drawing}
      aria-label=${t('The model’s cosines between concepts. Use the arrow keys to read values.')}
    ></probe-picture>
    ${figureMenu({
      name: `model-map.${product}`,
      facts: probeFacts(result, {
        title: t`Mean cosine between the differences of ${plural(labels.length, 'concept')}`,
        product: name,
        n: t`${sampleSize(pairs)} pairs of ${plural(labels.length, 'concept')}`,
        comparedWith: null,
      }),
      drawing,
      width: mapWidth(labels.length),
      scale: 'signed',
      table,
    })}
    ${tableView('model-map', table, ui, actions)}`;
}

/** The choice of inner product for the model's map. */
export function productChoice(ui: UiState, actions: Actions): TemplateResult {
  return radioView<InnerProduct>({
    id: 'model-product',
    label: t('Model’s inner product'),
    choices: innerProducts.map((value) => ({
      value,
      label: capital(productName(value)),
      title: t('The inner product in which the model’s differences are compared'),
    })),
    chosen: ui.simulator.product,
    choose: (product) => {
      chooserOf(ui, actions)({ product });
    },
  });
}

function withoutModel({ choose }: Actions): TemplateResult {
  return html`<p class="empty-line" data-testid="no-model">
    ${t('Nothing to compare with yet: probe two or more concepts on the')}
    <button
      class="link"
      @click=${() => {
        choose({ page: 'geometry' });
      }}
    >
      ${t('Geometry')}
    </button>
    ${t('page, and the model’s map appears here on the same scale.')}
  </p>`;
}
