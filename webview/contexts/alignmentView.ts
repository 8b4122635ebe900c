import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { matrix, row } from '../../src/geometry/matrix';
import { isolated } from '../../src/format/isolated';
import { capital, formatCount, formatCosine, productName, sampleSize } from '../../src/format/numbers';
import { equation } from '../../src/format/statistics';
import { level, levelText } from '../../src/format/verdict';
import type { AlignResult } from '../../src/protocol/contextResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawHeatMap } from '../charts/heatMap';
import { canMarkCells } from '../charts/heatMapLayout';
import { legendView } from '../charts/legendView';
import { lastMade } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { radioView, selectView } from '../controls/choices';
import { closeView } from '../controls/closeView';
import { tableView } from '../controls/tableView';
import { mapWidth } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { alignmentBarsView } from './alignmentBarsView';
import { chanceText, testText } from './alignmentWords';
import { contextsOf, skippedView } from './contextParts';
import { contextSetView, parallelismView } from './contextSetView';

/** Embedding directions of the sets of context pairs against the unembedding directions of the concepts. */
export function alignmentView(
  probed: ProbeResult,
  results: readonly AlignResult[],
  product: InnerProduct,
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const result = contextsOf(results, product);
  if (!result) return nothing;
  const wanted = result.sets.findIndex(({ name }) => name === ui.contextSet);
  const chosen = Math.max(0, wanted);
  const set = result.sets[chosen]!;
  return html`<section
    id="alignment"
    class="contexts"
    data-testid="alignment"
    aria-labelledby="alignment-title"
  >
    <div class="concept-head">
      <h2 id="alignment-title">${t('Contexts aligned with concepts')}</h2>
      ${closeView('alignment', actions)}
    </div>
    <p class="lead" data-testid="alignment-product">${productText(result.product)}</p>
    <p class="lead" data-testid="alignment-summary">
      ${result.sets.map((_, i) => bestText(result, i)).join(' ')}
    </p>
    ${mapView(result, probed, ui, actions)} ${parallelismView(result, probed, actions)}
    <div class="choices">
      ${selectView({
        id: 'context-set',
        label: t('Set of contexts'),
        choices: result.sets.map(({ name }) => ({ value: name, label: isolated(name) })),
        chosen: set.name,
        choose: (contextSet) => {
          actions.choose({ contextSet });
        },
      })}
    </div>
    <div class="charts">
      ${alignmentBarsView(result, chosen, probed, ui, actions)}
      ${contextSetView(set, result, probed, ui, actions)}
    </div>
    ${skippedView(result.skipped)}
  </section>`;
}

function productText(product: InnerProduct): string {
  const what = t(
    'Cosines of the differences λ(target) − λ(base) of context pairs with the directions of the concepts',
  );
  return product === 'causal'
    ? t`${what}, both mapped by Cov(γ): causal inner product (Park et al.).`
    : t`${what}: plain cosines, Euclidean (Jiang et al.).`;
}

/** With which concept a set aligns most. */
function bestText({ sets, concepts, cosine, q, random95 }: AlignResult, set: number): string {
  const name = isolated(sets[set]!.name);
  const values = row(cosine, set);
  let best = -1;
  for (let c = 0; c < concepts.length; c++)
    if (!Number.isNaN(values[c]!) && (best < 0 || Math.abs(values[c]!) > Math.abs(values[best]!))) best = c;
  if (best < 0) return t`${name} has no direction.`;
  const chance = random95[best]!;
  const rate = row(q, set)[best]!;
  const parts = [
    t`cosine ${formatCosine(values[best]!)}`,
    ...(Number.isNaN(rate) ? [] : [equation('q', rate)]),
    ...(Number.isNaN(chance) ? [] : [t`95\u00a0% of random concepts below ${formatCosine(chance)}`]),
  ];
  return t`${name} aligns most with ${isolated(concepts[best]!)} (${parts.join('; ')}).`;
}

const mapMade = lastMade<ReturnType<typeof mapOf>>();

function mapView(result: AlignResult, probed: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { sets, concepts, product } = result;
  const isAbsolute = ui.sign === 'absolute';
  const { drawing, shown, labels, columnLabels, isTested } = mapMade([result, isAbsolute], () =>
    mapOf(result, isAbsolute),
  );
  const what = isAbsolute ? t('|cosine| of contexts with concepts') : t('cosine of contexts with concepts');
  const table = () => ({
    caption: t`${capital(what)}, ${productName(product)} inner product`,
    noun: 'Contexts',
    rows: labels,
    columns: columnLabels,
    values: shown,
  });
  return html`${radioView({
      id: 'alignment-sign',
      label: t('Sign'),
      choices: [
        { value: 'signed', label: t('Signed') },
        {
          value: 'absolute',
          label: t('Absolute'),
          title: t('|cosine|: 0 is orthogonal, 1 parallel or opposite'),
        },
      ],
      chosen: ui.sign,
      choose: (sign) => {
        actions.choose({ sign });
      },
    })}
    <figure data-testid="alignment-map">
      <probe-picture
        .sentence=${t`Heat map of the ${what}: ${sampleSize(sets.length)} sets, ${sampleSize(concepts.length)} concepts, ${productName(product)}.`}
        .drawing=${drawing}
        .activate=${({ row: set }: Cell) => {
          actions.choose({ contextSet: sets[set]!.name });
        }}
        aria-label=${t("Cosines of sets of contexts with concepts. Arrow keys move, Enter selects the row's set.")}
      ></probe-picture>
      <figcaption>
        ${legendView(isAbsolute ? 'absolute' : 'signed')}
        ${
          isTested
            ? html`<p class="legend-mark">
                <span></span>
                ${t`more aligned than with bases and targets swapped at random, q < ${levelText}`}
              </p>`
            : nothing
        }
      </figcaption>
      ${figureMenu({
        name: `alignment.${product}`,
        facts: probeFacts(probed, {
          title: capital(what),
          product: productName(product),
          n: t`${sampleSize(sets.length)} sets of contexts, ${formatCount(concepts.length)} concepts`,
          comparedWith: isTested ? t('bases and targets swapped at random') : null,
          notes: isTested ? [t`Dots: more aligned than with these, q < ${levelText}.`] : [],
        }),
        drawing,
        width: mapWidth(concepts.length),
        scale: isAbsolute ? 'absolute' : 'signed',
        table,
      })}
      ${tableView('alignment', table, ui, actions)}
    </figure>`;
}

function mapOf(result: AlignResult, isAbsolute: boolean) {
  const { sets, concepts, cosine, q } = result;
  const shown = isAbsolute
    ? matrix(cosine.rows, cosine.columns, Float64Array.from(cosine.data, Math.abs))
    : cosine;
  const labels = sets.map(({ name }) => isolated(name));
  const columnLabels = concepts.map(isolated);
  const isTested = canMarkCells(concepts.length) && q.data.some((value) => !Number.isNaN(value));
  const drawing = drawHeatMap({
    labels,
    columnLabels,
    cosine: shown,
    describe: (cell) => [...describeCell(result, cell), t`Click to see ${labels[cell.row]!}`],
    isMarked: isTested ? ({ row: set, column }) => row(q, set)[column]! < level : undefined,
  });
  return { drawing, shown, labels, columnLabels, isTested };
}

/** The lines beside a cell. */
function describeCell(
  { sets, concepts, cosine, p, q, random95, product }: AlignResult,
  { row: set, column }: Cell,
): string[] {
  return [
    `${isolated(sets[set]!.name)} × ${isolated(concepts[column]!)}`,
    t`cosine ${formatCosine(row(cosine, set)[column]!)}, ${productName(product)}`,
    testText(row(p, set)[column]!, row(q, set)[column]!),
    chanceText(random95[column]!),
    t`${sampleSize(sets[set]!.kept)} pairs of contexts`,
  ].filter((line) => line !== '');
}
