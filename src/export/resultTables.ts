import type { Matrix } from '../geometry/matrix';
import { row } from '../geometry/matrix';
import { pairLabel } from '../concepts/concept';
import { exportPrefix } from '../concepts/conceptSources';
import { describeTokenRule } from '../concepts/tokenRule';
import { describeHead } from '../protocol/describeHead';
import { dropReason, keptPairs, type ConceptResult, type ProbeResult } from '../protocol/probeResult';

/** A CSV file of an export. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

type Cell = string | number | null;

/**
 * A result as CSV files: `geometry.about.csv`, `….concepts.csv`, `….pairs.csv`, `….directions.euclidean.csv`, and `….pairs.euclidean.<concept>.csv`
 * with the pair × pair cosines of each concept. Undefined numbers are empty cells.
 */
export function resultTables(result: ProbeResult): CsvFile[] {
  const { concepts, directions } = result;
  const { concepts: names, cosine } = directions.euclidean;
  const maps = concepts.flatMap((concept, index) => {
    const { pairwise } = concept.euclidean;
    if (!pairwise || pairwise.rows === 0) return [];
    const name = `${exportPrefix}pairs.euclidean.${String(index + 1).padStart(2, '0')}-${fileNamePart(concept.name)}.csv`;
    return [{ name, text: csv(square(keptPairs(concept).map(pairLabel), pairwise)) }];
  });
  return [
    { name: `${exportPrefix}about.csv`, text: csv(aboutRows(result)) },
    { name: `${exportPrefix}concepts.csv`, text: csv([conceptHeader, ...concepts.map(conceptRow)]) },
    { name: `${exportPrefix}pairs.csv`, text: csv([pairHeader, ...concepts.flatMap(pairRows)]) },
    { name: `${exportPrefix}directions.euclidean.csv`, text: csv(square(names, cosine)) },
    ...maps,
  ];
}

/** What is needed to compute the tables again. */
function aboutRows({ version, seed, tokens, model }: ProbeResult): Cell[][] {
  return [
    ['Concept Probe', version],
    ['model', model.name],
    ['file', model.file],
    ['unembedding', `${model.vocabSize} × ${model.hiddenSize}`],
    ['head', describeHead(model.head)],
    ['tokens', describeTokenRule(tokens)],
    ['inner product', 'Euclidean'],
    ['seed', seed],
  ];
}

const conceptHeader = [
  'concept',
  'given',
  'kept',
  'mean cosine (Euclidean)',
  'mean leave-one-out cosine (Euclidean)',
];

function conceptRow({ name, given, kept, euclidean }: ConceptResult): Cell[] {
  return [name, given, kept, euclidean.meanCosine, euclidean.leaveOneOut.mean];
}

const pairHeader = [
  'concept',
  'base',
  'target',
  'status',
  'reason',
  'base ids',
  'target ids',
  'cosine with the direction (Euclidean)',
  'leave-one-out cosine (Euclidean)',
];

function pairRows(concept: ConceptResult): Cell[][] {
  let position = 0;
  return concept.pairs.map((pair) => {
    const leaveOneOut = pair.status === 'kept' ? concept.euclidean.leaveOneOut.cosines[position++]! : null;
    const ids = [pair.baseIds.join(' '), pair.targetIds.join(' ')];
    return [
      concept.name,
      pair.base,
      pair.target,
      pair.status,
      dropReason(pair) ?? '',
      ...ids,
      pair.cosine,
      leaveOneOut,
    ];
  });
}

function square(names: readonly string[], values: Matrix): Cell[][] {
  return [['', ...names], ...names.map((name, i) => [name, ...row(values, i)])];
}

/** RFC 4180. Words that a spreadsheet would run as a formula get an apostrophe in front. */
function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => cells.map(cellText).join(',') + '\r\n').join('');
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  const text = (cell ?? '').replace(/^[=+\-@\t\r]/u, "'$&");
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fileNamePart(name: string): string {
  return (
    name
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 60) || 'concept'
  );
}
