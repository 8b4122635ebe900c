import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { formatCosine, formatDecimal, sampleSize } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import type { Actions } from '../../state/actions';
import { drawHeatMap } from '../../charts/heatMap';
import { memoizeBy } from '../../charts/memoize';
import { mapTable, tableView } from '../../controls/tableView';
import { mapWidth } from '../../figures/figure';
import { figureMenu } from '../../figures/figureMenu';
import { simulationFacts } from '../../figures/probeFacts';
import type { UiState } from '../../state/uiState';
import { conceptNames } from './conceptName';
import { formatSteps } from '../runs/formatProgress';
import type { ShownRuns } from '../runs/shownRuns';
import type { MapName } from '../simulatorUi';

const whats: Readonly<Record<MapName, string>> = {
  unembedding: t('unembedding steering vectors'),
  embedding: t('embedding steering vectors'),
  cross: t('unembedding (row) and embedding (column) steering vectors'),
};

const drawings = memoizeBy((shown: ShownRuns, name: MapName) => {
  const { concepts } = shown.config;
  const cosine = shown.maps[name];
  const labels = conceptNames(concepts);
  return drawHeatMap({
    labels,
    cosine,
    describe: ({ row, column }) => [
      row === column ? labels[row]! : `${labels[row]!} × ${labels[column]!}`,
      t`mean cosine ${formatCosine(cosine.data[row * concepts + column]!)}, Euclidean`,
      whats[name],
    ],
  });
});

/** The current map of a simulation. */
export function simulatedMapView(
  shown: ShownRuns,
  ui: UiState,
  actions: Actions,
  { id = 'simulated-map', title = t('Simulated') }: { readonly id?: string; readonly title?: string } = {},
): TemplateResult {
  const { map } = ui.simulator;
  const { config, runs, step } = shown;
  const cosine = shown.maps[map];
  const labels = conceptNames(config.concepts);
  const of = runs > 1 ? t`mean of ${sampleSize(runs)} runs` : t`after ${formatSteps(step)} steps`;
  const table = () => mapTable(t`Mean cosines between ${whats[map]}, Euclidean`, labels, cosine);
  return html`<figure data-testid=${id}>
    <h3>${title}</h3>
    <p class="lead map-words">${t`${plural(config.concepts, 'concept')}, ${of}, Euclidean`}</p>
    <probe-picture
      .sentence=${t`Heat map of the mean cosines between ${whats[map]} of ${config.concepts} concepts, ${of}; U of all is ${formatDecimal(shown.mean.u, 3)}.`}
      .drawing=${drawings(shown, map)}
      aria-label=${t('Simulated cosines between concepts. Use the arrow keys to read values.')}
    ></probe-picture>
    ${figureMenu({
      name: `${id}.${map}`,
      facts: simulationFacts(shown, {
        title: t`Mean cosine between ${whats[map]} of ${plural(config.concepts, 'concept')}, ${of}`,
      }),
      drawing: drawings(shown, map),
      width: mapWidth(config.concepts),
      scale: 'signed',
      table,
    })}
    ${id === 'simulated-map' ? tableView('simulated-map', table, ui, actions) : ''}
  </figure>`;
}
