import { t } from '@vscode/l10n';
import { isObject, jsonList } from './jsonList';
import { emptyList, type ListOptions, type ReadList } from './listedConcept';
import { weatKeys, pairSets, type WordSet } from './wordSets';
import { textList } from './textList';

/** Reads pairs from a text in any supported format (see docs/pair-lists.md). Never throws. */
export function readList(text: string, options: ListOptions = {}): ReadList {
  const value = jsonOf(text);
  if (value !== undefined) return jsonList(value, options);
  return weatLines(text) ?? textList(text, options);
}

/** The value of a JSON text, or a list of the values of JSON Lines; `undefined` if it is neither. */
export function jsonOf(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/u.test(trimmed)) return undefined;
  const whole = parsed(trimmed);
  if (whole !== undefined) return whole;
  const values: unknown[] = [];
  for (const line of trimmed.split(/[\r\n]+/u)) {
    const content = line.trim().replace(/,$/u, '');
    if (content === '') continue;
    const value = parsed(content);
    if (!Array.isArray(value) && !isObject(value)) return undefined;
    values.push(value);
  }
  return values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** WEAT's sets as lines: `attr1<TAB>Male<TAB>man<TAB>boy`. */
function weatLines(text: string): ReadList | undefined {
  if (!/^(?:targ|attr)1\t/mu.test(text)) return undefined;
  const sets = new Map<string, WordSet>();
  for (const line of text.split(/[\r\n]+/u)) {
    const [key, name, ...words] = line.trim().split(/\t/u);
    if (key !== undefined && name !== undefined) sets.set(key, { name, words });
  }
  const found = weatKeys.flatMap(([a, b]) => {
    const [first, second] = [sets.get(a), sets.get(b)];
    return first && second ? [[first, second] as const] : [];
  });
  const { sections, notes, skipped } = pairSets(found);
  if (sections.length > 0) return { ...emptyList, sections, notes: [...notes, ...skipped] };
  return { ...emptyList, refusal: skipped.join('; ') || t('it contains only one of the two word sets') };
}
