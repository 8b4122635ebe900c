import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { longestWord } from './concept';

/* What the parts of a concept file have in common: how they are checked and written. */

/** A word of a pair or a category. */
export const word = v.pipe(
  v.string(t('a word must be a string')),
  v.trim(),
  v.nonEmpty(t('a word must not be empty')),
  v.maxLength(longestWord, t`a word must not be longer than ${longestWord} characters`),
);

/** The message for an object with a missing or an unknown key, or for something that is no object. */
export function describeObjectIssue(what: string, keys: string) {
  return ({ expected, received }: v.StrictObjectIssue): string => {
    if (expected === 'never') return t`${what} has no key ${received}`;
    if (received === 'undefined') return t`${what} needs ${expected}`;
    return t`${what} must be an object with ${keys}`;
  };
}

/** The inside of a JSON list with an item per line. @param indent of the line that begins the list */
export function listBody(items: readonly string[], indent: number): string {
  const pad = '\n' + ' '.repeat(indent);
  return items.length === 0 ? '' : items.map((item) => `${pad}  ${item}`).join(',') + pad;
}

/**
 * A named list as JSON with an entry per line.
 *
 * @param lines of other keys, with their commas
 * @param more lists that follow it
 */
export function namedLines(
  key: string,
  name: string,
  list: string,
  entries: readonly unknown[],
  lines: readonly string[] = [],
  more: Readonly<Record<string, readonly unknown[]>> = {},
): string {
  const head = [`${JSON.stringify(key)}: ${JSON.stringify(name)},`, ...lines];
  const lists = Object.entries({ [list]: entries, ...more }).map(
    ([own, items]) => `${JSON.stringify(own)}: [${listBody(items.map(entryText), 6)}]`,
  );
  return `{\n      ${head.join('\n      ')}\n      ${lists.join(',\n      ')}\n    }`;
}

function entryText(entry: unknown): string {
  return Array.isArray(entry)
    ? `[${entry.map((part) => JSON.stringify(part)).join(', ')}]`
    : JSON.stringify(entry);
}
