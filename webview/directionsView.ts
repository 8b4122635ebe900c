import { html, type TemplateResult } from 'lit';
import type { ProbeResult } from '../src/protocol/probeResult';
import { formatCosine, sampleSize } from '../src/protocol/formatNumbers';
import type { Actions } from './actions';
import { drawHeatMap } from './heatMapPicture';
import { legendView } from './legendView';
import { offDiagonal } from './offDiagonal';
import { tableView } from './tableView';
import type { UiState } from './uiState';

/** Across concepts: the cosine of every concept direction with every other. */
export function directionsView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const count = result.directions.euclidean.concepts.length;
  return html`<section class="directions" aria-labelledby="directions-title">
    <h2 id="directions-title">Across concepts</h2>
    ${count < 2 ? tooFewView(count) : mapView(result, ui, actions)}
  </section>`;
}

function tooFewView(count: number): TemplateResult {
  const why =
    count === 0
      ? 'No concept has a kept pair yet; the map of directions needs two concepts that have one.'
      : 'The map of directions needs a second concept with a kept pair.';
  return html`<p class="empty-line" data-testid="directions-missing">${why}</p>`;
}

function mapView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { concepts, cosine } = result.directions.euclidean;
  const name = (position: number) => concepts[position]!;
  const value = (row: number, column: number) => cosine.data[row * cosine.columns + column]!;
  const describe = ({ row, column }: { row: number; column: number }) => [
    row === column ? name(row) : `${name(row)} × ${name(column)}`,
    `cosine of the directions ${formatCosine(value(row, column))}, Euclidean`,
    `Click to see ${name(row)}`,
  ];
  const summary = summaryOf(result);
  return html`<p class="lead" data-testid="directions-summary">${summary}</p>
    <figure data-testid="directions-map">
      <cosine-chart
        .sentence=${`Heat map of the cosines between ${concepts.length} concept directions. ${summary}`}
        .drawing=${drawHeatMap({ labels: concepts, cosine, describe })}
        .activate=${({ row }: { row: number }) => {
          actions.select(name(row));
        }}
        aria-label="Cosines between concept directions. Arrow keys move, Enter selects the row's concept."
      ></cosine-chart>
      <figcaption>${legendView()}</figcaption>
      ${tableView(
        'directions',
        {
          caption: 'Cosine between concept directions, Euclidean inner product',
          noun: 'Concept',
          rows: concepts,
          columns: concepts,
          values: cosine,
        },
        ui,
        actions,
      )}
    </figure>`;
}

function summaryOf(result: ProbeResult): string {
  const { concepts, cosine } = result.directions.euclidean;
  const beside = offDiagonal(cosine);
  if (!beside) return 'No two directions have a defined cosine: a concept’s differences cancel to zero.';
  const { row, column, value } = beside.largest;
  return (
    `Between different concepts the mean |cosine| is ${formatCosine(beside.meanAbsolute)} and the largest ` +
    `${formatCosine(value)} (${concepts[row]!} × ${concepts[column]!}); 0 is orthogonal. ` +
    `Euclidean, ${sampleSize(concepts.length)} concepts.`
  );
}
