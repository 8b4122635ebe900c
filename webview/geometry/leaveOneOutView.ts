import { t } from '@vscode/l10n';
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
  cosine: t('cosine with the direction of the others'),
  projection: t('projection on the direction of the others'),
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
  const apartPairs = plural(marked.size, 'pair');
  const activate = revealing(shown, actions.post);
  const describe = (row: number) => [
    labels[row]!,
    `${whats[measure]} ${formatCosine(values[row]!)}, ${product}`,
    ...(marked.has(row) ? [t('stands apart from the others')] : []),
    ...(activate ? [t('Click to find the pair in the text')] : []),
  ];
  const { drawing, keys } = barsMade([ordered, unsorted, index, product, activate === undefined], () =>
    pictureOf(shown, { labels, values, axis, mean, interval, marked, concept: index, describe }),
  );
  const [n, size] = [formatCount(labels.length), sampleSize(labels.length)];
  const meanAndRange = [formatCosine(mean), range].filter(Boolean).join(', ');
  const name = isCosine ? t('Leave-one-out cosine') : t('Leave-one-out projection');
  const names = isCosine ? t('Leave-one-out cosines') : t('Leave-one-out projections');
  const table = () => ({
    caption: t`${names} of ${isolated(concept.name)}, ${product}`,
    noun: 'Pair',
    rows: labels,
    columns: [`Leave-one-out ${measure}`],
    shownColumns: [name],
    values: matrix(values.length, 1, values),
  });
  return html`<figure class="leave-one-out" data-testid="leave-one-out">
    <div class="figure-head">
      <h3>${t('Leave-one-out')}</h3>
      ${radioView({
        id: 'measure',
        label: t('Measured as'),
        choices: [
          { value: 'cosine', label: t('Cosine') },
          {
            value: 'projection',
            label: t('Projection'),
            title: t('As the paper has it: with the length of the difference'),
          },
        ],
        chosen: measure,
        choose: (chosen) => {
          actions.choose({ measure: chosen });
        },
      })}
    </div>
    <p class="lead">
      ${
        isCosine
          ? t`Cosine of each difference with the direction of the others, ${product}, ${size}; axis from ${axisText(axis)}.`
          : t`Projection of each difference on the direction of the others, ${product}, ${size}; axis from ${axisText(axis)}.`
      }
      ${range ? t`Band: the ${range} of the mean.` : nothing}
    </p>
    <probe-picture
      .sentence=${
        isCosine
          ? t`Bars of the leave-one-out cosines of ${n} pairs of ${isolated(concept.name)}; mean ${meanAndRange}, axis from ${axisText(axis)}.`
          : t`Bars of the leave-one-out projections of ${n} pairs of ${isolated(concept.name)}; mean ${meanAndRange}, axis from ${axisText(axis)}.`
      }
      .drawing=${drawing}
      .keys=${keys}
      .activate=${activate}
      aria-label="${names}. ${activate ? t('Arrow keys move, Enter finds the pair in the text.') : t('Arrow keys move.')}"
    ></probe-picture>
    ${
      marked.size > 0
        ? html`<p class="note" data-testid="outliers">
            ${
              marked.size === 1
                ? t`◇ ${apartPairs} stands apart from the others: a modified z-score of the cosine beyond 3.5.`
                : t`◇ ${apartPairs} stand apart from the others: a modified z-score of the cosine beyond 3.5.`
            }
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
        title: isCosine
          ? t`Cosine of each difference of ${isolated(concept.name)} with the direction of the others`
          : t`Projection of each difference of ${isolated(concept.name)} on the direction of the others`,
        product,
        n: t`${size} pairs`,
        comparedWith: geometry.random && randomPairsText(geometry.random, geometry.random[measure]),
        notes: [
          t`Dashed: the mean, ${formatCosine(mean)}.`,
          ...(marked.size > 0 ? [t('◇ stands apart from the others: a modified z-score beyond 3.5.')] : []),
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
