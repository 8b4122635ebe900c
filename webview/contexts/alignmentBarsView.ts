import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { matrix, row } from '../../src/geometry/matrix';
import { isolated } from '../../src/format/isolated';
import { formatCosine, productName, sampleSize } from '../../src/format/numbers';
import { formatP } from '../../src/format/statistics';
import type { AlignResult } from '../../src/protocol/contextResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawBars } from '../charts/bars';
import { lastMade } from '../charts/memoize';
import { cosineAxis } from '../charts/valueAxis';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import { descending } from '../geometry/order';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { chanceText, testText } from './alignmentWords';

const barsMade = lastMade<ReturnType<typeof barsOf>>();

/** |cosine| of one set of contexts with every concept, the largest first, and where chance ends. */
export function alignmentBarsView(
  result: AlignResult,
  set: number,
  probed: ProbeResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { sets, concepts, product } = result;
  const { name } = sets[set]!;
  const { drawing, order, labels, cosines, values, p, q, levels, hasLevels, matching } = barsMade(
    [result, set, probed],
    () => barsOf(result, set, probed),
  );
  const columns = ['Cosine', 'p', 'q', 'Random 95\u00a0%'];
  const table = () => ({
    caption: t`Cosines of ${isolated(name)} with each concept, ${productName(product)}`,
    noun: 'Concept',
    rows: labels,
    columns,
    shownColumns: [t('Cosine'), 'p', 'q', t('Random 95\u00a0%')],
    values: matrix(
      labels.length,
      columns.length,
      Float64Array.from(order.flatMap((at, i) => [cosines[at]!, p[i]!, q[i]!, levels[i]!])),
    ),
    format: (value: number, column: number) =>
      column === 1 || column === 2 ? formatP(value) : formatCosine(value),
  });
  return html`<figure class="leave-one-out" data-testid="alignment-bars">
    <h3>${t`${isolated(name)} and each concept`}</h3>
    <p class="lead">
      ${t`|cosine|, ${productName(product)}, ${sampleSize(sets[set]!.kept)} pairs of contexts.`}
      ${hasLevels ? t('Lines: 95\u00a0% of random concepts lie below.') : nothing}
      ${matching < 0 ? t('No concept has this name.') : t('Coloured: the concept of this name.')}
    </p>
    <probe-picture
      .sentence=${t`Bars of the |cosine| of ${isolated(name)} with ${sampleSize(concepts.length)} concepts, the largest first: ${labels[0]!}, ${formatCosine(values[0]!)}.`}
      .drawing=${drawing}
      .activate=${({ row: at }: { row: number }) => {
        actions.choose({ concept: concepts[order[at]!]! });
      }}
      aria-label=${t('Alignment with each concept. Arrow keys move, Enter selects the concept.')}
    ></probe-picture>
    ${figureMenu({
      name: `alignment.${product}.${fileNamePart(name)}`,
      facts: probeFacts(probed, {
        title: t`|cosine| of the contexts of ${isolated(name)} with each concept`,
        product: productName(product),
        n: t`${sampleSize(sets[set]!.kept)} pairs of contexts`,
        comparedWith: hasLevels
          ? t('random concepts of as many pairs; lines: 95\u00a0% of them lie below')
          : null,
        notes: matching < 0 ? [] : [t('Dark: the concept of this name.')],
      }),
      drawing,
      table,
    })}
    ${tableView('alignment-bars', table, ui, actions)}
  </figure>`;
}

function barsOf(result: AlignResult, set: number, probed: ProbeResult) {
  const { sets, concepts, product } = result;
  const { name } = sets[set]!;
  const cosines = row(result.cosine, set);
  const order = descending(Float64Array.from(cosines, Math.abs));
  const sorted = (values: ArrayLike<number>) => Float64Array.from(order, (at) => values[at]!);
  const labels = order.map((at) => isolated(concepts[at]!));
  const values = sorted(Float64Array.from(cosines, Math.abs));
  const [p, q] = [sorted(row(result.p, set)), sorted(row(result.q, set))];
  const levels = sorted(result.random95);
  const matching = order.findIndex((at) => concepts[at] === name);
  const describe = (at: number) =>
    [
      labels[at]!,
      t`cosine ${formatCosine(cosines[order[at]!]!)}, ${productName(product)}`,
      testText(p[at]!, q[at]!),
      chanceText(levels[at]!),
      ...(at === matching ? [t('the concept of this name')] : []),
    ].filter((line) => line !== '');
  const hasLevels = levels.some((level) => !Number.isNaN(level));
  const drawing = drawBars({
    ...{
      labels,
      values,
      axis: cosineAxis(values),
      mean: null,
      marked: new Set<number>(),
      describe,
      levels,
    },
    concept: Math.max(
      0,
      probed.concepts.findIndex((concept) => concept.name === name),
    ),
    colored: new Set([matching]),
    noun: t('Concepts'),
  });
  return { drawing, order, labels, cosines, values, p, q, levels, hasLevels, matching };
}
