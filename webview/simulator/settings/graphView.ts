import { t } from '@vscode/l10n';
import { UserError } from '../../../src/errors';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { FigureTable } from '../../../src/export/figures/figureTable';
import { plural } from '../../../src/format/plural';
import { matrix } from '../../../src/geometry/matrix';
import type { Graph } from '../../../src/simulator/world/graph';
import type { Actions } from '../../state/actions';
import { checkView } from '../../controls/choices';
import { figureMenu } from '../../figures/figureMenu';
import { paperSvg } from '../../figures/paperSvg';
import { simulationFacts } from '../../figures/probeFacts';
import { conceptNames } from '../maps/conceptName';
import { memoize } from '../../charts/memoize';
import { conceptColorNumber } from '../../charts/theme';
import type { UiState } from '../../state/uiState';
import { chooserOf } from './chooser';
import { edgeEnds, graphHeight, graphWidth, nodePlaces, nodeRadius, type Point } from './graphLayout';
import { configOf } from './settings';
import { edgesOf, graphOfConfig, moralEdges, toggledEdge } from './shownGraph';

const shownGraph = memoize((settings: UiState['simulator']['settings']) => ({
  graph: graphOfConfig(configOf(settings)),
}));

/** The graph of the world that the settings make: looked at, and drawn by hand. */
export function graphView(ui: UiState, actions: Actions): TemplateResult {
  const { settings, isMoral, edgeFrom, edgeProblem } = ui.simulator;
  const { graph } = shownGraph(settings);
  const { edges } = settings.config;
  const choose = chooserOf(ui, actions);
  return html`<figure class="graph" data-testid="graph">
    <div class="section-head">
      <h2>${t('Graph')}</h2>
      ${
        edges === null
          ? nothing
          : html`<button
              class="link"
              data-testid="random-graph"
              title=${t('Draws the graph from the seed again')}
              @click=${() => {
                const config = { ...settings.config, edges: null };
                choose({ settings: { ...settings, config }, edgeFrom: null, edgeProblem: null });
              }}
            >
              ${t('Random graph')}
            </button>`
      }
    </div>
    ${graph ? pictureOf(graph, ui, actions) : html`<svg class="graph-picture" viewBox="0 0 ${graphWidth} ${graphHeight}"></svg>`}
    <figcaption>
      <p class="lead graph-words" role="status">${edgeProblem ?? wordsOf(ui, edgeFrom)}</p>
      ${checkView('moral', t('Join parents of one child (moral graph)'), isMoral, (value) => {
        choose({ isMoral: value });
      })}
    </figcaption>
    ${
      graph
        ? figureMenu({
            name: 'graph',
            facts: simulationFacts(settings, {
              title: t`Directed graph of ${plural(graph.parents.length, 'concept')}`,
              notes: isMoral ? [t('Dashed: parents of the same child.')] : [],
            }),
            drawing: () => paperSvg('[data-testid=graph] svg'),
            table: () => edgeTable(graph),
          })
        : nothing
    }
  </figure>`;
}

/** 1 where an edge leads from the row's concept to the column's. */
function edgeTable(graph: Graph): FigureTable {
  const { length } = graph.parents;
  const names = conceptNames(length);
  const values = new Float64Array(length * length);
  for (const [from, to] of edgesOf(graph)) values[from * length + to] = 1;
  return {
    caption: t('Edges of the graph, from row to column'),
    noun: 'From',
    rows: names,
    columns: names,
    values: matrix(length, length, values),
    format: String,
  };
}

function wordsOf({ simulator }: UiState, from: number | null): string {
  if (from !== null) return t`Choose where the edge from C${from} leads; an edge that is there goes.`;
  const { config, runs } = simulator.settings;
  const origin =
    config.edges !== null
      ? t('Drawn by hand.')
      : runs > 1
        ? t('Drawn from the first seed; every run draws its own.')
        : t('Drawn from the seed.');
  return `${origin} ${t('Click two concepts to add or remove an edge.')}`;
}

function pictureOf(graph: Graph, ui: UiState, actions: Actions): TemplateResult {
  const places = nodePlaces(graph.parents.length);
  const ends = (from: number, to: number, gap: number) => edgeEnds(places[from]!, places[to]!, gap);
  const moral = ui.simulator.isMoral ? moralEdges(graph) : [];
  return html`<svg
    class="graph-picture"
    viewBox="0 0 ${graphWidth} ${graphHeight}"
    role="group"
    aria-label=${t`Directed graph of ${graph.parents.length} concepts: ${edgeWords(graph)}`}
  >
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path class="arrow" d="M0 0.5 L8 4 L0 7.5 Z" />
      </marker>
    </defs>
    ${moral.map(([a, b]) => lineOf('moral', ends(a, b, 0)))}
    ${edgesOf(graph).map(([from, to]) => lineOf('edge', ends(from, to, 2), `${from}-${to}`))}
    ${places.map((place, node) => nodeOf(node, place, graph, ui, actions))}
  </svg>`;
}

function lineOf(name: string, [[x1, y1], [x2, y2]]: readonly [Point, Point], edge?: string) {
  return svg`<line class=${name} data-edge=${edge ?? nothing} x1=${x1} y1=${y1} x2=${x2} y2=${y2}
    marker-end=${edge === undefined ? nothing : 'url(#arrow)'} />`;
}

function nodeOf(node: number, [x, y]: Point, graph: Graph, ui: UiState, actions: Actions) {
  const { edgeFrom } = ui.simulator;
  const parents = graph.parents[node]!.map((parent) => `C${parent}`).join(', ');
  const pressed = () => {
    press(node, graph, ui, actions);
  };
  return svg`<g
    class=${`node concept-${conceptColorNumber(node)} ${edgeFrom === node ? 'from' : ''}`}
    role="button" tabindex="0" data-node=${node}
    aria-pressed=${edgeFrom === node ? 'true' : 'false'}
    aria-label=${parents === '' ? t`C${node}, no parents` : t`C${node}, parents ${parents}`}
    @click=${pressed}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape') chooserOf(ui, actions)({ edgeFrom: null, edgeProblem: null });
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      pressed();
    }}
  ><circle cx=${x} cy=${y} r=${nodeRadius} /><text x=${x} y=${y}>C${node}</text></g>`;
}

/** The first node begins an edge, the second ends it, or takes it away; the same again lets go. */
function press(node: number, graph: Graph, ui: UiState, actions: Actions): void {
  const { settings, edgeFrom } = ui.simulator;
  const choose = chooserOf(ui, actions);
  if (edgeFrom === null || edgeFrom === node || edgeFrom >= graph.parents.length) {
    choose({ edgeFrom: edgeFrom === node ? null : node, edgeProblem: null });
    return;
  }
  try {
    const edges = toggledEdge(graph, edgeFrom, node);
    const config = { ...settings.config, edges };
    choose({ settings: { ...settings, config }, edgeFrom: null, edgeProblem: null });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    choose({ edgeFrom: null, edgeProblem: t`Refused: ${error.message}` });
  }
}

function edgeWords(graph: Graph): string {
  const edges = edgesOf(graph).map(([from, to]) => t`C${from} to C${to}`);
  return edges.length === 0 ? t('no edges') : edges.join(', ');
}
