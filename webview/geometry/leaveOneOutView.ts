import { html, nothing, type TemplateResult } from 'lit';
import { matrix } from '../../src/geometry/matrix';
import { meanOfDefined } from '../../src/geometry/parallelism';
import { formatCosine, formatCount, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { isolated } from '../../src/format/isolated';
import { intervalText } from '../../src/format/statistics';
import type { Actions } from '../state/actions';
import { drawBars, type Bars } from '../charts/bars';
import { lastMade } from '../charts/memoize';
import { pairKey } from '../state/highlight';
import { radioView } from '../controls/choices';
import { figureName, revealing, type ShownConcept } from './shownConcept';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts, randomPairsText } from '../figures/probeFacts';
import type { Measurement, UiState } from '../state/uiState';
import { leaveOneOutWords } from './undefinedWords';
import { axisText, cosineAxis, openAxis } from '../charts/valueAxis';

const whats: Readonly<Record<Measurement, string>> = {
  cosine: 'cosine with the direction of the others',
  projection: 'projection on the direction of the others',
};

const barsMade = lastMade<ReturnType<typeof pictureOf>>();

/** Each pair's difference against the direction of all the others: which pairs carry the concept. */
export function leaveOneOutView(shown: ShownConcept, ui: UiState, actions: Actions): TemplateResult {
  const { concept, index, geometry, all, product, ordered } = shown;
  const { labels, order } = ordered;
  const { leaveOneOut } = geometry;
  const { measure } = ui;
  const isCosine = measure === 'cosine';
  const unsorted = isCosine ? leaveOneOut.cosines : leaveOneOut.projections;
  const undefinedWords = leaveOneOutWords(unsorted, geometry, shown.asked.settings.direction);
  const values = ordered.sorted(unsorted);
  const mean = isCosine ? leaveOneOut.mean : meanOfDefined(values);
  const axis = isCosine
    ? cosineAxis(all.flatMap((one) => [...one.leaveOneOut.cosines]))
    : openAxis(all.flatMap((one) => [...one.leaveOneOut.projections]));
  const interval = isCosine ? leaveOneOut.interval : null;
  const range = intervalText(interval);
  const apart = new Set(leaveOneOut.outliers);
  const marked = new Set([...order.keys()].filter((row) => apart.has(order[row]!)));
  const activate = revealing(shown, actions.post);
  const describe = (row: number) => [
    labels[row]!,
    `${whats[measure]} ${formatCosine(values[row]!)}, ${product}`,
    ...(marked.has(row) ? ['stands apart from the others'] : []),
    ...(activate ? ['Click to find the pair in the text'] : []),
  ];
  const { drawing, keys } = barsMade([ordered, unsorted, index, product, activate === undefined], () =>
    pictureOf(shown, { labels, values, axis, mean, interval, marked, concept: index, describe }),
  );
  const n = formatCount(labels.length);
  const column = isCosine ? 'Leave-one-out cosine' : 'Leave-one-out projection';
  const table = () => ({
    caption: `Leave-one-out ${measure}s of ${isolated(concept.name)}, ${product}`,
    noun: 'Pair',
    rows: labels,
    columns: [column],
    values: matrix(values.length, 1, values),
  });
  return html`<figure class="leave-one-out" data-testid="leave-one-out">
    <div class="figure-head">
      <h3>Leave-one-out</h3>
      ${radioView({
        id: 'measure',
        label: 'Measured as',
        choices: [
          { value: 'cosine', label: 'Cosine' },
          {
            value: 'projection',
            label: 'Projection',
            title: 'As the paper has it: with the length of the difference',
          },
        ],
        chosen: measure,
        choose: (chosen) => {
          actions.choose({ measure: chosen });
        },
      })}
    </div>
    <p class="lead">
      ${isCosine ? 'Cosine' : 'Projection'} of each difference ${isCosine ? 'with' : 'on'} the direction of
      the others, ${product}, ${sampleSize(labels.length)}; axis from
      ${axisText(axis)}.${range ? ` Band: the ${range} of the mean.` : nothing}
    </p>
    <probe-picture
      .sentence=${`Bars of the leave-one-out ${measure}s of ${n} pairs of ${isolated(concept.name)}; mean ${[formatCosine(mean), range].filter(Boolean).join(', ')}, axis from ${axisText(axis)}.`}
      .drawing=${drawing}
      .keys=${keys}
      .activate=${activate}
      aria-label="Leave-one-out ${measure}s. Arrow keys move${activate ? ', Enter finds the pair in the text' : ''}."
    ></probe-picture>
    ${
      marked.size > 0
        ? html`<p class="note" data-testid="outliers">
            ◇ ${plural(marked.size, 'pair')} ${marked.size === 1 ? 'stands' : 'stand'} apart from the others:
            a modified z-score of the cosine beyond 3.5.
          </p>`
        : nothing
    }
    ${
      undefinedWords === undefined
        ? nothing
        : html`<p class="note" data-testid="leave-one-out-undefined">${undefinedWords}</p>`
    }
    ${figureMenu({
      name: figureName('leave-one-out', shown),
      facts: probeFacts(shown.asked, {
        title: `${isCosine ? 'Cosine' : 'Projection'} of each difference of ${isolated(concept.name)} ${isCosine ? 'with' : 'on'} the direction of the others`,
        product,
        n: `${sampleSize(labels.length)} pairs`,
        comparedWith: geometry.random && randomPairsText(geometry.random, geometry.random[measure]),
        notes: [
          `Dashed: the mean, ${formatCosine(mean)}.`,
          ...(marked.size > 0 ? ['◇ stands apart from the others: a modified z-score beyond 3.5.'] : []),
        ],
      }),
      drawing,
      table,
    })}
    ${tableView('leave-one-out', table, ui, actions)}
  </figure>`;
}

function pictureOf({ concept, ordered }: ShownConcept, bars: Bars) {
  return {
    drawing: drawBars(bars),
    keys: { rows: ordered.pairs.map((pair) => pairKey(concept.name, pair)) },
  };
}
