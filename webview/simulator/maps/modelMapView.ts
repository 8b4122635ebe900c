import { html, type TemplateResult } from 'lit';
import { formatCosine, productName, sampleSize } from '../../../src/format/numbers';
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
  const { directions, name } = geometryOf(result, chosen);
  const { concepts, differenceCosine: cosine } = directions;
  const labels = concepts.map(isolated);
  const keptOf = (concept: string) => result.concepts.find((one) => one.name === concept)?.kept ?? 0;
  const drawing = drawHeatMap({
    labels,
    cosine,
    describe: ({ row, column }) => [
      row === column ? labels[row]! : `${labels[row]!} × ${labels[column]!}`,
      `mean cosine between differences ${formatCosine(cosine.data[row * cosine.columns + column]!)}, ${name}`,
      `${sampleSize(keptOf(concepts[row]!))} pairs${row === column ? ', without self-pairs' : ` and ${keptOf(concepts[column]!)}`}`,
    ],
  });
  const pairs = concepts.reduce((sum, concept) => sum + keptOf(concept), 0);
  return { drawing, labels, cosine, name, pairs };
});

/** The same map for the concepts probed in a real model. */
export function modelMapView(result: ProbeResult | null, ui: UiState, actions: Actions): TemplateResult {
  return html`<figure data-testid="model-map">
    <h3>In the model</h3>
    ${result ? mapOf(result, ui, actions) : withoutModel(actions)}
  </figure>`;
}

function mapOf(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { drawing, labels, cosine, name, pairs } = maps(result, ui.simulator.product);
  const words = `${result.model.name}, ${sampleSize(pairs)} pairs of ${labels.length} concepts, ${name}`;
  const table = () => mapTable(`Mean cosine between differences, ${name} inner product`, labels, cosine);
  return html`<p class="lead map-words">${words}</p>
    <probe-picture
      .sentence=${`Heat map of the mean cosines between the unembedding differences of concepts in ${words}.`}
      .drawing=${drawing}
      aria-label="The model’s cosines between concepts. Use the arrow keys to read values."
    ></probe-picture>
    ${figureMenu({
      name: `model-map.${name.toLowerCase()}`,
      facts: probeFacts(result, {
        title: `Mean cosine between the differences of ${plural(labels.length, 'concept')}`,
        product: name,
        n: `${sampleSize(pairs)} pairs of ${plural(labels.length, 'concept')}`,
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
    label: 'Model’s inner product',
    choices: innerProducts.map((value) => ({
      value,
      label: value === 'causal' ? 'Causal' : productName(value),
      title: 'The inner product in which the model’s differences are compared',
    })),
    chosen: ui.simulator.product,
    choose: (product) => {
      chooserOf(ui, actions)({ product });
    },
  });
}

function withoutModel({ choose }: Actions): TemplateResult {
  return html`<p class="empty-line" data-testid="no-model">
    Nothing to compare with yet: probe two or more concepts on the
    <button
      class="link"
      @click=${() => {
        choose({ page: 'geometry' });
      }}
    >
      Geometry
    </button>
    page, and the model’s map appears here on the same scale.
  </p>`;
}
