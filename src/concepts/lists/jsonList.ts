import { t } from '@vscode/l10n';
import {
  emptyList,
  type ListOptions,
  type ListSection,
  type ReadList,
  type RejectedLine,
} from './listedConcept';
import { listOfRows, type Row } from './rows';
import { pairSets, weatKeys, weatReferences, type SetPair, type WordSet } from './wordSets';

type JsonObject = Readonly<Record<string, unknown>>;

const writeSo = t('write a list of ["base", "target"], or an object with such a list for each concept');

/** Reads pairs from a JSON value in any supported format. Never throws. */
export function jsonList(value: unknown, options: ListOptions): ReadList {
  if (Array.isArray(value)) return listOfEntries(value, options);
  if (isObject(value)) return listOfObject(value, options);
  return refuse(t`it is neither a list nor an object; ${writeSo}`);
}

function listOfEntries(entries: readonly unknown[], options: ListOptions): ReadList {
  if (entries.length === 0) return refuse(t`it is an empty list; ${writeSo}`);
  if (entries.every(isText)) {
    if (entries.length === 2) return listOfRows(tableOf([entries], [0]), options);
    return refuse(t`it is a list of ${entries.length} single words, not of pairs; ${writeSo}`);
  }
  if (entries.every(isNamedList)) {
    const named = entries.map(({ name, pairs }) => [name, pairs] as const);
    return joined(named, options);
  }
  if (entries.every(isObject)) {
    const sets = entries.flatMap(weatSets);
    return sets.length > 0 ? listOfSets(sets) : listOfRecords(entries, options);
  }
  return listOfArrays(entries, options);
}

/** `[["king", "queen"], ["man", ["woman", "lady"]]]`. */
function listOfArrays(entries: readonly unknown[], options: ListOptions): ReadList {
  const rejected: RejectedLine[] = [];
  const rows: (readonly unknown[])[] = [];
  const places: number[] = [];
  entries.forEach((entry, index) => {
    if (Array.isArray(entry) && entry.every(isCell) && entry.length > 1) {
      rows.push(entry);
      places.push(index);
    } else rejected.push({ line: index + 1, text: shortJson(entry), reason: t('no ["base", "target"]') });
  });
  if (rows.length === 0) return refuse(t`none of its entries is a pair; ${writeSo}`);
  const list = listOfRows(tableOf(rows, places), options);
  return { ...list, rejected: [...list.rejected, ...rejected].sort((a, b) => a.line - b.line) };
}

/** `[{ "base": "king", "target": "queen" }]`: a table whose columns have names. */
function listOfRecords(records: readonly JsonObject[], options: ListOptions): ReadList {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].filter((name) =>
    records.some((record) => isCell(record[name])),
  );
  const hasWords = (name: string): boolean => records.some((record) => typeof record[name] !== 'number');
  if (names.filter(hasWords).length < 2) return refuse(t`its objects do not have two words each; ${writeSo}`);
  const rows = records.map((record) => names.map((name) => (isCell(record[name]) ? record[name] : '')));
  const table = tableOf(rows, [...rows.keys()]);
  // As an exported result says it.
  const isLeftOut = records.map(({ status }) => status === 'left-out');
  const marked = table.rows.map((row, i) => ({ ...row, isLeftOut: isLeftOut[i]! }));
  return listOfRows({ ...table, rows: marked, names }, options);
}

function listOfObject(object: JsonObject, options: ListOptions): ReadList {
  const sets = weatSets(object);
  if (sets.length > 0) return listOfSets(sets);
  const entries = Object.entries(object);
  // Exported results also have their concepts there.
  const { concepts } = object;
  if (Array.isArray(concepts) && concepts.length > 0 && concepts.every(isNamedList))
    return listOfEntries(concepts, options);
  if (typeof object['name'] === 'string' && Array.isArray(object['pairs']))
    return joined([[object['name'], object['pairs']]], options);
  if (entries.length > 0 && entries.every(([, value]) => isObject(value) && weatSets(value).length > 0))
    return listOfSets(entries.flatMap(([, value]) => weatSets(value as JsonObject)));
  if (entries.length > 0 && entries.every(([, value]) => isWords(value)))
    return listOfNamedSets(
      entries.map(([name, words]) => ({ name, words: words as readonly string[] })),
      options,
    );
  if (isColumns(object)) return listOfRecords(recordsOf(object), options);
  if (entries.length > 0 && entries.every(([, value]) => typeof value === 'string')) {
    const isRecord =
      options.columns !== undefined ||
      (entries.length === 2 && /^(?:base|source|word)/iu.test(entries[0]![0]));
    return isRecord ? listOfRecords([object], options) : listOfMap(object, options);
  }
  const named = entries.filter(([, value]) => isPairs(value));
  if (named.length === 0) {
    const keys = entries.slice(0, 3).map(([key]) => t`“${key}”`);
    return refuse(
      keys.length === 0
        ? t`it is an empty object; ${writeSo}`
        : t`it has ${keys.join(', ')}, but no list of pairs; ${writeSo}`,
    );
  }
  const only = named.length === 1 && ['pairs', 'data'].includes(named[0]![0]);
  const list = joined(only ? [['', named[0]![1]]] : named, options);
  const others = entries.filter((entry) => !named.includes(entry)).map(([key]) => t`“${key}”`);
  return others.length === 0
    ? list
    : { ...list, notes: [...list.notes, t`no pairs under ${others.join(', ')}`] };
}

/** `{ "king": "queen" }`. */
function listOfMap(object: JsonObject, options: ListOptions): ReadList {
  const rows = Object.entries(object);
  return listOfRows(tableOf(rows, [...rows.keys()]), options);
}

/** Several lists with names; a list without one has the file's name. */
function joined(named: readonly (readonly [string, unknown])[], options: ListOptions): ReadList {
  const lists = named.map(([name, value]) => {
    const list = isObject(value) ? listOfMap(value, options) : jsonList(value, options);
    return { name, list };
  });
  const at = (name: string): string => (name === '' ? '' : `${name}: `);
  const refusals = lists.flatMap(({ name, list }) =>
    list.refusal === null ? [] : [`${at(name)}${list.refusal}`],
  );
  const isEmpty = lists.every(({ list }) => list.sections.every(({ pairs }) => pairs.length === 0));
  return {
    ...emptyList,
    unit: 'entry',
    refusal: isEmpty && refusals.length > 0 ? refusals.join('; ') : null,
    sections: lists.flatMap(({ name, list }): readonly ListSection[] =>
      list.sections.map(({ pairs }) => ({ name: name === '' ? null : name, pairs })),
    ),
    rejected: lists.flatMap(({ name, list }) =>
      list.rejected.map((entry) => ({ ...entry, reason: `${at(name)}${entry.reason}` })),
    ),
    notes: [
      ...refusals,
      ...lists.flatMap(({ name, list }) => list.notes.map((note) => `${at(name)}${note}`)),
    ],
    columns: lists.find(({ list }) => list.columns)?.list.columns ?? null,
  };
}

/** Named word sets: two of equal size are paired; of more than two, the user selects two. */
function listOfNamedSets(sets: readonly WordSet[], { columns }: ListOptions): ReadList {
  const sizes = sets.map(({ name, words }) => `${name} (${words.length})`).join(', ');
  const chosen = columns
    ? columns.map((wanted) => sets.find(({ name }) => name === wanted) ?? sets[Number(wanted) - 1])
    : sets.length === 2
      ? sets
      : [];
  const [a, b] = chosen;
  if (columns && !(a && b))
    return refuse(t`it has no word sets ${columns[0]} and ${columns[1]}; it has ${sizes}`);
  if (!a || !b) {
    const names = sets.map(({ name }) => name);
    const refusal = t`it contains ${sets.length} sets of words rather than pairs: ${sizes}; select two of equal size as columns`;
    return names.length > 1
      ? { ...refuse(refusal), columns: { names, chosen: [0, 1] } }
      : refuse(t`it is a list of single words, not of pairs; ${writeSo}`);
  }
  const list = listOfSets([[a, b]]);
  return {
    ...list,
    columns:
      sets.length > 2
        ? { names: sets.map(({ name }) => name), chosen: [sets.indexOf(a), sets.indexOf(b)] }
        : null,
  };
}

function listOfSets(sets: readonly SetPair[]): ReadList {
  const { sections, notes, skipped } = pairSets(sets);
  if (sections.length === 0) return refuse(skipped.join('; '));
  return { ...emptyList, unit: 'entry', sections, notes: [...notes, ...skipped] };
}

/** The sets of a WEAT test, if the object is one. */
function weatSets(object: JsonObject): SetPair[] {
  const set = (key: string, name: string): WordSet | undefined => {
    const value = object[key];
    if (isWords(value)) return { name, words: value };
    if (!isObject(value)) return undefined;
    const { category, examples } = value;
    return isWords(examples)
      ? { name: typeof category === 'string' ? category : name, words: examples }
      : undefined;
  };
  const reference = (key: string): WordSet | undefined => {
    const name = object[key];
    return typeof name === 'string' ? set(name, name) : undefined;
  };
  const direct = weatKeys.map(([a, b]) => [set(a, a), set(b, b)] as const);
  const named = weatReferences.map(([a, b]) => [reference(a), reference(b)] as const);
  return [...direct, ...named].flatMap(([a, b]) => (a && b ? [[a, b] as const] : []));
}

function tableOf(rows: readonly (readonly unknown[])[], places: readonly number[]) {
  return {
    sections: [null],
    unit: 'entry' as const,
    rows: rows.map((cells, i): Row => ({
      line: places[i]! + 1,
      text: shortJson(cells),
      section: 0,
      cells: cells.map((cell) => (typeof cell === 'number' ? String(cell) : (cell as string | string[]))),
      isTabular: true,
    })),
  };
}

/** pandas' default: `{ "male": { "0": "king" }, "female": { "0": "queen" } }`. */
function isColumns(object: JsonObject): boolean {
  const values = Object.values(object);
  return (
    values.length > 1 &&
    values.every(
      (value) =>
        isObject(value) &&
        Object.keys(value).length > 0 &&
        Object.keys(value).every((key) => /^\d+$/u.test(key)),
    )
  );
}

function recordsOf(object: JsonObject): JsonObject[] {
  const columns = Object.entries(object) as [string, JsonObject][];
  return Object.keys(columns[0]![1]).map((row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column[row]])),
  );
}

function refuse(refusal: string): ReadList {
  return { ...emptyList, unit: 'entry', refusal };
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

/** A word, a number in another column, or several answers. */
function isCell(value: unknown): value is string | number | readonly string[] {
  return isText(value) || typeof value === 'number' || isWords(value);
}

/** A list of pairs or of records, or a map from word to word. */
function isPairs(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((entry) => Array.isArray(entry) || isObject(entry));
  const words = isObject(value) ? Object.values(value) : [];
  return words.length > 0 && words.every((word) => isText(word) || isWords(word));
}

function isNamedList(value: unknown): value is { readonly name: string; readonly pairs: readonly unknown[] } {
  return isObject(value) && isText(value['name']) && Array.isArray(value['pairs']);
}
