import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCosine, formatCount, sampleSize } from '../../src/format/numbers';
import { isolated } from '../../src/format/isolated';
import type { Actions } from '../state/actions';
import { drawHeatMap } from '../charts/heatMap';
import type { HeatMap } from '../charts/heatMapLayout';
import { emptyDiagonalNotes, emptyDiagonalView, legendView } from '../charts/legendView';
import { reordered } from './order';
import { blockLabel } from './orderedPairs';
import { lastMade } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { pairKey } from '../state/highlight';
import { figureName, revealing, type ShownConcept } from './shownConcept';
import { tableView } from '../controls/tableView';
import { mapWidth } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { permutationFacts, probeFacts } from '../figures/probeFacts';
import type { UiState } from '../state/uiState';
import { pairwiseWords } from './undefinedWords';

const mapMade = lastMade<ReturnType<typeof pictureOf>>();

/** How the differences of one concept lie to one another: pair × pair, or block × block of very many. */
export function pairsMapView(shown: ShownConcept, ui: UiState, actions: Actions): TemplateResult {
  const { concept, geometry, product, ordered } = shown;
  const { pairwise, pairsPerCell, meanCosine } = geometry;
  const isBlocks = pairsPerCell > 1;
  const labels = isBlocks
    ? Array.from({ length: pairwise.rows }, (_, row) => blockLabel(row, pairsPerCell, concept.kept))
    : ordered.labels;
  const cosine = isBlocks ? pairwise : reordered(pairwise, ordered.order);
  const activate = isBlocks ? undefined : revealing(shown, actions.post);
  const describe = ({ row, column }: Cell) => {
    const value = formatCosine(cosine.data[row * cosine.columns + column]!);
    const self = isBlocks ? t`pairs ${labels[row]!}` : labels[row]!;
    const names = row === column ? self : `${self} ${isBlocks ? '×' : ' × '} ${labels[column]!}`;
    return [
      names,
      isBlocks ? t`mean cosine ${value}, ${product}` : t`cosine ${value}, ${product}`,
      ...(activate ? [t`Click to find ${labels[row]!} in the text`] : []),
    ];
  };
  const { drawing, keys } = mapMade([concept, cosine, ordered, product, activate === undefined], () =>
    pictureOf(shown, { labels, cosine, describe, isSelfDiagonal: !isBlocks, tree: ordered.tree }),
  );
  const undefinedWords = pairwiseWords(geometry);
  const n = sampleSize(concept.kept);
  const what = isBlocks
    ? t`Mean cosine between blocks of ${formatCount(pairsPerCell)} × ${formatCount(pairsPerCell)} differences in the file’s order, without self-pairs`
    : t('Cosine between every two differences');
  const [name, mean] = [isolated(concept.name), formatCosine(meanCosine)];
  const sentence = t`Heat map of the cosines between the differences of ${formatCount(concept.kept)} pairs of ${name}, ${product}; mean ${mean} without self-pairs.`;
  const table = () => ({
    caption: isBlocks
      ? t`Mean cosine between blocks of pairs of ${name}, ${product}`
      : t`Cosine between the pairs of ${name}, ${product}`,
    noun: isBlocks ? 'Pairs' : 'Pair',
    rows: labels,
    columns: labels,
    values: cosine,
  });
  return html`<figure class="pairs-map" data-testid="pairs-map">
    <h3>${isBlocks ? t('Pair × pair, in blocks') : t('Pair × pair')}</h3>
    <p class="lead">${what}, ${product}, ${n}.</p>
    <probe-picture
      .sentence=${sentence}
      .drawing=${drawing}
      .keys=${keys}
      .activate=${activate}
      aria-label=${
        activate
          ? t(
              'Cosines between pairs. Arrow keys move, with Shift they select, + and − zoom, Enter finds the row’s pair in the text.',
            )
          : t('Cosines between pairs. Arrow keys move, with Shift they select, + and − zoom.')
      }
    ></probe-picture>
    <figcaption>
      ${legendView()} ${isBlocks ? nothing : emptyDiagonalView(labels.length)}
      ${
        undefinedWords === undefined
          ? nothing
          : html`<p class="note" data-testid="pairs-undefined">${undefinedWords}</p>`
      }
    </figcaption>
    ${figureMenu({
      name: figureName('pairs', shown),
      facts: probeFacts(shown.asked, {
        title: t`${what} of ${name}`,
        product,
        n: t`${n} pairs`,
        comparedWith: permutationFacts(geometry),
        notes: [t`Mean ${mean} without self-pairs.`, ...(isBlocks ? [] : emptyDiagonalNotes(labels.length))],
      }),
      drawing,
      width: mapWidth(labels.length),
      scale: 'signed',
      table,
    })}
    ${tableView('pairs', table, ui, actions)}
  </figure>`;
}

function pictureOf({ concept, geometry, ordered }: ShownConcept, map: HeatMap) {
  const rows = geometry.pairsPerCell > 1 ? [] : ordered.pairs.map((pair) => pairKey(concept.name, pair));
  return { drawing: drawHeatMap(map), keys: { rows, columns: rows } };
}
