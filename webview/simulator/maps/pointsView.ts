import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { matrix } from '../../../src/geometry/matrix';
import type { FigureTable } from '../../../src/export/figures/figureTable';
import { formatCount, formatDecimal } from '../../../src/format/numbers';
import { contextText } from '../../../src/simulator/world/context';
import { dimensionOf, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { mostPoints, type Nested } from '../../../src/simulator/training/runSimulation';
import { chosenTokens } from '../../../src/simulator/world/world';
import type { Actions } from '../../state/actions';
import { memoize } from '../../charts/memoize';
import { tableView } from '../../controls/tableView';
import { figureMenu } from '../../figures/figureMenu';
import { paperSvg } from '../../figures/paperSvg';
import { paperDash } from '../../figures/paperTheme';
import { simulationFacts } from '../../figures/probeFacts';
import { conceptColorNumber } from '../../charts/theme';
import type { UiState } from '../../state/uiState';
import { conceptNames } from './conceptName';
import { framed, steeringPairs } from './pointFrame';
import type { Scene } from './spacePicture';
import type { ShownRuns } from '../runs/shownRuns';
import './pointSpace';

export function hasPoints({ concepts, tokens }: SimulationConfig): boolean {
  return (tokens === 'all' ? 2 ** concepts : tokens) <= mostPoints;
}

/** `null` before there are points. */
export const sceneOf = memoize(({ config, unembeddings }: ShownRuns) => {
  if (!unembeddings?.every((point) => point.every(Number.isFinite))) return { scene: null };
  const { concepts } = config;
  const tokens = [...chosenTokens(config)];
  const labels = tokens.map((token) => contextText({ known: 2 ** concepts - 1, values: token }, concepts));
  const { points, reach, isWhole } = framed(unembeddings, tokens, concepts);
  const lines = Array.from({ length: concepts }, (_, concept) =>
    steeringPairs(tokens, concept).map(([from, to]) => ({ from, to, concept })),
  ).flat();
  const scene: Scene = { points, labels, lines };
  return { scene, reach, isWhole };
});

const emptyScene: Scene = { points: [], labels: [], lines: [] };

/** The tokens' unembeddings in space (Fig. 2 of the paper). */
export function pointsView(shown: ShownRuns, ui: UiState, actions: Actions): TemplateResult {
  const { config, unembeddings, runs } = shown;
  const { scene, reach, isWhole } = sceneOf(shown);
  const dimension = dimensionOf(config);
  const space = spaceWords(dimension, isWhole ?? false);
  const table = () => pointTable(scene ? (unembeddings ?? []) : [], scene ?? emptyScene);
  return html`<figure class="points" data-testid="points">
    <h3>${t('Tokens in space')}</h3>
    <p class="lead map-words">${runs > 1 ? t`g(c) in ${space}, first run` : t`g(c) in ${space}`}</p>
    <point-space
      .scene=${scene ?? emptyScene}
      aria-label=${t('The tokens’ unembeddings in space; lines join tokens that differ in one concept. Use the arrow keys to rotate, Home to reset.')}
      title=${t('Drag to rotate')}
    ></point-space>
    <p class="line-legend">
      ${conceptNames(config.concepts).map(
        (name, concept) =>
          html`<span><span class="line-swatch concept-${conceptColorNumber(concept)}"></span>${name}</span>`,
      )}
      <span title=${t('Distance of the farthest token from the centre of all tokens')}
        >${reach === undefined ? '' : t`radius ${formatDecimal(reach, 2)}`}</span
      >
    </p>
    ${
      scene
        ? figureMenu({
            name: 'points',
            facts: simulationFacts(shown, {
              title: t`Unembeddings g(c) of ${formatCount(scene.labels.length)} tokens in ${space}; lines join tokens that differ in one concept`,
            }),
            drawing: () => paperSvg('[data-testid=points] svg'),
            keys: conceptNames(config.concepts).map((text, color) => ({
              text,
              color,
              look: { dash: paperDash(color) },
            })),
            table,
          })
        : nothing
    }
    ${tableView('points', table, ui, actions)}
  </figure>`;
}

function spaceWords(dimension: number, isWhole: boolean): string {
  if (dimension <= 3) return t`${dimension} dimensions`;
  return isWhole
    ? t`${dimension} dimensions, the fourth drawn obliquely`
    : t`${dimension} dimensions, four of them drawn`;
}

function pointTable(unembeddings: Nested, { labels }: Scene): FigureTable {
  const columns = (unembeddings[0] ?? []).map((_, j) => `g${j}`);
  return {
    caption: t('Unembeddings of the tokens'),
    noun: 'Token',
    rows: labels,
    columns,
    values: matrix(labels.length, columns.length, Float64Array.from(unembeddings.flat())),
  };
}
