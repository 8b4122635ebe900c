import { t } from '@vscode/l10n';
import type { CounterfactualPair } from '../concepts/concept';
import type { ContextDrop, ReadSet } from '../protocol/contextResult';
import { isolated } from './isolated';
import { plural } from './plural';

/* How contexts are written where there is little room: they are long, and often differ in a few words only. */

/** Longest context that is shown in full, in UTF-16 units. */
const mostShown = 44;
/** How much of what two contexts share is shown before they differ. */
const shownBefore = 14;

/** A context in one line: its end, where the model predicts, if it is longer than `most`. */
export function shortContext(text: string, most = mostShown): string {
  const line = inLine(text);
  return isolated(line.length <= most ? line : excerpt(line, line.length - most, most));
}

/**
 * A pair of contexts in one line, from shortly before they differ if they are long.
 *
 * @param most characters of each
 */
export function shortContextPair({ base, target }: CounterfactualPair, most = mostShown): string {
  const [first, second] = [inLine(base), inLine(target)];
  if (Math.max(first.length, second.length) <= most) return `${isolated(first)} → ${isolated(second)}`;
  let same = 0;
  while (same < first.length && first[same] === second[same]) same++;
  // From the beginning of the word that differs, with the words before it where there is room.
  const word = Math.max(first.lastIndexOf(' ', same) + 1, same - shownBefore);
  const from = most < mostShown ? word : word - shownBefore;
  return [first, second].map((line) => isolated(excerpt(line, from, most))).join(' → ');
}

/** The label of an entry of a set of contexts: a single context has no target. */
export function contextLabel(entry: CounterfactualPair, most = mostShown): string {
  return entry.target === '' ? shortContext(entry.base, most) : shortContextPair(entry, most);
}

function inLine(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}

/** The part from the word at or after `from`, no longer than `most`. */
function excerpt(line: string, from: number, most = mostShown): string {
  const space = from <= 0 ? -1 : line.indexOf(' ', from - 1);
  const start = from <= 0 ? 0 : space < 0 || space - from > shownBefore ? from : space + 1;
  const end = Math.min(line.length, start + most);
  // Half a character at an end is left out.
  const part = line
    .slice(start, end)
    .replace(/^\p{Cs}|\p{Cs}$/gu, '')
    .trimEnd();
  return `${start > 0 ? '…' : ''}${part}${end < line.length ? '…' : ''}`;
}

/** Why a pair of contexts has no difference. */
export function contextDropReason(dropped: ContextDrop): string {
  return {
    empty: t('a context has no word'),
    broken: t('the model gives numbers for it that are not finite'),
    same: t('the model reads both contexts as the same tokens'),
    repeated: t('an earlier pair has the same contexts'),
  }[dropped];
}

/** What is missing of a set of contexts and what was read in part; empty if every context was read in full. */
export function unreadText({ label, empty, broken, windowed }: ReadSet): string {
  const parts = [
    ...(empty > 0 ? [t`${plural(empty, 'context')} without a word`] : []),
    ...(broken > 0 ? [t`${plural(broken, 'context')} for which the model gives no finite numbers`] : []),
    ...(windowed > 0
      ? [t`${plural(windowed, 'context')} longer than the model’s window, of which the end was read`]
      : []),
  ];
  return parts.length === 0 ? '' : `${isolated(label)}: ${parts.join(', ')}.`;
}
