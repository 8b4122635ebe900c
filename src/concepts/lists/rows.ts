import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { chooseColumns, isHeader, mayBeHeader } from './columns';
import {
  emptyList,
  type ListedPair,
  type ListOptions,
  type ListSection,
  type ReadList,
  type RejectedLine,
} from './listedConcept';
import { answersOf, wordProblem } from './words';

/** A line or an entry, split into cells. A cell of a JSON list may contain several answers. */
export interface Row {
  readonly line: number;
  readonly text: string;
  /** Index of its section. */
  readonly section: number;
  readonly cells: readonly (string | readonly string[])[];
  /** Whether it belongs to a table, which has columns and possibly a header. */
  readonly isTabular: boolean;
  /** Whether the list says that the pair is left out. */
  readonly isLeftOut?: boolean;
}

interface Table {
  readonly rows: readonly Row[];
  readonly sections: readonly (string | null)[];
  readonly unit: ReadList['unit'];
  /** Column names that are already known, such as JSON keys. */
  readonly names?: readonly string[];
}

/** The reason for rows without two words. */
export const noSecondWord = t(
  'no second word after an arrow, a tab, a comma, a semicolon, a table bar or a blank',
);

/** Pairs from rows: two columns of a table, or two cells each. */
export function listOfRows({ rows, sections, unit, names }: Table, options: ListOptions): ReadList {
  const width = names?.length ?? widthOf(rows);
  const isIn = (row: Row): boolean => row.isTabular && row.cells.length === width;
  const tabular = rows.filter(isIn).map(({ cells }) => cells.map(textOf));
  const hasHeader = !names && options.header !== false && isHeader(tabular, options.columns, unit === 'line');
  const header = names ?? (hasHeader ? tabular[0]! : null);
  const headerRow = hasHeader ? rows.find(isIn) : undefined;
  let columns: ReadList['columns'] = null;
  if (tabular.length > 0 && (width > 2 || options.columns)) {
    try {
      columns = chooseColumns(header, hasHeader ? tabular.slice(1) : tabular, width, options.columns);
    } catch (error) {
      if (error instanceof UserError) return { ...emptyList, unit, refusal: error.message };
      throw error;
    }
  }
  const pairs = sections.map((): ListedPair[] => []);
  const rejected: RejectedLine[] = [];
  for (const row of rows) {
    if (row === headerRow) continue;
    const read = pairOf(row, columns?.chosen, width);
    if (typeof read === 'string') rejected.push({ line: row.line, text: row.text, reason: read });
    else pairs[row.section]!.push(row.isLeftOut ? { ...read, leftOut: true } : read);
  }
  const isDoubtful =
    unit === 'line' &&
    !hasHeader &&
    width === 2 &&
    !names &&
    options.header !== false &&
    mayBeHeader(tabular);
  return {
    ...emptyList,
    unit,
    sections: sections.map((name, i): ListSection => ({ name, pairs: pairs[i]! })),
    rejected,
    header: hasHeader ? header : null,
    columns: width > 2 ? columns : null,
    notes: isDoubtful
      ? [t`its first pair, ${tabular[0]!.join(' → ')}, may consist of column names; delete it if it does`]
      : [],
  };
}

/** The number of columns of most rows of a table; two if they are not a table. */
function widthOf(rows: readonly Row[]): number {
  const tabular = rows.filter(({ isTabular }) => isTabular);
  const counts = new Map<number, number>();
  for (const { cells } of tabular) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [2, 0]);
  return width > 2 && count > 1 && 2 * count > tabular.length ? width : 2;
}

function pairOf(
  { cells, isTabular }: Row,
  chosen: readonly [number, number] | undefined,
  width: number,
): ListedPair | string {
  if (chosen && isTabular && cells.length !== width)
    return t`${cells.length} columns where the others have ${width}`;
  const taken = chosen && isTabular ? chosen.map((column) => cells[column]!) : filled(cells);
  const [base, target] = taken;
  if (base === undefined || target === undefined) return noSecondWord;
  if (taken.length > 2) return t`${taken.length} words instead of two`;
  const answers = typeof target === 'string' ? answersOf(target) : target;
  const words = [textOf(base), ...answers].map((word) => word.trim());
  if (words.includes('') || words.length < 2) return t('a cell without a word');
  const problem = words.map(wordProblem).find((reason) => reason !== undefined);
  return problem ?? { base: words[0]!, answers: words.slice(1) };
}

function filled(cells: Row['cells']): Row['cells'] {
  return cells.filter((cell) => textOf(cell) !== '');
}

/** A base is a single word, even if a list gives several. */
function textOf(cell: string | readonly string[]): string {
  return typeof cell === 'string' ? cell : (cell[0] ?? '');
}
