import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { mean } from '../../src/geometry/moments';
import { matrix } from '../../src/geometry/matrix';
import type { FigureTable } from '../../src/export/figures/figureTable';
import { fileNamePart } from '../../src/export/fileNamePart';
import { unreadText } from '../../src/format/contextText';
import { isolated } from '../../src/format/isolated';
import { formatCount, formatDecimal, productName, sampleSize } from '../../src/format/numbers';
import { intervalText } from '../../src/format/statistics';
import type { MeasureResult } from '../../src/protocol/contextResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { conceptColorNumber } from '../charts/theme';
import { drawOverlaid, setDash } from '../charts/overlaid';
import { memoize } from '../charts/memoize';
import { radioView, selectView } from '../controls/choices';
import { closeView } from '../controls/closeView';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import { figureView } from '../geometry/figuresView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { byAuc, comparedSets, type ComparedConcept, type ComparedSets } from './comparedSets';
import { contextsOf, skippedView } from './contextParts';
import { estimateText, separationText } from './separationWords';

/** The concepts in two labelled sets of contexts: one large, the others beside each other. */
export function measurementView(
  probed: ProbeResult,
  results: readonly MeasureResult[],
  product: InnerProduct,
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const result = contextsOf(results, product);
  if (!result) return nothing;
  const compared = comparedSets(result, ui);
  const { concepts } = compared;
  const wanted = ui.concept ?? probed.concepts[0]?.name;
  const target = concepts.find(({ name }) => name === wanted) ?? concepts[0]!;
  const rest = concepts.filter((concept) => concept !== target);
  const others = ui.measuredOrder === 'auc' ? byAuc(rest) : rest;
  const unread = result.sets.map(unreadText).filter((text) => text !== '');
  return html`<section
    id="measurement"
    class="contexts"
    data-testid="measurement"
    aria-labelledby="measurement-title"
  >
    <div class="concept-head">
      <h2 id="measurement-title">${t('Concepts measured in contexts')}</h2>
      ${closeView('measurement', actions)}
    </div>
    <p class="lead" data-testid="measurement-summary">${summaryOf(result, compared, target)}</p>
    ${toolsView(result, compared, ui, actions)}
    ${unread.length > 0 ? html`<p class="note" data-testid="measurement-unread">${unread.join(' ')}</p>` : nothing}
    <p class="set-legend">
      ${target.sets.map(
        ({ label, color, values }) =>
          html`<span class="concept-${conceptColorNumber(color)}"
            ><span class="swatch"></span>${isolated(label)}, ${sampleSize(countOf(values))}</span
          >`,
      )}
    </p>
    ${targetView(target, result, probed)}
    ${
      others.length > 0
        ? html`<h3>${t('Other concepts')}</h3>
            <div class="multiples" data-testid="measurement-others">
              ${others.map((concept) => smallView(concept, actions))}
            </div>`
        : nothing
    }
    ${skippedView(result.skipped)} ${numbersView([target, ...others], result, ui, actions)}
  </section>`;
}

/** Of one or two. */
function both([first, second]: readonly string[]): string {
  return second === undefined ? first! : t`${first!} and ${second}`;
}

function countOf(values: Float64Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
}

function summaryOf({ product }: MeasureResult, { positions }: ComparedSets, target: ComparedConcept): string {
  const measured = t`λ(x)ᵀγ̄_W at the last position of each context x, ${productName(product)} inner product.`;
  const [first, second] = target.sets.map(({ label }) => isolated(label));
  if (positions.length < 2) return `${measured} ${t('AUC and d′ need contexts with a second label.')}`;
  return `${measured} ${t`AUC is the probability that a context of ${second!} has a larger value than one of ${first!}: 0.5 is chance.`}`;
}

function toolsView(
  { sets }: MeasureResult,
  { positions, concepts }: ComparedSets,
  ui: UiState,
  { choose }: Actions,
): TemplateResult {
  const [first, second] = positions.map((at) => sets[at]!.label);
  const choices = sets.map(({ label }) => ({ value: label, label: isolated(label) }));
  return html`<div class="choices">
    ${
      sets.length > 2
        ? html`${selectView({
            id: 'first-label',
            label: t('Compare'),
            choices,
            chosen: first!,
            // A set is not compared with itself: the two change places.
            choose: (label) => {
              choose(label === second ? { firstLabel: label, secondLabel: first! } : { firstLabel: label });
            },
          })}
          ${selectView({
            id: 'second-label',
            label: t('with'),
            choices,
            chosen: second!,
            choose: (label) => {
              choose(
                label === first
                  ? { firstLabel: second!, secondLabel: label }
                  : { firstLabel: first!, secondLabel: label },
              );
            },
          })}`
        : nothing
    }
    ${
      concepts.length > 2 && positions.length > 1
        ? radioView({
            id: 'measured-order',
            label: t('Order'),
            choices: [
              { value: 'file', label: t('File') },
              { value: 'auc', label: 'AUC', title: t('From the largest AUC to the smallest') },
            ],
            chosen: ui.measuredOrder,
            choose: (measuredOrder) => {
              choose({ measuredOrder });
            },
          })
        : nothing
    }
  </div>`;
}

function targetView(
  concept: ComparedConcept,
  { sets, product }: MeasureResult,
  probed: ProbeResult,
): TemplateResult {
  const { name, separation } = concept;
  const given = concept.sets.map(({ label }) => sets.find((set) => set.label === label)!.given);
  const isCompared = concept.sets.length > 1;
  return html`<figure data-testid="measurement-target">
    <h3>${isolated(name)}</h3>
    ${
      isCompared
        ? html`<div class="figures">
            ${figureView({
              value: formatDecimal(separation?.auc.value ?? null, 2),
              label: 'AUC',
              detail: intervalText(separation?.auc) ?? t('missing'),
            })}
            ${figureView({
              value: formatDecimal(separation?.dPrime?.value ?? null, 2),
              label: 'd′',
              detail: intervalText(separation?.dPrime) ?? t('missing'),
              title: t('Difference of the means over the pooled standard deviation'),
            })}
          </div>`
        : nothing
    }
    <probe-picture
      .sentence=${`${t`Histograms of ${isolated(name)} in ${both(concept.sets.map(({ label }, i) => t`${formatCount(given[i]!)} contexts of ${isolated(label)}`))}.`} ${isCompared ? separationText(separation) : ''}`}
      .drawing=${large(concept)}
      aria-label=${t`${isolated(name)} in both sets. Left and right go from bin to bin.`}
    ></probe-picture>
    ${figureMenu({
      name: `measured.${product}.${fileNamePart(name)}`,
      facts: probeFacts(probed, {
        title: t`λ(x)ᵀγ̄_W of ${isolated(name)} at the last position of contexts x`,
        product: productName(product),
        n: concept.sets
          .map(({ label, values }) => `${isolated(label)} ${sampleSize(countOf(values))}`)
          .join(', '),
        comparedWith: null,
        notes: isCompared ? [separationText(separation)] : [],
      }),
      drawing: large(concept),
      keys: concept.sets.map(({ label, color }, at) => ({
        text: isolated(label),
        color,
        look: { dash: setDash(at) },
      })),
      table: () => valuesTable(concept),
    })}
  </figure>`;
}

/** Every context's value, one set after the other. */
function valuesTable({ name, sets }: ComparedConcept): FigureTable {
  const values = sets.flatMap((set) => [...set.values]);
  return {
    caption: t`Values of ${isolated(name)}`,
    noun: 'Context',
    rows: sets.flatMap(({ label, values: own }) =>
      Array.from(own, (_, at) => `${isolated(label)} ${at + 1}`),
    ),
    columns: [isolated(name)],
    values: matrix(values.length, 1, Float64Array.from(values)),
  };
}

const large = memoize(({ sets }: ComparedConcept) => drawOverlaid({ sets, plotHeight: 150, hasRug: true }));
const small = memoize(({ sets }: ComparedConcept) => drawOverlaid({ sets, plotHeight: 48, hasRug: false }));

function smallView(concept: ComparedConcept, { choose }: Actions): TemplateResult {
  const { name, separation, sets } = concept;
  return html`<figure class="multiple" data-concept=${name} data-auc=${separation?.auc.value ?? ''}>
    <h4>
      <button
        class="link-name"
        title=${t`Show ${isolated(name)} large`}
        @click=${() => {
          choose({ concept: name });
        }}
      >
        ${isolated(name)}
      </button>
    </h4>
    ${
      sets.length > 1
        ? html`<p class="note">
            AUC ${estimateText(separation?.auc)}<br />d′ ${estimateText(separation?.dPrime)}
          </p>`
        : nothing
    }
    <probe-picture
      .sentence=${`${t`Histograms of ${isolated(name)}.`} ${sets.length > 1 ? separationText(separation) : ''}`}
      .drawing=${small(concept)}
      aria-label=${t`${isolated(name)}. Left and right go from bin to bin.`}
    ></probe-picture>
  </figure>`;
}

function numbersView(
  concepts: readonly ComparedConcept[],
  { product }: MeasureResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const sets = concepts[0]!.sets.map(({ label }) => isolated(label));
  const columns = [
    ...sets.map((label) => `n ${label}`),
    ...sets.map((label) => t`Mean ${label}`),
    ...(sets.length > 1 ? ['AUC', t('AUC low'), t('AUC high'), 'd′', t('d′ low'), t('d′ high')] : []),
  ];
  const valuesOf = ({ sets: own, separation }: (typeof concepts)[number]): number[] => {
    const defined = own.map((set) => set.values.filter((value) => !Number.isNaN(value)));
    const { auc, dPrime } = separation ?? { auc: null, dPrime: null };
    return [
      ...defined.map(({ length }) => length),
      ...defined.map((set) => (set.length > 0 ? mean(set) : NaN)),
      ...(sets.length > 1
        ? [auc, dPrime].flatMap((one) => [one?.value ?? NaN, one?.low ?? NaN, one?.high ?? NaN])
        : []),
    ];
  };
  return html`<div data-testid="measurement-numbers">
    ${tableView(
      'measurement',
      () => ({
        caption: t`Concepts in ${both(sets)}, ${productName(product)} inner product, 95 % intervals`,
        noun: 'Concept',
        rows: concepts.map(({ name }) => isolated(name)),
        columns,
        values: matrix(concepts.length, columns.length, Float64Array.from(concepts.flatMap(valuesOf))),
        format: (value, column) =>
          column < sets.length ? formatCount(value) : formatDecimal(value, column < 2 * sets.length ? 2 : 3),
      }),
      ui,
      actions,
    )}
  </div>`;
}
