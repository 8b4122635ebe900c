import { html, nothing, type TemplateResult } from 'lit';
import { capital, formatCount, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { isolated } from '../../src/format/isolated';
import { distinguishedPairs, isDistinguished, levelText } from '../../src/format/verdict';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { conceptMap, type ConceptMap } from './conceptMap';
import { conceptMapTools } from './conceptMapTools';
import { chanceSentence, describeCell, summaryOf } from './conceptMapWords';
import type { Geometry } from './geometryOf';
import { drawHeatMap } from '../charts/heatMap';
import { canMarkCells, type HeatMap } from '../charts/heatMapLayout';
import { legendView } from '../charts/legendView';
import { lastMade } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { conceptKey } from '../state/highlight';
import { mapTable, tableView } from '../controls/tableView';
import { mapWidth } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { UiState } from '../state/uiState';

/** Across concepts: the cosine of every concept direction with every other. */
export function directionsView(
  result: ProbeResult,
  geometry: Geometry,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const count = geometry.directions.concepts.length;
  return html`<section class="directions" aria-labelledby="directions-title">
    <h2 id="directions-title">Across concepts</h2>
    ${count < 2 ? tooFewView(count, result) : mapView(result, geometry, ui, actions)}
  </section>`;
}

function tooFewView(count: number, { concepts }: ProbeResult): TemplateResult {
  const withPairs = concepts.filter(({ kept }) => kept > 0).length;
  const why =
    withPairs > count
      ? `${formatCount(count)} of ${plural(withPairs, 'concept')} with kept pairs ${count === 1 ? 'has' : 'have'} a direction; the map needs two.`
      : count === 0
        ? 'No concept has a kept pair yet; the map of directions needs two concepts that have one.'
        : 'The map of directions needs a second concept with a kept pair.';
  return html`<p class="empty-line" data-testid="directions-missing">${why}</p>`;
}

const mapMade = lastMade<ReturnType<typeof pictureOf>>();

function mapView(result: ProbeResult, geometry: Geometry, ui: UiState, actions: Actions): TemplateResult {
  const map = conceptMap(result, geometry, ui);
  const { order, chance, isAbsolute } = map;
  const { post } = actions;
  const labels = order.map((position) => isolated(map.concepts[position]!));
  const isMarked =
    chance && canMarkCells(labels.length)
      ? ({ row, column }: Cell) => isDistinguished(chance, order[row]!, order[column]!)
      : undefined;
  const what = `${isAbsolute ? 'absolute ' : ''}${map.what}`;
  const { drawing, keys, summary, chanceWords, isAnyMarked } = mapMade(
    [map.shown, map.cosine, result, map.product, post],
    () =>
      pictureOf(map, result, {
        labels,
        cosine: map.shown,
        describe: ({ row, column }) => [
          ...describeCell(map, result, order[row]!, order[column]!),
          row === column || !post
            ? `Click to see ${labels[row]!}`
            : `Click to see the pairs of ${labels[row]!} against those of ${labels[column]!}`,
        ],
        isMarked,
        tree: map.tree,
      }),
  );
  const table = () => mapTable(`${capital(what)}, ${map.product} inner product`, labels, map.shown);
  return html`${conceptMapTools(ui, actions)}
    <p class="lead" data-testid="directions-summary">${summary}</p>
    <p class="lead" data-testid="directions-chance">${chanceWords}</p>
    <figure data-testid="directions-map">
      <probe-picture
        .sentence=${`Heat map of the ${what}, ${labels.length} concepts. ${summary}`}
        .drawing=${drawing}
        .keys=${keys}
        .activate=${({ row, column }: Cell) => {
          const [a, b] = [map.concepts[order[row]!]!, map.concepts[order[column]!]!];
          actions.choose({ concept: a });
          if (a !== b) post?.({ type: 'between', a, b });
        }}
        aria-label="Cosines between concepts. Arrow keys move, with Shift they select, + and − zoom, Enter selects the row's concept${post ? ' and compares its pairs with those of the column’s' : ''}."
      ></probe-picture>
      <figcaption>
        ${legendView(isAbsolute)}
        ${
          isMarked
            ? html`<p class="legend-mark">
                <span></span> less orthogonal than random concepts, q &lt; ${levelText}
              </p>`
            : nothing
        }
      </figcaption>
      ${figureMenu({
        name: map.kind === 'control' ? 'control' : `${map.kind}.${map.product.toLowerCase()}`,
        facts: probeFacts(result, {
          title: `${capital(what)} of ${plural(labels.length, 'concept')}`,
          product: map.product,
          n: `${sampleSize(result.concepts.reduce((sum, { kept }) => sum + kept, 0))} pairs of ${plural(labels.length, 'concept')}`,
          comparedWith: chance ? 'random concepts of the same sizes' : null,
          notes: isAnyMarked ? [`Dots: less orthogonal than random concepts, q < ${levelText}.`] : [],
        }),
        drawing,
        width: mapWidth(labels.length),
        scale: isAbsolute ? 'absolute' : 'signed',
        table,
      })}
      ${tableView('directions', table, ui, actions)}
    </figure>`;
}

/** The picture, and what is said of all pairs of concepts, of which there are many. */
function pictureOf(shown: ConceptMap, result: ProbeResult, map: HeatMap) {
  const { concepts, order, chance } = shown;
  const rows = order.map((position) => conceptKey(concepts[position]!));
  return {
    drawing: drawHeatMap(map),
    keys: { rows, columns: rows },
    summary: summaryOf(shown),
    chanceWords: chanceSentence(shown, result),
    isAnyMarked: map.isMarked !== undefined && chance !== null && distinguishedPairs(chance).length > 0,
  };
}
