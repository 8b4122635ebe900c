import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { meanLeaveOneOut } from '../../src/format/conceptMetrics';
import { verdictOf, verdictSummary, type Shown, type Verdict } from '../../src/format/conceptVerdict';
import { isolated } from '../../src/format/isolated';
import { lookAt } from '../../src/format/lookAt';
import { capital, formatCosine, formatCount } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { formatRange } from '../../src/format/statistics';
import { permutationText } from '../../src/format/statisticsText';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';
import { sparkline } from '../charts/sparkline';
import { conceptColorNumber } from '../charts/theme';
import { moveBetweenRows } from '../controls/rowKeys';
import { virtualRows } from '../controls/virtualRows';
import type { Actions } from '../state/actions';
import { conceptKey } from '../state/highlight';
import type { Geometry } from './geometryOf';

/** What all rows have in common. */
interface Table {
  readonly result: ProbeResult;
  readonly geometry: Geometry;
  readonly chosen: ConceptResult;
  readonly verdicts: readonly Verdict[];
  readonly actions: Actions;
}

/** What a person reads in ten seconds: each concept's size, mean, verdict and what to look at. A click shows it in detail. */
export function overviewView(
  result: ProbeResult,
  geometry: Geometry,
  chosen: ConceptResult,
  actions: Actions,
): TemplateResult {
  const { concepts } = result;
  const verdicts = concepts.map((concept) => verdictOf(geometry.of(concept), result));
  const table = { result, geometry, chosen, verdicts, actions };
  return html`<section class="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">${t('Overview')}</h2>
    <p class="lead" data-testid="overview-summary">
      ${plural(concepts.length, 'concept')}, ${geometry.name}: ${verdictSummary(verdicts)}.
      ${t('In each picture, from −1 to 1: the pairs (ticks), their mean with its interval, and random pairs (grey).')}
    </p>
    <div class="rows-scroll" tabindex="-1">
      <table
        class="concepts"
        role="table"
        data-testid="overview"
        aria-label=${t('Concepts')}
        aria-rowcount=${concepts.length + 1}
        @keydown=${(event: KeyboardEvent) => {
          moveBetweenRows(event, concepts.length);
        }}
      >
        <thead role="rowgroup">
          <tr role="row" aria-rowindex="1">
            <th role="columnheader" scope="col" title=${pairsHelp}>${t('Concept, pairs')}</th>
            <th role="columnheader" scope="col" title=${t`${meanLeaveOneOut.explain}, and its 95 % interval`}>
              ${t('Leave-one-out')}
            </th>
            <th role="columnheader" scope="col" class="spark-heading" title=${sparkHelp}>
              <span aria-hidden="true"
                >${[-1, 0, 1].map((tick) => html`<span>${formatCosine(tick)}</span>`)}</span
              >
              <span class="page-heading">${t('Against chance')}</span>
            </th>
            <th role="columnheader" scope="col">${t('Verdict, what to look at')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${virtualRows({
            count: concepts.length,
            pinned: concepts.indexOf(chosen),
            row: (index) => rowView(index, table),
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

const pairsHelp = t('Pairs kept of pairs given');
const sparkHelp = t(
  'Cosines from −1 to 1. Grey: random pairs on the concept’s direction. Ticks: the pairs. Line: the mean with its interval',
);

function rowView(index: number, table: Table): TemplateResult {
  const { result, geometry, chosen, verdicts, actions } = table;
  const concept = result.concepts[index]!;
  const { name, kept, given } = concept;
  const shown = geometry.of(concept);
  const value = meanLeaveOneOut.value(shown);
  const details = meanLeaveOneOut.details?.(shown, result) ?? '';
  const verdict = verdicts[index]!;
  const look = lookAt(concept, shown);
  const isChosen = concept === chosen;
  return html`<tr
    role="row"
    class=${isChosen ? 'chosen' : ''}
    data-concept=${name}
    data-index=${index}
    data-highlight=${conceptKey(name)}
    aria-rowindex=${index + 2}
    @click=${() => {
      actions.showConcept(name);
    }}
  >
    <th role="rowheader" scope="row" class="concept-cell">
      <button
        class="concept-name"
        tabindex=${isChosen ? 0 : -1}
        aria-current=${isChosen ? 'true' : nothing}
        title=${isolated(name)}
      >
        <span class="swatch concept-${conceptColorNumber(index)}"></span
        ><span class="name">${isolated(name)}</span>
      </button>
      <span class="pair-count" data-kept=${kept} data-given=${given} title=${pairsHelp}
        >${formatCount(kept)}/${formatCount(given)}</span
      >
    </th>
    <td role="cell" class="mean-cell" title=${details}>
      <span class="mean" data-metric=${meanLeaveOneOut.key} data-value=${value ?? ''}
        >${meanLeaveOneOut.format(value)}</span
      >
      <span class="interval"
        >${shown.leaveOneOut.interval ? formatRange(shown.leaveOneOut.interval) : nothing}</span
      >
    </td>
    <td role="cell" class="spark-cell" title=${details}>${sparkline(shown, index)}</td>
    <td role="cell" class="verdict-cell">
      <span class="verdict" data-verdict=${verdict.kind} title=${permutationText(shown, result)}
        ><span class="verdict-mark ${verdict.shown satisfies Shown}"></span
        ><span class="verdict-text">${capital(verdict.text)}</span></span
      >
      <span class="look-at" title=${look?.why ?? nothing}>${look?.text ?? nothing}</span>
    </td>
  </tr>`;
}
