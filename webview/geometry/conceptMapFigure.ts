import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { capital, formatCount, sampleSize } from '../../src/format/numbers';
import { isolated } from '../../src/format/isolated';
import { distinguishedPairs, isDistinguished, levelText } from '../../src/format/verdict';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { ChartLink } from '../charts/chartLink';
import { drawHeatMap } from '../charts/heatMap';
import { canMarkCells } from '../charts/heatMapLayout';
import { emptyDiagonalNotes, emptyDiagonalView } from '../charts/legendView';
import type { Cell } from '../charts/picture';
import { mapTable } from '../controls/tableView';
import { mapWidth, type Figure } from '../figures/figure';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';
import { conceptKey } from '../state/highlight';
import type { ConceptMap } from './conceptMap';
import { chanceSentence, describeCell, summaryOf } from './conceptMapWords';

/* One map across concepts as a picture and as a figure, alone or in the row of three. */

export type MapPicture = ReturnType<typeof pictureOf>;

/**
 * The picture, and what is said of all pairs of concepts, of which there are many.
 *
 * @param others what a cell is in the maps beside it
 */
export function pictureOf(
  map: ConceptMap,
  result: ProbeResult,
  canCompare: boolean,
  others?: (cell: Cell) => string,
) {
  const { concepts, order, chance, shown, tree } = map;
  const labels = order.map((position) => isolated(concepts[position]!));
  const isMarked =
    chance && canMarkCells(labels.length)
      ? ({ row, column }: Cell) => isDistinguished(chance, order[row]!, order[column]!)
      : undefined;
  const describe = (cell: Cell) => {
    const { row, column } = cell;
    const [names, value, ...rest] = describeCell(map, result, order[row]!, order[column]!);
    const click =
      row === column || !canCompare
        ? t`Click to see ${labels[row]!}`
        : t`Click to see the pairs of ${labels[row]!} against those of ${labels[column]!}`;
    return [names!, value!, ...(others ? [others(cell)] : []), ...rest, click];
  };
  const rows = order.map((position) => conceptKey(concepts[position]!));
  return {
    labels,
    drawing: drawHeatMap({
      labels,
      cosine: shown,
      describe,
      isMarked,
      isSelfDiagonal: isSelfDiagonal(map),
      tree,
    }),
    keys: { rows, columns: rows },
    summary: summaryOf(map),
    chanceWords: chanceSentence(map, result),
    /** Whether the map marks any pair. */
    isAnyMarked: isMarked !== undefined && chance !== null && distinguishedPairs(chance).length > 0,
  };
}

const absoluteWhats: Readonly<Record<ConceptMap['kind'], string>> = {
  directions: t('absolute cosine of the directions'),
  differences: t('absolute mean pairwise cosine of differences'),
  control: t('absolute cosine of the scrambled directions'),
};

export function whatOf({ isAbsolute, what, kind }: ConceptMap): string {
  return isAbsolute ? absoluteWhats[kind] : what;
}

export function mapPictureView(
  map: ConceptMap,
  { labels, drawing, keys, summary }: MapPicture,
  actions: Actions,
  link?: ChartLink,
): TemplateResult {
  const { post } = actions;
  const nameAt = (place: number) => map.concepts[map.order[place]!]!;
  return html`<probe-picture
    .link=${link}
    .sentence=${t`Heat map of the ${whatOf(map)}, ${labels.length} concepts. ${summary}`}
    .drawing=${drawing}
    .keys=${keys}
    .activate=${({ row, column }: Cell) => {
      const [a, b] = [nameAt(row), nameAt(column)];
      actions.choose({ concept: a });
      if (a !== b) post?.({ type: 'between', a, b });
    }}
    aria-label=${
      post
        ? t`Cosines between concepts. Arrow keys move, with Shift they select, + and − zoom, Enter selects the row's concept and compares its pairs with those of the column’s.`
        : t`Cosines between concepts. Arrow keys move, with Shift they select, + and − zoom, Enter selects the row's concept.`
    }
  ></probe-picture>`;
}

/** Of differences, the diagonal is a mean over the pairs of one concept. */
function isSelfDiagonal({ kind }: ConceptMap): boolean {
  return kind !== 'differences';
}

/** What the dots in the cells mean, if there are any, and why the diagonal is empty, if it is. */
export function marksView(
  map: ConceptMap,
  isAnyMarked: boolean,
): readonly (TemplateResult | typeof nothing)[] {
  const dots = isAnyMarked
    ? html`<p class="legend-mark">
        <span></span> ${t`less orthogonal than random concepts, q < ${levelText}`}
      </p>`
    : nothing;
  return [dots, isSelfDiagonal(map) ? emptyDiagonalView(map.order.length) : nothing];
}

export function mapFigure(map: ConceptMap, picture: MapPicture, result: ProbeResult): Figure {
  const { labels, drawing, isAnyMarked } = picture;
  const what = capital(whatOf(map));
  return {
    name: map.kind === 'control' ? 'control' : `${map.kind}.${map.productId}`,
    facts: probeFacts(result, {
      title: t`${what} of ${formatCount(labels.length)} concepts`,
      product: map.product,
      n: pairsText(result, labels.length),
      comparedWith: map.chance ? randomConcepts : null,
      notes: [
        ...(isAnyMarked ? [dotsNote] : []),
        ...(isSelfDiagonal(map) ? emptyDiagonalNotes(labels.length) : []),
      ],
    }),
    drawing,
    width: mapWidth(labels.length),
    scale: map.isAbsolute ? 'absolute' : 'signed',
    table: () => mapTable(t`${what}, ${map.product} inner product`, labels, map.shown),
  };
}

export const randomConcepts = t('random concepts of the same sizes');
export const dotsNote = t`Dots: less orthogonal than random concepts, q < ${levelText}.`;

export function pairsText({ concepts }: ProbeResult, shown: number): string {
  const pairs = concepts.reduce((sum, { kept }) => sum + kept, 0);
  return t`${sampleSize(pairs)} pairs of ${formatCount(shown)} concepts`;
}
