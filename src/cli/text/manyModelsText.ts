import { pairLabel } from '../../concepts/concept';
import { meanLeaveOneOut } from '../../format/conceptMetrics';
import { modelLabels, parametersText } from '../../format/modelLabels';
import { capital, formatCosine, formatCount, formatDecimal, productName } from '../../format/numbers';
import { formatP, formatRange } from '../../format/statistics';
import type { Matrix } from '../../geometry/matrix';
import { innerProducts, type InnerProduct } from '../../protocol/geometryResult';
import type { ManyGeometry, ManyModels, Slope } from '../../protocol/manyModels';
import { textTable } from './textTable';

/** Any number of models on the same concepts, as text for the terminal. Models are numbered as in their table. */
export function manyModelsText(result: ManyModels): string {
  const products = innerProducts.filter((product) => result.settings.products.includes(product));
  return [
    '',
    `Compared: ${result.models.length} models`,
    modelTable(result),
    ...problemLines(result),
    ...droppedLines(result),
    ...products.flatMap((product) => {
      const geometry = result[product];
      return geometry ? productLines(result, geometry, product) : [];
    }),
    '',
  ].join('\n');
}

function modelTable({ models }: ManyModels): string {
  const labels = modelLabels(models);
  const rows = models.map(({ summary, parameters, concepts }, i) => [
    `${i + 1}  ${labels[i]!}`,
    summary?.file ?? '–',
    summary ? parametersText(parameters) : '–',
    summary ? `${summary.vocabSize} × ${summary.hiddenSize}` : '–',
    summary ? formatCount(concepts.reduce((sum, { kept }) => sum + kept, 0)) : '–',
  ]);
  return textTable([['Model', 'File', 'Parameters', 'Unembedding', 'Pairs kept'], ...rows], ['File']);
}

function problemLines({ models }: ManyModels): string[] {
  const lines = models.flatMap(({ problem, causalProblem }, i) => {
    const why = problem === null ? causalProblem : `Not compared. ${problem}`;
    return why === null ? [] : [`  ${i + 1}: ${why}`];
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Pairs of a concept are listed up to this number. */
const mostListed = 6;

function droppedLines({ models, concepts }: ManyModels): string[] {
  const lines = models.flatMap(({ concepts: kept }, i) =>
    kept.flatMap(({ dropped }, index) => {
      if (dropped.length === 0) return [];
      const named = dropped.slice(0, mostListed).map(pairLabel);
      const more = dropped.length - named.length;
      const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
      return [`  ${i + 1}: ${dropped.length} of ${concepts[index]!.name}: ${list}`];
    }),
  );
  return lines.length === 0 ? [] : ['', 'Dropped pairs (reasons are in --json and --csv)', ...lines];
}

function productLines(result: ManyModels, geometry: ManyGeometry, product: InnerProduct): string[] {
  const { models, concepts } = result;
  const numbers = models.map((_, i) => String(i + 1));
  const { own, common, mean, agreement } = geometry;
  const cell = ({ data, columns }: Matrix, model: number, concept: number): string =>
    formatCosine(data[model * columns + concept]!);
  const rows = concepts.map(({ name, pairs }, concept) => [
    name,
    String(pairs),
    ...models.map((_, model) => `${cell(common, model, concept)} (${cell(own, model, concept)})`),
  ]);
  const meanRow = [`Mean of ${mean.concepts}`, '', ...Array.from(mean.values, formatCosine)];
  const intervals = models.map((_, i) => formatRange(rangeOf(mean.low[i]!, mean.high[i]!)));
  const intervalRow = ['  95 % interval over concepts', '', ...intervals];
  const inProduct = `${productName(product)} inner product`;
  return [
    '',
    `${capital(meanLeaveOneOut.label)}s of the pairs that all keep (in brackets of all that the model keeps), ${inProduct}`,
    textTable([['Concept', 'n', ...numbers], ...rows, meanRow, intervalRow]),
    '',
    `Agreement of the maps of ${agreement.concepts} concepts, ${inProduct}: rank correlation (p from ${formatCount(agreement.permutations)} permutations of the concepts)`,
    textTable([
      ['', ...numbers.slice(0, -1)],
      ...numbers
        .slice(1)
        .map((number, i) => [
          number,
          ...numbers.slice(0, -1).map((_, j) => (j > i ? '' : agreementCell(agreement, i + 1, j))),
        ]),
    ]),
    ...trendLines(result, geometry),
  ];
}

function rangeOf(low: number, high: number): { low: number; high: number } | null {
  return Number.isNaN(low) ? null : { low, high };
}

function agreementCell({ rho, p }: ManyGeometry['agreement'], a: number, b: number): string {
  const value = rho.data[a * rho.columns + b]!;
  if (Number.isNaN(value)) return '–';
  return `${formatDecimal(value, 2)} (${formatP(p.data[a * p.columns + b])})`;
}

function trendLines({ models, concepts }: ManyModels, { trend, mean }: ManyGeometry): string[] {
  const sizes = models.filter(({ problem, parameters }) => problem === null && parameters !== null).length;
  if (!trend)
    return [
      '',
      `No trend: it needs three different numbers of parameters (known of ${sizes} of ${models.length} models).`,
    ];
  const line = (name: string, slope: Slope | null): string[] => [
    name,
    formatDecimal(slope?.slope ?? null, 3),
    formatRange(slope?.interval),
  ];
  return [
    '',
    `Change for ten times as many parameters (${trend.models.length} models)`,
    textTable([
      ['Concept', 'Change', '95 % interval'],
      ...concepts.map(({ name }, index) => line(name, trend.concepts[index] ?? null)),
      line(`Mean of ${mean.concepts}`, trend.mean),
    ]),
  ];
}
