import { formatCosine, formatDecimal } from '../../format/numbers';
import { settingText } from '../../format/settingText';
import type { SimulationResult } from '../../simulator/training/averageRuns';
import { measureNames, type PerMeasure } from '../../simulator/config/measureNames';
import type { Clusters, EqualLoss, MapSummary } from '../../simulator/paper/figures';
import type { Comparison, PaperValue } from '../../simulator/paper/paperNumbers';
import type { PresetResult, PresetRowResult } from '../../simulator/paper/presetResult';
import { textTable } from './textTable';

const measureTitles: PerMeasure<string> = { u: 'U', e: 'E', ue: 'UE' };

/** The report of `concept-probe simulate` without `--json`. */
export function simulationText({ config, runs, mean, standardError }: SimulationResult): string {
  const k = config.dimension ?? config.concepts;
  const lines = runs.map(({ seed, loss, entropyFloor, u, e, ue }) => [
    String(seed),
    ...[loss, entropyFloor, u, e, ue].map((value) => formatDecimal(value, 3)),
  ]);
  const first = runs[0]!;
  const loss = config.loss === 'softmax' ? '' : `, ${config.loss} loss`;
  const layer =
    config.learner === 'table'
      ? ''
      : `, hidden layer of ${config.hiddenWidth} ${settingText('activation', config)} units`;
  const tied = config.tied ? ', tied weights' : '';
  const decay = config.weightDecay > 0 ? `, weight decay ${config.weightDecay}` : '';
  const points = first.curve.map(({ step, loss, u, e, ue }) => [
    String(step),
    ...[loss, u, e, ue].map((value) => formatDecimal(value, 3)),
  ]);
  const averages = measureNames.map(
    (name) => `${measureTitles[name]} ${withError({ mean: mean[name], standardError: standardError[name] })}`,
  );
  return [
    `${config.concepts} concepts in ${k} dimensions${layer}${tied}${loss}, ${config.optimizer}, learning rate ${config.learningRate}${decay}, ${config.steps} steps`,
    textTable([['Seed', 'Loss', 'Floor', 'U', 'E', 'UE'], ...lines]),
    '',
    `Mean of ${runs.length === 1 ? 'one run' : `${runs.length} runs`}: ${averages.join(', ')}`,
    '',
    `Along the run with seed ${first.seed}`,
    textTable([['Step', 'Loss', 'U', 'E', 'UE'], ...points]),
    '',
    'Concept × concept mean cosines of its unembedding steering vectors',
    mapText(first.maps.unembedding),
    '',
  ].join('\n');
}

/** The report of `concept-probe simulate --preset`: measured results next to the paper's. */
export function presetText({ title, rows, figure }: PresetResult): string {
  const { equalLoss, map, clusters } = figure;
  const parts = [title, comparisonTable(rows)];
  if (equalLoss) parts.push(equalLossTable(equalLoss));
  if (map) parts.push(mapComparison(map.ours, map.paper), mapText(rows[0]!.result.runs[0]!.maps.unembedding));
  clusters?.forEach((found, i) => {
    parts.push(clusterText(rows[i]!, found));
  });
  return `${parts.join('\n\n')}\n`;
}

function comparisonTable(rows: readonly PresetRowResult[]): string {
  const head = [
    '',
    'Runs',
    'Excess',
    ...measureNames.flatMap((name) => [measureTitles[name], 'Paper', 'Off by']),
  ];
  const lines = rows.map(({ label, result, comparison }) => {
    const excess = result.runs.reduce((sum, { loss, entropyFloor }) => sum + loss / entropyFloor - 1, 0);
    const cells = measureNames.flatMap((name) => {
      const own = { mean: result.mean[name], standardError: result.standardError[name] };
      return [withError(own), ...(comparison ? comparisonCells(comparison[name]) : ['', ''])];
    });
    return [
      label,
      String(result.runs.length),
      `${((100 * excess) / result.runs.length).toFixed(2)} %`,
      ...cells,
    ];
  });
  const legend =
    'Excess: how far the loss is above its floor. Off by: our mean minus the paper’s, in combined standard errors.';
  return `${textTable([head, ...lines])}\n\n${legend}`;
}

function comparisonCells({ paper, difference, inStandardErrors }: Comparison): string[] {
  const off = `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
  const units = inStandardErrors === null ? '' : ` (${Math.abs(inStandardErrors).toFixed(1)} SE)`;
  return [withError(paper), `${off}${units}`];
}

function equalLossTable(points: readonly EqualLoss[]): string {
  const lines = points.map(({ paper, ours }) => [
    paper.loss.toFixed(2),
    ours === null ? 'not reached' : String(ours.step),
    ...measureNames.flatMap((name) => [
      ours === null ? '' : formatDecimal(ours[name], 3),
      formatDecimal(paper[name], 3),
    ]),
  ]);
  const head = ['Loss', 'Step', ...measureNames.flatMap((name) => [measureTitles[name], 'Paper'])];
  return `Where the first run’s loss first falls to the paper’s\n${textTable([head, ...lines])}`;
}

function mapComparison(ours: MapSummary, paper: MapSummary): string {
  const range = ([low, high]: readonly [number, number]): string =>
    `${formatCosine(low)} … ${formatCosine(high)}`;
  return textTable([
    ['', 'Ours', 'Paper'],
    ['Diagonal', range(ours.diagonal), range(paper.diagonal)],
    ['Off the diagonal', range(ours.offDiagonal), range(paper.offDiagonal)],
    ['Mean |cosine| there', formatDecimal(ours.meanAbsolute, 3), formatDecimal(paper.meanAbsolute, 3)],
  ]);
}

function clusterText(
  { label, result }: PresetRowResult,
  { groups, separation, explained }: Clusters,
): string {
  const points = result.runs[0]!.unembeddings!.map((point, token) => [
    [0, 1, 2].map((concept) => String((token >> concept) & 1)).join(''),
    ...point.map((value) => value.toFixed(3)),
  ]);
  const apart =
    separation === null
      ? ''
      : `, ${separation.toFixed(1)} times as far apart as a group’s tokens from its centre`;
  return `${label}: ${groups} groups, ${(100 * explained).toFixed(1)} % of the variance between them${apart}\n${textTable([['Token', 'x', 'y', 'z'], ...points])}`;
}

function mapText(map: readonly (readonly number[])[]): string {
  const head = ['', ...map.map((_, concept) => `C${concept}`)];
  return textTable([
    head,
    ...map.map((line, concept) => [`C${concept}`, ...line.map((value) => formatCosine(value))]),
  ]);
}

function withError({ mean, standardError }: PaperValue): string {
  const error = standardError === null || Number.isNaN(standardError) ? '' : ` ± ${standardError.toFixed(3)}`;
  return `${formatDecimal(mean, 3)}${error}`;
}
