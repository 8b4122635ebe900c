import { html, nothing, type TemplateResult } from 'lit';
import { matrix } from '../src/geometry/matrix';
import type { ConceptResult } from '../src/protocol/probeResult';
import { formatCosine, formatCount, sampleSize } from '../src/protocol/formatNumbers';
import type { Actions } from './actions';
import { axisStart } from './barsOption';
import { drawBars } from './barsPicture';
import type { OrderedPairs } from './orderedPairs';
import type { Cell } from './picture';
import { tableView } from './tableView';
import type { UiState } from './uiState';

/** Each pair's difference against the direction of all the others: which pairs carry the concept. */
export function leaveOneOutView(
  concept: ConceptResult,
  index: number,
  { pairs, labels, leaveOneOut: values }: OrderedPairs,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { post } = actions;
  const { mean } = concept.euclidean.leaveOneOut;
  const describe = (row: number) => [
    labels[row]!,
    `cosine with the direction of the others ${formatCosine(values[row]!)}, Euclidean`,
    ...(post ? ['Click to find the pair in the text'] : []),
  ];
  const axis = axisStart(values) === 0 ? '0 to 1' : '−1 to 1';
  const n = formatCount(labels.length);
  return html`<figure class="leave-one-out" data-testid="leave-one-out">
    <h3>Leave-one-out</h3>
    <p class="lead">
      Cosine of each difference with the direction of the others, Euclidean, ${sampleSize(labels.length)};
      axis from ${axis}.
    </p>
    <cosine-chart
      .sentence=${`Bars of the leave-one-out cosines of ${n} pairs of ${concept.name}; mean ${formatCosine(mean)}, axis from ${axis}.`}
      .drawing=${drawBars({ labels, values, mean, concept: index, describe })}
      .activate=${
        post &&
        (({ row }: Cell) => {
          const { base, target } = pairs[row]!;
          post({ type: 'revealPair', concept: concept.name, pair: { base, target } });
        })
      }
      aria-label="Leave-one-out cosines. Arrow keys move${post ? ', Enter finds the pair in the text' : ''}."
    ></cosine-chart>
    ${
      values.some(Number.isNaN)
        ? html`<p class="note">– undefined: the pair has no difference, or the others cancel.</p>`
        : nothing
    }
    ${tableView(
      'leave-one-out',
      {
        caption: `Leave-one-out cosines of ${concept.name}, Euclidean`,
        noun: 'Pair',
        rows: labels,
        columns: ['Leave-one-out cosine'],
        values: matrix(values.length, 1, values),
      },
      ui,
      actions,
    )}
  </figure>`;
}
