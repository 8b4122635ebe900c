import type { ReadList, RejectedLine } from './listedConcept';

/** Number of skipped lines per file to name individually. */
const mostLines = 20;
/** Number of different reasons to name if no line has a pair. */
const mostReasons = 3;

/** Notes on how a list was read and what was skipped, one sentence each. */
export function listNotes(path: string, list: ReadList): string[] {
  const { header, columns, notes, rejected, unit } = list;
  const place = (line: number): string => (unit === 'line' ? `${path}:${line}` : `${path}, entry ${line}`);
  const more = rejected.length - mostLines;
  return [
    ...(header
      ? [
          `${path}: the first line (${header.filter((name) => name !== '').join(', ')}) contains the column names and is not counted.`,
        ]
      : []),
    ...(columns ? [`${path}: took the columns ${chosenNames(columns)} of ${columns.names.join(', ')}.`] : []),
    ...notes.map((note) => `${path}: ${note}.`),
    ...rejected.slice(0, mostLines).map(({ line, reason }) => `${place(line)}: skipped: ${reason}.`),
    ...(more > 0 ? [`${path}: skipped ${more} more like these.`] : []),
  ];
}

function chosenNames({ names, chosen }: NonNullable<ReadList['columns']>): string {
  return chosen.map((column) => names[column]).join(' and ');
}

/** Why a list has no pairs, with the problems of its lines. */
export function noPairsText(path: string, { refusal, rejected, unit, header }: ReadList): string {
  if (refusal !== null) return `${path} contains no pairs: ${refusal}.`;
  const reasons =
    rejected.length > 0 ? `: ${reasonsOf(rejected, unit)}` : header ? ', only column names' : '';
  return `${path} contains no pairs${reasons}; write one per line, such as “king → queen”.`;
}

function reasonsOf(rejected: readonly RejectedLine[], unit: string): string {
  const byReason = new Map<string, number[]>();
  for (const { line, reason } of rejected) {
    const lines = byReason.get(reason);
    if (lines) lines.push(line);
    else byReason.set(reason, [line]);
  }
  const texts = [...byReason].slice(0, mostReasons).map(([reason, lines]) => {
    const more = lines.length > 1 ? ` and ${lines.length - 1} more` : '';
    return `${reason} (${unit} ${lines[0]!}${more})`;
  });
  const more = byReason.size - mostReasons;
  return `${texts.join('; ')}${more > 0 ? `; and ${more} other reasons` : ''}`;
}
