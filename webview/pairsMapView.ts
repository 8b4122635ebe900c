import { html, nothing, type TemplateResult } from 'lit';
import type { Matrix } from '../src/geometry/matrix';
import { largestPairMap, type ConceptResult } from '../src/protocol/probeResult';
import { formatCosine, formatCount, sampleSize } from '../src/protocol/formatNumbers';
import type { Actions } from './actions';
import { drawHeatMap } from './heatMapPicture';
import { legendView } from './legendView';
import type { OrderedPairs } from './orderedPairs';
import type { Cell } from './picture';
import { tableView } from './tableView';
import type { UiState } from './uiState';

/** How the differences of one concept lie to one another: pair × pair. */
export function pairsMapView(
  concept: ConceptResult,
  pairs: OrderedPairs,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  return html`<figure class="pairs-map" data-testid="pairs-map">
    <h3>Pair × pair</h3>
    ${pairs.pairwise ? mapView(concept, pairs, pairs.pairwise, ui, actions) : tooManyView(concept)}
  </figure>`;
}

function tooManyView(concept: ConceptResult): TemplateResult {
  return html`<p class="empty-line" data-testid="pairs-map-missing">
    A map of ${formatCount(concept.kept)} × ${formatCount(concept.kept)} cosines could not be read: maps end
    at ${formatCount(largestPairMap)} pairs. The means and the bars count all pairs.
  </p>`;
}

function mapView(
  concept: ConceptResult,
  { pairs, labels }: OrderedPairs,
  cosine: Matrix,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { post } = actions;
  const describe = ({ row, column }: Cell) => [
    row === column ? labels[row]! : `${labels[row]!}  ×  ${labels[column]!}`,
    `cosine ${formatCosine(cosine.data[row * cosine.columns + column]!)}, Euclidean`,
    ...(post ? [`Click to find ${labels[row]!} in the text`] : []),
  ];
  const sentence =
    `Heat map of the cosines between the differences of ${labels.length} pairs of ${concept.name}, Euclidean; ` +
    `mean ${formatCosine(concept.euclidean.meanCosine)} without the diagonal.`;
  return html`<p class="lead">
      Cosine between every two differences, Euclidean, ${sampleSize(labels.length)}.
    </p>
    <cosine-chart
      .sentence=${sentence}
      .drawing=${drawHeatMap({ labels, cosine, describe })}
      .activate=${
        post &&
        (({ row }: Cell) => {
          const { base, target } = pairs[row]!;
          post({ type: 'revealPair', concept: concept.name, pair: { base, target } });
        })
      }
      aria-label="Cosines between pairs. Arrow keys move${post ? ', Enter finds the row’s pair in the text' : ''}."
    ></cosine-chart>
    <figcaption>
      ${legendView()}
      ${
        cosine.data.some(Number.isNaN)
          ? html`<p class="note">
              – undefined: a pair’s two words have the same unembedding, so that there is no difference.
            </p>`
          : nothing
      }
    </figcaption>
    ${tableView(
      'pairs',
      {
        caption: `Cosine between the pairs of ${concept.name}, Euclidean`,
        noun: 'Pair',
        rows: labels,
        columns: labels,
        values: cosine,
      },
      ui,
      actions,
    )}`;
}
