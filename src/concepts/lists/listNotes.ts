import { t } from '@vscode/l10n';
import type { ReadList, RejectedLine } from './listedConcept';

/** Number of skipped lines per file to name individually. */
const mostLines = 20;
/** Number of different reasons to name if no line has a pair. */
const mostReasons = 3;

/** Notes on how a list was read and what was skipped, one sentence each. */
export function listNotes(path: string, list: ReadList): string[] {
  const { header, columns, notes, rejected, unit } = list;
  const place = (line: number): string => (unit === 'line' ? `${path}:${line}` : t`${path}, entry ${line}`);
  const more = rejected.length - mostLines;
  return [
    ...(header
      ? [
          t`${path}: the first line (${header.filter((name) => name !== '').join(', ')}) contains the column names and is not counted.`,
        ]
      : []),
    ...(columns
      ? [t`${path}: took the columns ${chosenNames(columns)} of ${columns.names.join(', ')}.`]
      : []),
    ...notes.map((note) => `${path}: ${note}.`),
    ...rejected.slice(0, mostLines).map(({ line, reason }) => t`${place(line)}: skipped: ${reason}.`),
    ...(more > 0 ? [t`${path}: skipped ${more} more like these.`] : []),
  ];
}

function chosenNames({ names, chosen }: NonNullable<ReadList['columns']>): string {
  const [base, target] = chosen;
  return t`${names[base]!} and ${names[target]!}`;
}

/** Why a list has no pairs, with the problems of its lines. */
export function noPairsText(path: string, { refusal, rejected, unit, header }: ReadList): string {
  if (refusal !== null) return t`${path} contains no pairs: ${refusal}.`;
  if (rejected.length > 0)
    return t`${path} contains no pairs: ${reasonsOf(rejected, unit)}; write one per line, such as “king → queen”.`;
  return header
    ? t`${path} contains no pairs, only column names; write one per line, such as “king → queen”.`
    : t`${path} contains no pairs; write one per line, such as “king → queen”.`;
}

function reasonsOf(rejected: readonly RejectedLine[], unit: ReadList['unit']): string {
  const byReason = new Map<string, number[]>();
  for (const { line, reason } of rejected) {
    const lines = byReason.get(reason);
    if (lines) lines.push(line);
    else byReason.set(reason, [line]);
  }
  const texts = [...byReason].slice(0, mostReasons).map(([reason, lines]) => {
    const place = unit === 'line' ? t`line ${lines[0]!}` : t`entry ${lines[0]!}`;
    return `${reason} (${lines.length > 1 ? t`${place} and ${lines.length - 1} more` : place})`;
  });
  const more = byReason.size - mostReasons;
  return more > 0 ? t`${texts.join('; ')}; and ${more} other reasons` : texts.join('; ');
}
