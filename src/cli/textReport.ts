import { row, type Matrix } from '../geometry/matrix';
import { describeTokenRule } from '../concepts/tokenRule';
import { describeHead } from '../protocol/describeHead';
import { formatBytes, formatCosine, formatCount } from '../protocol/formatNumbers';
import type { ModelDetails, ModelSummary } from '../protocol/modelSummary';
import { dropReason, type DirectionGeometry, type ProbeResult } from '../protocol/probeResult';

/** A result for a person at a terminal. */
export function probeText(result: ProbeResult): string {
  const { concepts, directions, model } = result;
  const table = textTable([
    ['Concept', 'Kept', 'Mean cosine', 'Mean leave-one-out'],
    ...concepts.map(({ name, kept, given, euclidean }) => [
      name,
      `${kept}/${given}`,
      formatCosine(euclidean.meanCosine),
      formatCosine(euclidean.leaveOneOut.mean),
    ]),
  ]);
  const dropped = concepts.flatMap((concept) =>
    concept.pairs
      .filter((pair) => pair.status !== 'kept')
      .map((pair) => `  ${concept.name}: ${pair.base} → ${pair.target}: ${dropReason(pair) ?? ''}`),
  );
  return [
    summaryText(model),
    `Tokens: ${describeTokenRule(result.tokens)}`,
    '',
    'Cosines between unembedding differences, Euclidean inner product',
    table,
    ...(dropped.length > 0 ? ['', `Not counted (${dropped.length})`, ...dropped] : []),
    '',
    ...directionsText(directions.euclidean),
    '',
  ].join('\n');
}

function directionsText({ concepts, cosine }: DirectionGeometry): string[] {
  if (concepts.length === 0)
    return ['No pair of any concept counts; --tokens mean takes words of several tokens too.'];
  if (concepts.length === 1) return ['A second concept with a kept pair is needed to compare directions.'];
  return ['Cosines between concept directions, Euclidean inner product', squareTable(concepts, cosine)];
}

/** A model folder for a person at a terminal. */
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
    `  head          ${head ? describeHead(head) : 'not read, see below'}`,
    `  architecture  ${model.architecture ?? 'not said (no config.json)'}`,
    `  tokenizer     ${model.tokenizer ?? 'none'}`,
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

/** Columns are numbered, because the names of concepts are longer than their cosines. */
function squareTable(names: readonly string[], values: Matrix): string {
  const numbered = names.map((name, i) => `${i + 1} ${name}`);
  return textTable([
    ['', ...names.map((_, i) => String(i + 1))],
    ...numbered.map((name, i) => [name, ...[...row(values, i)].map((value) => formatCosine(value, 2))]),
  ]);
}

function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return rows
    .map((cells) =>
      cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
