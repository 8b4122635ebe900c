import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { FigureTable } from '../../src/export/figures/figureTable';
import { capital, formatCosine, formatCount, productName } from '../../src/format/numbers';
import { matrix } from '../../src/geometry/matrix';
import { offDiagonal } from '../../src/geometry/offDiagonal';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { ChartLink } from '../charts/chartLink';
import { emptyDiagonalNotes, legendView } from '../charts/legendView';
import { lastMade, memoize } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { tableView } from '../controls/tableView';
import { mapWidth, type Figure } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { figureRow } from '../figures/figureRow';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { threeMaps, type ConceptMap } from './conceptMap';
import {
  dotsNote,
  mapFigure,
  mapPictureView,
  marksView,
  pairsText,
  pictureOf,
  randomConcepts,
  whatOf,
  type MapPicture,
} from './conceptMapFigure';
import { noChance, orderWords, testedWords } from './conceptMapWords';
import { withoutCausal } from './productView';

/** A map of the row. */
interface Shown {
  readonly id: 'euclidean' | 'causal' | 'control';
  readonly title: string;
  readonly map: ConceptMap;
}

/** In a row on paper, maps of many concepts are narrower than alone. */
const widestInRow = 760;
/** More do not fit beside each other in a window of usual width. */
const mostBeside = 12;

const link = new ChartLink();
const picturesMade = lastMade<readonly MapPicture[]>();

/** Euclidean, causal and random control: the same concepts in the same order on one scale, zoomed and pointed at together. */
export function threeMapsView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { euclidean, causal, control, leading } = threeMaps(result, ui);
  const shown: readonly Shown[] = [
    { id: 'euclidean', title: capital(euclidean.product), map: euclidean },
    ...(causal ? [{ id: 'causal', title: capital(causal.product), map: causal } as const] : []),
    { id: 'control', title: t('Random control'), map: control },
  ];
  const canCompare = actions.post !== undefined;
  const pictures = picturesMade(
    [result, canCompare, ...shown.flatMap(({ map }) => [map.shown, map.cosine])],
    () => shown.map((one) => pictureOf(one.map, result, canCompare, othersIn(shown, one))),
  );
  const count = leading.order.length;
  const figure = rowFigure(shown, pictures, leading, ui, result);
  const mapViews = shown.map((one, at) => mapView(one, pictures[at]!, result, actions));
  if (!causal) mapViews.splice(1, 0, missingView(result));
  return html`<p class="lead" data-testid="directions-summary">
      ${t`${capital(euclidean.what)}: the same ${formatCount(count)} concepts on one scale and in one order, ${orderWords(ui.conceptOrder, leading.product)}.`}
      ${t('Only what differs clearly from the random control can be the merit of an inner product.')}
    </p>
    ${shown.some(({ map }) => map.chance) ? nothing : html`<p class="lead" data-testid="directions-chance">${noChance(result)}</p>`}
    <div class="maps ${count > mostBeside ? 'many' : ''}" data-testid="directions-maps">${mapViews}</div>
    <figure class="maps-key" data-testid="directions-all">
      <figcaption>
        ${legendView(leading.isAbsolute ? 'absolute' : 'signed')}
        ${marksView(
          leading,
          pictures.some(({ isAnyMarked }) => isAnyMarked),
        )}
      </figcaption>
      ${figureMenu(figure, shown.length === 3 ? t('Save or copy all three') : t('Save or copy both'))}
      ${tableView('all-directions', figure.table, ui, actions)}
    </figure>`;
}

function mapView(
  { id, title, map }: Shown,
  picture: MapPicture,
  result: ProbeResult,
  actions: Actions,
): TemplateResult {
  return html`<figure data-testid="directions-map-${id}" aria-labelledby="map-${id}-title">
    <h3 id="map-${id}-title">${title}</h3>
    <p class="lead">${meanText(map)}</p>
    ${mapPictureView(map, picture, actions, link)} ${figureMenu(mapFigure(map, picture, result))}
    <p class="note">${testedWords(map)}</p>
  </figure>`;
}

function missingView(result: ProbeResult): TemplateResult {
  return html`<div data-testid="directions-map-causal">
    <h3>${capital(productName('causal'))}</h3>
    <p class="empty-line">${withoutCausal(result)}</p>
  </div>`;
}

function meanText({ cosine }: ConceptMap): string {
  const beside = besideDiagonal(cosine);
  return beside
    ? t`mean |cosine| ${formatCosine(beside.mean)}, largest ${formatCosine(beside.largest)}`
    : t('The cosines are missing.');
}

const besideDiagonal = memoize(offDiagonal);

function nameOf({ kind, product }: ConceptMap): string {
  return kind === 'control' ? t('random control') : product;
}

function namesOf(shown: readonly Shown[]): string {
  return shown.map(({ map }) => nameOf(map)).join(', ');
}

/** What the cell is in the other maps. */
function othersIn(shown: readonly Shown[], { id }: Shown): (cell: Cell) => string {
  const others = shown.filter((one) => one.id !== id);
  return ({ row, column }) =>
    others
      .map(({ map }) => `${formatCosine(map.shown.data[row * map.shown.columns + column]!)} ${nameOf(map)}`)
      .join(', ');
}

/** The row as one figure, with one caption. */
function rowFigure(
  shown: readonly Shown[],
  pictures: readonly MapPicture[],
  leading: ConceptMap,
  ui: UiState,
  result: ProbeResult,
): Figure {
  const count = leading.order.length;
  const name = 'directions.all';
  return {
    name,
    facts: probeFacts(result, {
      title: t`${capital(whatOf(leading))} of ${formatCount(count)} concepts: ${namesOf(shown)}`,
      product: shown.length === 3 ? t('Euclidean and causal') : productName('euclidean'),
      n: pairsText(result, count),
      comparedWith: shown.some(({ map }) => map.chance) ? randomConcepts : null,
      notes: [
        t('Random control: the Euclidean directions after a random linear map.'),
        t`Order: ${orderWords(ui.conceptOrder, leading.product)}.`,
        ...(pictures.some(({ isAnyMarked }) => isAnyMarked) ? [dotsNote] : []),
        ...emptyDiagonalNotes(count),
      ],
    }),
    drawing: () =>
      figureRow(
        name,
        shown.map(({ title, map }, at) => ({
          title: `${title}: ${meanText(map)}`,
          drawing: pictures[at]!.drawing,
          width: Math.min(widestInRow, mapWidth(count)),
        })),
      ),
    scale: leading.isAbsolute ? 'absolute' : 'signed',
    table: () => pairsTable(shown, pictures[0]!.labels),
  };
}

const columnNames = { euclidean: 'Euclidean', causal: 'Causal', control: 'Random control' };

/** Every two concepts with their cosine in each map. */
function pairsTable(shown: readonly Shown[], labels: readonly string[]): FigureTable {
  const cells = labels.flatMap((_, row) =>
    labels.slice(row + 1).map((__, after) => [row, row + 1 + after] as const),
  );
  const values = cells.flatMap(([row, column]) =>
    shown.map(({ map }) => map.shown.data[row * map.shown.columns + column]!),
  );
  return {
    caption: `${capital(whatOf(shown[0]!.map))}: ${namesOf(shown)}`,
    noun: 'Concepts',
    rows: cells.map(([row, column]) => `${labels[row]!} × ${labels[column]!}`),
    columns: shown.map(({ id }) => columnNames[id]),
    shownColumns: shown.map(({ title }) => title),
    values: matrix(cells.length, shown.length, Float64Array.from(values)),
  };
}
