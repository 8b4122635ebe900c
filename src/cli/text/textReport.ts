import { row, type Matrix } from '../../geometry/matrix';
import { tokenRuleText } from '../../concepts/tokenRule';
import { metricsOf } from '../../format/conceptMetrics';
import { verdictOf } from '../../format/conceptVerdict';
import { describeHead } from '../../format/headDescription';
import { describeRows, rowsHaveNoToken } from '../../format/rowsWithoutToken';
import { remoteText } from '../../format/remoteText';
import { formatBytes, formatCosine, formatCount, productName } from '../../format/numbers';
import { formatP } from '../../format/statistics';
import { distinguishedPairs, levelText } from '../../format/verdict';
import {
  innerProducts,
  sharingPairs,
  type CovarianceSummary,
  type DirectionChance,
  type InnerProduct,
} from '../../protocol/geometryResult';
import type { ModelDetails, ModelSummary } from '../../protocol/modelSummary';
import { pairLabel } from '../../concepts/concept';
import {
  dropReason,
  droppedPairs,
  hasBareSpace,
  leftOutPairs,
  type ProbeResult,
  type ProbeSettings,
} from '../../protocol/probeResult';
import { textTable } from './textTable';

/** A result as text for the terminal. @param includeSelf shows the mean cosine with self-pairs */
export function probeText(result: ProbeResult, includeSelf = false): string {
  const { model, settings } = result;
  const products = innerProducts.filter(
    (product) => settings.products.includes(product) && result.directions[product],
  );
  return [
    summaryText(model),
    ...(model.rowsWithoutToken ? [describeRows(model.rowsWithoutToken, settings.allRows)] : []),
    `Tokens: ${tokenRuleText(result.tokens)}`,
    ...(result.covariance ? [covarianceText(result.covariance, settings)] : []),
    ...(result.causalProblem === null ? [] : [result.causalProblem]),
    ...products.flatMap((product) => ['', ...conceptsText(result, product, includeSelf)]),
    ...noteLines(result),
    ...notCountedLines(result, 'Not counted'),
    ...leftOutLines(result),
    ...products.flatMap((product) => ['', ...directionsText(result, product)]),
    '',
  ].join('\n');
}

/** The dropped pairs with their reasons, after an empty line; nothing if there are none. */
export function notCountedLines({ concepts }: ProbeResult, title: string): string[] {
  const dropped = concepts.flatMap((concept) =>
    droppedPairs(concept).map(
      (pair) => `  ${concept.name}: ${pair.base} → ${pair.target}: ${dropReason(pair) ?? ''}`,
    ),
  );
  const isBare = concepts.some(({ pairs }) => pairs.some(hasBareSpace));
  const advice = isBare ? [`  ${spaceAdvice}`] : [];
  return dropped.length > 0 ? ['', `${title} (${dropped.length})`, ...dropped, ...advice] : [];
}

/** The authors' notes on concepts, after an empty line; nothing if there are none. */
function noteLines({ concepts }: ProbeResult): string[] {
  const notes = concepts.flatMap(({ name, note }) =>
    note === undefined ? [] : [`  ${name}: ${note.replace(/\s*\n\s*/gu, ' ')}`],
  );
  return notes.length > 0 ? ['', 'Notes', ...notes] : [];
}

/** The pairs that the concept file leaves out, after an empty line; nothing if there are none. */
function leftOutLines({ concepts }: ProbeResult): string[] {
  const leftOut = concepts.flatMap((concept) =>
    leftOutPairs(concept).map((pair) => `  ${concept.name}: ${pairLabel(pair)}`),
  );
  return leftOut.length > 0 ? ['', `Left out in the concept file (${leftOut.length})`, ...leftOut] : [];
}

const spaceAdvice =
  'A first token ▁ is the space before a word; --no-leading-space tokenizes words without it, for languages such as Chinese or Japanese.';

function covarianceText(
  { vocabSize, condition, ridge, ridgeReason }: CovarianceSummary,
  { allRows }: ProbeSettings,
): string {
  const of = `Cov(γ) of ${formatCount(vocabSize)} ${allRows ? 'rows' : 'tokens'}, condition number about ${condition.toPrecision(2)}`;
  return ridge === 0 ? of : `${of}, with a ridge of ${ridge} of its mean diagonal. ${ridgeReason ?? ''}`;
}

function conceptsText(result: ProbeResult, product: InnerProduct, includeSelf: boolean): string[] {
  const { concepts, settings } = result;
  const columns = metricsOf('terminal', includeSelf).flatMap(({ terminal, format, value }) =>
    terminal.map(({ heading, text = (geometry) => format(value(geometry)) }) => ({ heading, text })),
  );
  const rows = concepts.map((concept) => {
    const geometry = concept[product];
    return [
      concept.name,
      `${concept.kept}/${concept.given}`,
      ...columns.map(({ text }) => (geometry ? text(geometry) : '–')),
      geometry ? verdictOf(geometry, result).text : '–',
    ];
  });
  return [
    `Cosines between unembedding differences, ${productName(product)} inner product, ${settings.direction} direction`,
    textTable(
      [['Concept', 'Kept', ...columns.map(({ heading }) => heading), 'Verdict'], ...rows],
      ['Verdict'],
    ),
    ...legend(settings),
  ];
}

function legend({ randomPairs, permutations }: ProbeSettings): string[] {
  const random =
    randomPairs > 0
      ? [
          `Random: cosines of ${formatCount(randomPairs)} random token pairs with the direction, mean ± standard deviation`,
        ]
      : [];
  const p =
    permutations > 0
      ? [
          `p: as parallel (with the mean direction) by pairing the same words at random, up to ${formatCount(permutations)} pairings; q: Benjamini–Hochberg`,
        ]
      : [];
  return [...random, ...p].map((line) => `  ${line}`);
}

function directionsText(result: ProbeResult, product: InnerProduct): string[] {
  const { concepts, cosine, offDiagonal, chance, sharedTokens } = result.directions[product]!;
  if (concepts.length === 0) {
    const isBare = result.concepts.some(({ pairs }) => pairs.some(hasBareSpace));
    const advice = isBare ? '--no-leading-space' : '--tokens mean takes words of several tokens too';
    return [`No pair of any concept counts; ${isBare ? `try ${advice}` : advice}.`];
  }
  if (concepts.length === 1) return ['A second concept with a kept pair is needed to compare directions.'];
  const summary = offDiagonal
    ? [
        `  |cosine| off the diagonal: mean ${formatCosine(offDiagonal.mean)}, largest ${formatCosine(offDiagonal.largest)}`,
      ]
    : [];
  return [
    `Cosines between concept directions, ${productName(product)} inner product`,
    squareTable(concepts, cosine),
    ...summary,
    ...(chance ? [...chanceLines(concepts, chance), ...sharingLines(sharedTokens)] : []),
  ];
}

/** Number of listed pairs of concepts that share tokens; the files contain all. */
const mostSharing = 12;

function sharingLines(sharedTokens: Matrix): string[] {
  const sharing = sharingPairs(sharedTokens);
  if (sharing.length === 0) return [];
  const listed = sharing
    .slice(0, mostSharing)
    .map(([i, j]) => `${i + 1} × ${j + 1} (${sharedTokens.data[i * sharedTokens.columns + j]!})`);
  const more = sharing.length > mostSharing ? `, and ${formatCount(sharing.length - mostSharing)} more` : '';
  return [
    `  With shared tokens, and compared with random concepts that share as many: ${listed.join(', ')}${more}`,
  ];
}

/** Which directions are less orthogonal than chance, and what chance gives. */
function chanceLines(concepts: readonly string[], chance: DirectionChance): string[] {
  const { q, quantile95 } = chance;
  const cells = concepts.flatMap((_, i) => concepts.slice(i + 1).map((_next, j) => [i, i + 1 + j] as const));
  const at = (matrix: Matrix, [i, j]: readonly [number, number]): number =>
    matrix.data[i * matrix.columns + j]!;
  const found = distinguishedPairs(chance);
  const bounds = cells.map((cell) => at(quantile95, cell)).sort((a, b) => a - b);
  const names = found.map((cell) => `${cell[0] + 1} × ${cell[1] + 1} (q ${formatP(at(q, cell))})`);
  const list = names.length > 0 ? `: ${names.join(', ')}` : '';
  return [
    `  95 % of random concepts of the same sizes lie below |cosine| ${formatCosine(bounds[0]!)} … ${formatCosine(bounds.at(-1)!)}`,
    `  ${found.length} of ${cells.length} pairs of concepts are less orthogonal than those (q < ${levelText})${list}`,
  ];
}

/** A model folder as text for the terminal. */
export function modelText(model: ModelDetails): string {
  const { name, file, vocabSize, hiddenSize, head } = model;
  const size =
    vocabSize === null || hiddenSize === null ? 'of unknown size' : sizeText(vocabSize, hiddenSize);
  const abilities = model.abilities.map(
    (ability) =>
      `  ${ability.works ? 'yes' : 'no '}  ${ability.name}${ability.why ? `: ${ability.why}` : ''}`,
  );
  const files = model.files.map(({ path, bytes }) => `  ${formatBytes(bytes).padStart(10)}  ${path}`);
  return [
    `${name}: unembedding ${size} in ${file}`,
    `  head          ${head ? describeHead(head) : 'cannot be read, see below'}`,
    ...(head ? [`  tensor        ${head.tensor} (${head.format})`] : []),
    ...(model.remote ? [`  read from     ${remoteText(model.remote)}`] : []),
    `  architecture  ${model.architecture ?? 'not said (no config.json)'}`,
    `  tokenizer     ${model.tokenizer ?? 'none'}${model.rowsWithoutToken ? `; ${rowsHaveNoToken(model.rowsWithoutToken)}` : ''}`,
    `  source        ${model.source}`,
    'Files',
    ...files,
    'What works',
    ...abilities,
    '',
  ].join('\n');
}

function summaryText({ name, file, vocabSize, hiddenSize, head }: ModelSummary): string {
  return `${name}: unembedding ${sizeText(vocabSize, hiddenSize)} in ${file} (${describeHead(head)})`;
}

function sizeText(vocabSize: number, hiddenSize: number): string {
  return `${formatCount(vocabSize)} × ${formatCount(hiddenSize)}`;
}

/** Columns are numbered because concept names are longer than cosines. */
function squareTable(names: readonly string[], values: Matrix): string {
  const numbered = names.map((name, i) => `${i + 1} ${name}`);
  return textTable([
    ['', ...names.map((_, i) => String(i + 1))],
    ...numbered.map((name, i) => [name, ...[...row(values, i)].map((value) => formatCosine(value))]),
  ]);
}
