import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { pairLabel } from '../../src/concepts/concept';
import { isolated, isolatedPairLabel } from '../../src/format/isolated';
import { formatDecimal, productName, sampleSize } from '../../src/format/numbers';
import { matrix } from '../../src/geometry/matrix';
import type { ContrastPair, SteerResult } from '../../src/protocol/contextResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawArrows, type Arrow, type Arrows } from '../charts/arrows';
import { openAxis, type ValueAxis } from '../charts/valueAxis';
import { selectView } from '../controls/choices';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import type { SteeringChanges } from './steeringUi';
import { formatAlpha, sliderEnd } from './alphas';
import { movesOf, type chosenPairs } from './steeredNumbers';

/** What α·v of every concept adds to the log-odds of two pairs (Park et al. 2311.03658, figure 4). */
export function arrowsView(
  result: ProbeResult,
  steered: SteerResult,
  { pair, others, other, otherPair }: ReturnType<typeof chosenPairs>,
  ui: UiState,
  actions: Actions,
  { choose }: SteeringChanges,
): TemplateResult {
  if (!pair || !otherPair)
    return html`<p class="note" data-testid="steering-no-arrows">
      ${t('The arrow plot needs a pair of this concept and one of another whose words are one token each.')}
    </p>`;
  const { concepts, concept } = steered;
  const { alpha } = ui.steering;
  const [x, y] = [movesOf(steered, pair, alpha), movesOf(steered, otherPair, alpha)];
  const names = [oddsName(pair), oddsName(otherPair)] as const;
  const sentence = t`What α = ${formatAlpha(alpha)} along each concept adds to ${names[0]} and ${names[1]}`;
  const drawing = drawArrows(arrowsOf(result, steered, names, x, y, alpha));
  const table = () => ({
    caption: sentence,
    noun: 'Concept',
    rows: concepts.map((name) => conceptLabel(name, name === concept)),
    columns: names,
    values: matrix(
      concepts.length,
      2,
      Float64Array.from(concepts.flatMap((_, index) => [x[index]!, y[index]!])),
    ),
  });
  return html`<figure data-testid="steering-arrows">
    <h3>${t('All concepts')}</h3>
    <p class="note">
      ${t`What a step of the same α along each concept adds to the log-odds of two pairs. Across: the chosen pair of ${isolated(concept)}. Up:`}
    </p>
    <div class="choices">
      ${selectView({
        id: 'steering-other-concept',
        label: t('Concept'),
        choices: others.map((name) => ({ value: name, label: isolated(name) })),
        chosen: otherPair.concept,
        choose: (otherConcept) => {
          choose({ otherConcept, otherPair: null });
        },
      })}
      ${selectView({
        id: 'steering-other-pair',
        label: t('pair'),
        choices: other.map((one) => ({ value: pairLabel(one), label: isolatedPairLabel(one) })),
        chosen: pairLabel(otherPair),
        choose: (label) => {
          choose({ otherPair: label });
        },
      })}
    </div>
    <probe-picture
      .sentence=${t`Arrow plot. ${sentence}.`}
      .drawing=${drawing}
      aria-label=${t('What a step along each concept adds to the log-odds of two pairs. Use the arrow keys to move through the concepts.')}
    ></probe-picture>
    ${figureMenu({
      name: `steering.${steered.product}.${fileNamePart(concept)}`,
      facts: probeFacts(result, {
        title: sentence,
        product: productName(steered.product),
        n: t`${sampleSize(concepts.length)} concepts`,
        comparedWith: null,
        notes: [t('Thick: the steered concept.')],
      }),
      drawing,
      table,
    })}
    ${tableView('steering-arrows', table, ui, actions)}
  </figure>`;
}

function arrowsOf(
  result: ProbeResult,
  { concepts, concept }: SteerResult,
  [xName, yName]: readonly [string, string],
  x: Float64Array,
  y: Float64Array,
  alpha: number,
): Arrows {
  const order = new Map(result.concepts.map(({ name }, index) => [name, index]));
  const arrows = concepts.map((name, index): Arrow => ({
    ...{ name, x: x[index]!, y: y[index]!, isChosen: name === concept },
    concept: order.get(name) ?? index,
  }));
  return {
    arrows,
    xName: t`Change of ${xName}`,
    yName: t`Change of ${yName}`,
    xAxis: axisOf(x, alpha),
    yAxis: axisOf(y, alpha),
    describe: (at) => {
      const { name, isChosen } = arrows[at]!;
      return [
        conceptLabel(name, isChosen),
        `${formatDecimal(x[at]!, 2)} ${t`to ${xName}`}`,
        `${formatDecimal(y[at]!, 2)} ${t`to ${yName}`}`,
      ];
    },
  };
}

/**
 * The same on both sides of 0, and up to what the next larger of 0.01, 0.02, 0.05, 0.1, … would reach: arrows grow with α, and the
 * scale changes only now and then.
 */
function axisOf(moves: Float64Array, alpha: number): ValueAxis {
  const grows = alpha === 0 ? 1 : sliderEnd(100 * alpha) / (100 * Math.abs(alpha));
  const most = moves.reduce((found, move) => Math.max(found, Math.abs(move)), 0) * grows;
  return openAxis(most === 0 ? [-1, 1] : [-most, most], 10);
}

function conceptLabel(name: string, isSteered: boolean): string {
  return isSteered ? t`${isolated(name)} (steered)` : isolated(name);
}

function oddsName({ base, target }: ContrastPair): string {
  return `log P(${isolated(target)})/P(${isolated(base)})`;
}
