import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { matrix } from '../../src/geometry/matrix';
import { contextDropReason, shortContextPair } from '../../src/format/contextText';
import { fewKeptText } from '../../src/format/conceptSummary';
import { isolated } from '../../src/format/isolated';
import { formatCosine, formatCount, productName, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { equation, formatP, formatRange, formatResolution } from '../../src/format/statistics';
import type { AlignedSet, AlignResult } from '../../src/protocol/contextResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawBars } from '../charts/bars';
import { lastMade } from '../charts/memoize';
import { axisText, cosineAxis } from '../charts/valueAxis';
import { tableView } from '../controls/tableView';
import { figureMenu } from '../figures/figureMenu';
import { permutationFacts, probeFacts } from '../figures/probeFacts';
import { leaveOneOutWords } from '../geometry/undefinedWords';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

/** Characters of each context beside its bar. */
const mostOnBar = 14;

/** How parallel the differences of each set are, with the statistics of word pairs. */
export function parallelismView(
  { sets, product }: AlignResult,
  { settings }: ProbeResult,
  { choose }: Actions,
): TemplateResult {
  const caption = t`How parallel the differences of each set are, ${productName(product)} inner product`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="numbers compared" data-testid="parallelism">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('Contexts')}</th>
          <th scope="col" title=${t('Pairs of contexts kept of pairs given')}>${t('Pairs')}</th>
          <th scope="col" title=${t('Mean cosine of each difference with the direction of the others')}>
            ${t('Leave-one-out')}
          </th>
          <th scope="col">${t('95\u00a0% interval')}</th>
          <th
            scope="col"
            title=${t('Mean ± standard deviation of the cosines of random pairs of all contexts')}
          >
            ${t('Random')}
          </th>
          <th
            scope="col"
            title=${t('Are these pairs more parallel than the same contexts paired at random?')}
          >
            p
          </th>
          <th scope="col" title=${t('Benjamini–Hochberg across the sets')}>q</th>
        </tr>
      </thead>
      <tbody>
        ${sets.map(
          ({ name, kept, pairs, geometry: { leaveOneOut, random, permutation } }) =>
            html`<tr data-set=${name}>
              <th scope="row">
                <button
                  class="link-name"
                  @click=${() => {
                    choose({ contextSet: name });
                  }}
                >
                  ${isolated(name)}
                </button>
              </th>
              <td data-kept=${kept}>${formatCount(kept)}/${formatCount(pairs.length)}</td>
              <td data-value=${leaveOneOut.mean ?? ''}>${formatCosine(leaveOneOut.mean)}</td>
              <td>${formatRange(leaveOneOut.interval)}</td>
              <td>
                ${random ? `${formatCosine(random.cosine.mean)} ± ${formatCosine(random.cosine.sd)}` : '–'}
              </td>
              <td
                data-value=${permutation?.p ?? ''}
                title=${permutation ? t`${plural(permutation.permutations, 'permutation')}; smallest p possible ${formatResolution(permutation.resolution)}` : settings.permutations === 0 ? t('No test was asked for') : nothing}
              >
                ${formatP(permutation?.p)}
              </td>
              <td data-value=${permutation?.q ?? ''}>${formatP(permutation?.q)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const barsMade = lastMade<ReturnType<typeof barsOf>>();

/** One set: each pair's difference against the direction of the others, and the pairs that do not count. */
export function contextSetView(
  set: AlignedSet,
  result: AlignResult,
  probed: ProbeResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { product } = result;
  const { name, geometry } = set;
  const { cosines, mean } = geometry.leaveOneOut;
  const { post } = actions;
  const { drawing, axis, kept, labels, marked } = barsMade([set, result, probed, post === undefined], () =>
    barsOf(set, result, probed, post !== undefined),
  );
  const words = leaveOneOutWords(cosines, geometry, probed.settings.direction);
  const table = () => ({
    caption: t`Leave-one-out cosines of ${isolated(name)}, ${productName(product)}`,
    noun: 'Contexts',
    rows: labels,
    columns: ['Leave-one-out cosine'],
    shownColumns: [t('Leave-one-out cosine')],
    values: matrix(cosines.length, 1, cosines),
  });
  return html`<figure class="leave-one-out" data-testid="context-leave-one-out">
    <h3>${t('Leave-one-out')}</h3>
    <p class="lead" data-testid="context-set-summary">${summaryOf(set, productName(product))}</p>
    ${
      kept.length === 0
        ? nothing
        : html`<probe-picture
            .sentence=${t`Bars of the leave-one-out cosines of ${plural(kept.length, 'pair')} of contexts of ${isolated(name)}; mean ${formatCosine(mean)}, axis from ${axisText(axis)}.`}
            .drawing=${drawing}
            .activate=${
              post &&
              (({ row: at }: { row: number }) => {
                const { base, target } = kept[at]!;
                post({ type: 'revealContexts', set: name, pair: { base, target } });
              })
            }
            aria-label=${
              post
                ? t(
                    'Leave-one-out cosines of contexts. Arrow keys move, Enter finds the pair in the concept file.',
                  )
                : t('Leave-one-out cosines of contexts. Arrow keys move.')
            }
          ></probe-picture>`
    }
    ${marked.size > 0 ? html`<p class="note">${marked.size === 1 ? t`◇ ${plural(marked.size, 'pair')} stands apart from the others.` : t`◇ ${plural(marked.size, 'pair')} stand apart from the others.`}</p>` : nothing}
    ${words === undefined ? nothing : html`<p class="note">${words}</p>`}
    ${
      kept.length === 0
        ? nothing
        : figureMenu({
            name: `context-leave-one-out.${product}.${fileNamePart(name)}`,
            facts: probeFacts(probed, {
              title: t`Cosine of each difference of the contexts of ${isolated(name)} with the direction of the others`,
              product: productName(product),
              n: t`${sampleSize(kept.length)} pairs of contexts`,
              comparedWith: permutationFacts(geometry),
              notes: [
                t`Dashed: the mean, ${formatCosine(mean)}.`,
                ...(marked.size > 0 ? [t('◇ stands apart from the others.')] : []),
              ],
            }),
            drawing,
            table,
          })
    }
    ${tableView('context-leave-one-out', table, ui, actions)} ${droppedView(set)}
  </figure>`;
}

function barsOf(set: AlignedSet, { product, sets }: AlignResult, probed: ProbeResult, canReveal: boolean) {
  const { name, pairs, geometry } = set;
  const kept = pairs.filter(({ dropped }) => dropped === null);
  const { cosines, mean, interval, outliers } = geometry.leaveOneOut;
  const labels = kept.map((pair) => shortContextPair(pair));
  // The same for all sets.
  const axis = cosineAxis(sets.flatMap((one) => [...one.geometry.leaveOneOut.cosines]));
  const marked = new Set(outliers);
  const describe = (at: number) => [
    labels[at]!,
    t`cosine with the direction of the others ${formatCosine(cosines[at]!)}, ${productName(product)}`,
    ...(marked.has(at) ? [t('stands apart from the others')] : []),
    ...(kept[at]!.windowed ? [t('only the end of a context was read')] : []),
    ...(canReveal ? [t('Click to find the pair in the concept file')] : []),
  ];
  const bars = kept.map((pair) => shortContextPair(pair, mostOnBar));
  const drawing = drawBars({
    ...{ labels: bars, values: cosines, axis, mean, interval, marked, describe },
    concept: Math.max(0, colorOf(probed, name)),
  });
  return { drawing, axis, kept, labels, marked };
}

function colorOf({ concepts }: ProbeResult, name: string): number {
  return concepts.findIndex((concept) => concept.name === name);
}

function summaryOf({ name, kept, pairs, geometry }: AlignedSet, product: string): string {
  if (kept < 2)
    return `${fewKeptText(kept, pairs.length)} ${t('Two are needed to say whether the differences are parallel.')}`;
  const { permutation, leaveOneOut } = geometry;
  const test = permutation ? `, ${equation('p', permutation.p)}` : '';
  return t`Cosine of each difference of ${isolated(name)} with the direction of the others: mean ${formatCosine(leaveOneOut.mean)}${test}, ${product}, ${sampleSize(kept)}.`;
}

function droppedView({ pairs }: AlignedSet): TemplateResult | typeof nothing {
  const dropped = pairs.flatMap((pair) => (pair.dropped === null ? [] : [{ pair, why: pair.dropped }]));
  const windowed = pairs.filter((pair) => pair.windowed).length;
  return html`${
    windowed > 0
      ? html`<p class="note" data-testid="contexts-windowed">
          ${t`${plural(windowed, 'pair')} with a context longer than the model’s window, of which the end was read.`}
        </p>`
      : nothing
  }
  ${
    dropped.length > 0
      ? html`<div class="dropped" data-testid="dropped-contexts">
          <h4>${plural(dropped.length, 'dropped pair')}</h4>
          <ul tabindex=${dropped.length > 12 ? 0 : nothing}>
            ${dropped.map(
              ({ pair, why }) =>
                html`<li>
                  <strong>${shortContextPair(pair)}</strong> <span>${contextDropReason(why)}</span>
                </li>`,
            )}
          </ul>
        </div>`
      : nothing
  }`;
}
