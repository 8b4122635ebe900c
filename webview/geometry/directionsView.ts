import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { formatCount } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { legendView } from '../charts/legendView';
import { lastMade } from '../charts/memoize';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { conceptMap, type OneMap } from './conceptMap';
import { mapFigure, mapPictureView, marksView, pictureOf, type MapPicture } from './conceptMapFigure';
import { conceptMapTools } from './conceptMapTools';
import type { Geometry } from './geometryOf';
import { threeMapsView } from './threeMapsView';

/** Across concepts: the cosine of every concept direction with every other. */
export function directionsView(
  result: ProbeResult,
  geometry: Geometry,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const count = geometry.directions.concepts.length;
  return html`<section class="directions" aria-labelledby="directions-title">
    <h2 id="directions-title">${t('Across concepts')}</h2>
    ${
      count < 2
        ? tooFewView(count, result)
        : html`${conceptMapTools(ui, actions)}
          ${ui.map === 'all' ? threeMapsView(result, ui, actions) : mapView(result, geometry, ui.map, ui, actions)}
          ${onePairView(result)}`
    }
  </section>`;
}

function tooFewView(count: number, { concepts }: ProbeResult): TemplateResult {
  const withPairs = concepts.filter(({ kept }) => kept > 0).length;
  const [n, all] = [formatCount(count), plural(withPairs, 'concept')];
  const why =
    withPairs > count
      ? count === 1
        ? t`${n} of ${all} with kept pairs has a direction; the map needs two.`
        : t`${n} of ${all} with kept pairs have a direction; the map needs two.`
      : count === 0
        ? t('No concept has a kept pair yet; the map of directions needs two concepts that have one.')
        : t('The map of directions needs a second concept with a kept pair.');
  return html`<p class="empty-line" data-testid="directions-missing">${why}</p>`;
}

/** A direction of one pair looks like any other in the map. */
function onePairView({ concepts }: ProbeResult): TemplateResult | typeof nothing {
  const names = concepts.filter(({ kept }) => kept === 1).map(({ name }) => isolated(name));
  if (names.length === 0) return nothing;
  const shown = names.slice(0, mostNamed).join(', ');
  const more = names.length - mostNamed;
  const text =
    more > 0
      ? t`Directions of one pair only, which may differ in more than the concept: ${shown} and ${formatCount(more)} more.`
      : t`Directions of one pair only, which may differ in more than the concept: ${shown}.`;
  return html`<p class="lead" data-testid="one-pair">${text}</p>`;
}

const mostNamed = 3;

const mapMade = lastMade<MapPicture>();

function mapView(
  result: ProbeResult,
  geometry: Geometry,
  kind: OneMap,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const map = conceptMap(result, geometry, ui, kind);
  const canCompare = actions.post !== undefined;
  const picture = mapMade([map.shown, map.cosine, result, map.product, canCompare], () =>
    pictureOf(map, result, canCompare),
  );
  const figure = mapFigure(map, picture, result);
  return html`<figure data-testid="directions-map">
      ${mapPictureView(map, picture, actions)}
      <figcaption>
        ${legendView(map.isAbsolute ? 'absolute' : 'signed')} ${marksView(map, picture.isAnyMarked)}
      </figcaption>
      ${figureMenu(figure)} ${tableView('directions', figure.table, ui, actions)}
    </figure>
    <p class="lead" data-testid="directions-summary">${picture.summary}</p>
    <p class="lead" data-testid="directions-chance">${picture.chanceWords}</p>`;
}
