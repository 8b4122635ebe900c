import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { modelLabels } from '../../src/format/modelLabels';
import { capital, formatCosine, formatCount, sampleSize } from '../../src/format/numbers';
import { meanLeaveOneOut } from '../../src/format/conceptMetrics';
import { plural } from '../../src/format/plural';
import { equation, intervalText } from '../../src/format/statistics';
import { level, levelText } from '../../src/format/verdict';
import { matrix, type Matrix } from '../../src/geometry/matrix';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ManyGeometry, ManyModels } from '../../src/protocol/manyModels';
import { drawHeatMap } from '../charts/heatMap';
import { emptyDiagonalNotes, emptyDiagonalView, legendView } from '../charts/legendView';
import { memoize } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { mapTable, tableView } from '../controls/tableView';
import { mapWidth, type Figure } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { conceptKey } from '../state/highlight';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

/** A comparison in the inner product that is shown. */
export interface ShownModels {
  readonly result: ManyModels;
  readonly geometry: ManyGeometry;
  /** The inner product's name. */
  readonly product: string;
  readonly productId: InnerProduct;
}

/** The facts of a figure of all models. */
export function manyFacts(
  { result, product }: ShownModels,
  own: Pick<Figure['facts'], 'title' | 'n' | 'comparedWith' | 'notes'>,
): Figure['facts'] {
  const files = result.models.flatMap(({ summary }) => (summary ? [summary.head.elementType] : []));
  return {
    ...own,
    product,
    model: modelLabels(result.models).join('; '),
    precision: [...new Set(files)].join('; '),
    seed: result.seed,
    version: result.version,
  };
}

/** Numbered labels, which are the same in the table, the maps and the trend. */
const numbered = memoize((result: ManyModels) =>
  modelLabels(result.models).map((label, i) => `${i + 1} ${isolated(label)}`),
);

const conceptPictures = memoize((geometry: ManyGeometry) =>
  memoize((result: ManyModels) => {
    const { common, own, low, high } = geometry;
    const count = result.concepts.length;
    const cosine = transposed(common);
    const labels = result.concepts.map(({ name }) => isolated(name));
    const describe = ({ row: concept, column: model }: Cell) => {
      const at = model * count + concept;
      const interval = Number.isNaN(low.data[at]!)
        ? []
        : [intervalText({ low: low.data[at]!, high: high.data[at]!, level: 0.95 })!];
      const { kept } = result.models[model]!.concepts[concept] ?? { kept: 0 };
      return [
        `${labels[concept]!}, ${numbered(result)[model]!}`,
        [
          t`${formatCosine(common.data[at]!)} over ${plural(result.concepts[concept]!.pairs, 'pair')}`,
          ...interval,
        ].join(', '),
        t`${formatCosine(own.data[at]!)} over the ${plural(kept, 'pair')} that it keeps`,
      ];
    };
    const columnLabels = numbered(result);
    return {
      ...{ labels, columnLabels, cosine },
      drawing: drawHeatMap({ labels, columnLabels, cosine, describe, isWhole: true }),
      keys: { rows: result.concepts.map(({ name }) => conceptKey(name)), columns: [] },
    };
  }),
);

/** Concept × model: the mean leave-one-out cosine over the pairs that all models keep. */
export function conceptFigureView(shown: ShownModels, ui: UiState, actions: Actions): TemplateResult {
  const { result, geometry, product, productId } = shown;
  const { drawing, keys, labels, columnLabels, cosine } = conceptPictures(geometry)(result);
  const title = t`${capital(meanLeaveOneOut.label)} of ${plural(labels.length, 'concept')} in ${plural(columnLabels.length, 'model')}`;
  const table = () => ({
    caption: `${title}, ${product}`,
    noun: 'Concept',
    rows: labels,
    columns: columnLabels,
    values: cosine,
  });
  return html`<figure data-testid="many-models-map">
    <h3>${t('Concepts and models')}</h3>
    <probe-picture
      .sentence=${t`Heat map of the ${meanLeaveOneOut.label} of ${formatCount(labels.length)} concepts in ${plural(columnLabels.length, 'model')}, ${product}.`}
      .drawing=${drawing}
      .keys=${keys}
      .activate=${({ row }: Cell) => {
        actions.choose({ concept: result.concepts[row]!.name });
      }}
      aria-label=${t('Concepts and models. Arrow keys move, with Shift they select, + and − zoom, Enter selects the row’s concept.')}
    ></probe-picture>
    <figcaption>${legendView()}</figcaption>
    ${figureMenu({
      name: `models.${productId}`,
      facts: manyFacts(shown, {
        title,
        n: pairsText(result),
        comparedWith: null,
        notes: [t('Over the pairs that all models keep.')],
      }),
      drawing,
      width: mapWidth(columnLabels.length),
      scale: 'signed',
      table,
    })}
    ${tableView('many-models', table, ui, actions)}
  </figure>`;
}

/** "n = 0 … 12 pairs" */
export function pairsText({ concepts }: ManyModels): string {
  const counts = concepts.map(({ pairs }) => pairs);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most
    ? t`${sampleSize(most)} pairs in each concept`
    : t`${sampleSize(least)} … ${formatCount(most)} pairs in each concept`;
}

const agreementPictures = memoize((geometry: ManyGeometry) =>
  memoize((result: ManyModels) => {
    const { rho, p } = geometry.agreement;
    const labels = numbered(result);
    const at = ({ row, column }: Cell) => row * rho.columns + column;
    const describe = (cell: Cell) => {
      const own = p.data[at(cell)]!;
      return [
        `${labels[cell.row]!} × ${labels[cell.column]!}`,
        t`rank correlation ${formatCosine(rho.data[at(cell)]!)}`,
        ...(Number.isNaN(own) ? [] : [equation('p', own)]),
      ];
    };
    const isMarked = (cell: Cell) => p.data[at(cell)]! < level;
    return {
      labels,
      drawing: drawHeatMap({ labels, cosine: rho, describe, isMarked, isSelfDiagonal: true }),
      isAnyMarked: p.data.some((one) => one < level),
    };
  }),
);

/** Model × model: how far the maps of concepts agree. */
export function agreementFigureView(shown: ShownModels, ui: UiState, actions: Actions): TemplateResult {
  const { result, geometry, product, productId } = shown;
  const { concepts, permutations, rho } = geometry.agreement;
  const { drawing, labels, isAnyMarked } = agreementPictures(geometry)(result);
  const title = t('Agreement of the maps of concepts');
  if (concepts < 4)
    return html`<div data-testid="many-models-agreement">
      <h3>${title}</h3>
      <p class="empty-line">
        ${t`It needs four concepts that have a direction in every model; there are ${formatCount(concepts)}.`}
      </p>
    </div>`;
  const what = t`Rank correlation of the cosines between ${formatCount(concepts)} directions, ${product}`;
  const tested =
    permutations === 0
      ? null
      : t`${plural(permutations, 'permutation')} of the concepts (Mantel’s test, one-sided)`;
  const table = () => mapTable(what, labels, rho);
  return html`<figure data-testid="many-models-agreement">
    <h3>${title}</h3>
    <p class="lead">${what}.</p>
    <probe-picture
      .sentence=${t`Heat map of the rank correlations between the maps of ${plural(labels.length, 'model')}, ${product}.`}
      .drawing=${drawing}
      aria-label=${t('Agreement of the models. Arrow keys move, with Shift they select, + and − zoom.')}
    ></probe-picture>
    <figcaption>
      ${legendView('correlation')} ${emptyDiagonalView(labels.length)}
      ${isAnyMarked ? html`<p class="legend-mark"><span></span> ${t`agrees more than by chance, p < ${levelText}`}</p>` : nothing}
    </figcaption>
    ${figureMenu({
      name: `models-agreement.${productId}`,
      facts: manyFacts(shown, {
        title: what,
        n: t`${sampleSize(concepts)} concepts`,
        comparedWith: tested,
        notes: [...(isAnyMarked ? [t`Dots: p < ${levelText}.`] : []), ...emptyDiagonalNotes(labels.length)],
      }),
      drawing,
      width: mapWidth(labels.length),
      scale: 'correlation',
      table,
    })}
    ${tableView('models-agreement', table, ui, actions)}
  </figure>`;
}

function transposed({ rows, columns, data }: Matrix): Matrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j]!;
  return matrix(columns, rows, turned);
}
