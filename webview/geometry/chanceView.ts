import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { matrix } from '../../src/geometry/matrix';
import { formatCosine, sampleSize } from '../../src/format/numbers';
import type { RandomComparison, Spread } from '../../src/protocol/geometryResult';
import type { Actions } from '../state/actions';
import { chanceSummary, shareWords } from './chanceWords';
import { radioView } from '../controls/choices';
import { formatPercent } from '../../src/format/statistics';
import { isolated } from '../../src/format/isolated';
import { drawHistogram, drawsIn, shareAtLeast, valueWithShareAbove } from '../charts/histogram';
import { lastMade } from '../charts/memoize';
import { pairKey } from '../state/highlight';
import { descending } from './order';
import { figureName, revealing, type ShownConcept } from './shownConcept';
import { fullCosineAxis } from '../charts/valueAxis';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts, randomPairsText } from '../figures/probeFacts';
import { noRandom } from '../../src/format/statisticsText';
import type { ChanceKind, UiState } from '../state/uiState';

/** What chance gives on the concept's direction, with the concept's own pairs next to it. */
export function chanceView(shown: ShownConcept, ui: UiState, actions: Actions): TemplateResult {
  const { random } = shown.geometry;
  return html`<figure class="chance" data-testid="chance">
    <div class="figure-head">
      <h3>${t('Compared with chance')}</h3>
      ${random ? kindsView(random, ui, actions) : nothing}
    </div>
    ${random ? histogramView(shown, random, ui, actions) : html`<p class="note">${noRandom(shown.geometry, shown.asked)}</p>`}
  </figure>`;
}

function kindsView({ normMatched }: RandomComparison, ui: UiState, actions: Actions): TemplateResult {
  const isMissing = normMatched === null;
  return radioView({
    id: 'chance-kind',
    label: t('Compared by'),
    choices: [
      { value: 'cosine', label: t('Cosine') },
      {
        value: 'projection',
        label: t('Projection'),
        title: t('The paper’s value: with the lengths of the differences'),
      },
      {
        value: 'norm-matched',
        label: t('Norm-matched'),
        title: isMissing
          ? t('There are no random pairs as long as the concept’s.')
          : t('Projection, of random pairs whose differences are as long as the concept’s'),
        disabled: isMissing,
      },
    ],
    chosen: kindOf(ui, normMatched),
    choose: (chance) => {
      actions.choose({ chance });
    },
  });
}

function kindOf({ chance }: UiState, normMatched: Spread | null): ChanceKind {
  return chance === 'norm-matched' && !normMatched ? 'projection' : chance;
}

function spreadOf({ cosine, projection, normMatched }: RandomComparison, kind: ChanceKind): Spread {
  if (kind === 'cosine') return cosine;
  return (kind === 'norm-matched' ? normMatched : null) ?? projection;
}

function histogramView(
  shown: ShownConcept,
  random: RandomComparison,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { concept, geometry, product, ordered } = shown;
  const { cosines, projections } = geometry.leaveOneOut;
  const kind = kindOf(ui, random.normMatched);
  const spread = spreadOf(random, kind);
  const what = kind === 'cosine' ? 'cosine' : 'projection';
  const draws = drawsIn(spread.histogram);
  const values = ordered.sorted(kind === 'cosine' ? cosines : projections);
  const { drawing, keys, activate } = pictureMade([spread, concept, product, actions.post], () =>
    pictureOf(shown, spread, kind, actions),
  );
  const summary = chanceSummary(spread, { pairs: draws, tokens: random.tokens }, values);
  const table = () => ({
    caption: t`Pairs of ${isolated(concept.name)} and random pairs, ${product}`,
    noun: 'Pair',
    rows: ordered.labels,
    columns: [`Leave-one-out ${what}`, 'Random pairs as large'],
    shownColumns: [
      what === 'cosine' ? t('Leave-one-out cosine') : t('Leave-one-out projection'),
      t('Random pairs as large'),
    ],
    values: matrix(
      values.length,
      2,
      Float64Array.from({ length: 2 * values.length }, (_, cell) => {
        const value = values[cell >> 1]!;
        return cell % 2 === 0 || Number.isNaN(value) ? value : shareAtLeast(spread.histogram, value).share;
      }),
    ),
    format: (value: number, column: number) =>
      column === 1 && !Number.isNaN(value) ? formatPercent(value) : formatCosine(value),
  });
  return html`<p class="lead" data-testid="chance-summary">${summary}</p>
    <p class="lead">
      ${greyWords(kind, product)} ${t('Marks: the pairs, each on the direction of the others.')}
    </p>
    <probe-picture
      .sentence=${
        kind === 'cosine'
          ? t`Histogram of the cosines of random token pairs on the direction of ${isolated(concept.name)}. ${summary}`
          : t`Histogram of the projections of random token pairs on the direction of ${isolated(concept.name)}. ${summary}`
      }
      .drawing=${drawing}
      .keys=${keys}
      .activate=${activate}
      aria-label=${
        activate
          ? t(
              'Pairs compared with chance. Left and right go from pair to pair, Enter finds the pair in the text.',
            )
          : t('Pairs compared with chance. Left and right go from pair to pair.')
      }
    ></probe-picture>
    ${figureMenu({
      name: figureName('chance', shown),
      facts: probeFacts(shown.asked, {
        title:
          kind === 'cosine'
            ? t`Cosines of random token pairs on the direction of ${isolated(concept.name)}, and of its pairs`
            : t`Projections of random token pairs on the direction of ${isolated(concept.name)}, and of its pairs`,
        product,
        n: t`${sampleSize(values.length)} pairs`,
        comparedWith: randomPairsText(random, spread),
        notes: [
          kind === 'norm-matched'
            ? t(
                'Grey: random pairs as long as the concept’s; marks: the pairs, each on the direction of the others; dashed: 99\u00a0% of random pairs lie below.',
              )
            : t(
                'Grey: random pairs; marks: the pairs, each on the direction of the others; dashed: 99\u00a0% of random pairs lie below.',
              ),
        ],
      }),
      drawing,
      table,
    })}
    ${tableView('chance', table, ui, actions)}`;
}

function greyWords(kind: ChanceKind, product: string): string {
  switch (kind) {
    case 'cosine':
      return t`Grey: cosine of random token pairs on this direction, ${product}.`;
    case 'projection':
      return t`Grey: projection of random token pairs on this direction, ${product}.`;
    case 'norm-matched':
      return t`Grey: projection of random token pairs as long as the concept’s on this direction, ${product}.`;
  }
}

/** The picture does not depend on the order of the pairs, and a thousand marks are not drawn again when it changes. */
const pictureMade = lastMade<ReturnType<typeof pictureOf>>();

function pictureOf(shown: ShownConcept, spread: Spread, kind: ChanceKind, { post }: Actions) {
  const { concept, index, geometry, product, ordered } = shown;
  const { cosines, projections } = geometry.leaveOneOut;
  const draws = drawsIn(spread.histogram);
  const values = ordered.sorted(kind === 'cosine' ? cosines : projections);
  const rows = descending(values)
    .filter((row) => !Number.isNaN(values[row]!))
    .reverse();
  const activate = revealing(shown, post, ({ column }) => rows[Math.min(column, rows.length - 1)]!);
  const marks = rows.map((row) => ({
    value: values[row]!,
    concept: index,
    describe: () => [
      ordered.labels[row]!,
      kind === 'cosine'
        ? t`leave-one-out cosine ${formatCosine(values[row]!)}, ${product}`
        : t`leave-one-out projection ${formatCosine(values[row]!)}, ${product}`,
      shareWords(shareAtLeast(spread.histogram, values[row]!), draws),
      ...(activate ? [t('Click to find the pair in the text')] : []),
    ],
  }));
  const line = { value: valueWithShareAbove(spread.histogram, 0.01), text: '99\u00a0%' };
  const drawing = drawHistogram({
    ...{ histogram: spread.histogram, lanes: [{ label: '', marks }], line },
    ...(kind === 'cosine' && { axis: fullCosineAxis }),
    axisTitle:
      kind === 'cosine'
        ? t`cosine with the direction, ${product}`
        : t`projection on the direction, ${product}`,
  });
  const keys = { columns: rows.map((row) => pairKey(concept.name, ordered.pairs[row]!)) };
  return { drawing, keys, activate };
}
