import { formatCosine } from '../../format/numbers';
import { tableHeading } from '../../format/tableHeadings';
import { csv } from '../csv';
import type { FigureTable } from './figureTable';

/** Invisible marks that keep right-to-left names apart on the screen, and are in the way in data. */
const isolates = /[\u2066-\u2069]/gu;

/** A name as data: without what only matters on a screen. */
export function plainName(name: string): string {
  return name.replace(isolates, '');
}

/** CSV with full precision. */
export function tableCsv({ noun, rows, columns, values }: FigureTable): string {
  return csv([
    [noun, ...columns].map(plainName),
    ...rows.map((name, row) => [plainName(name), ...rowOf(values, row)]),
  ]);
}

/** JSON with full precision; a missing value is `null`. */
export function tableJson({ noun, rows, columns, values }: FigureTable, caption: string): string {
  const document = {
    caption: plainName(caption),
    rows: { [noun]: rows.map(plainName) },
    columns: columns.map(plainName),
    // JSON has no NaN.
    values: rows.map((_, row) => rowOf(values, row).map((value) => (Number.isFinite(value) ? value : null))),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A table of GitHub's Markdown, with the values as the panel shows them. */
export function markdownTable(table: FigureTable): string {
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((cell) =>
        plainName(cell)
          .replace(/[\\|<]/gu, '\\$&')
          .replace(/\s+/gu, ' '),
      )
      .join(' | ')} |`;
  const { rows, columns } = table;
  return [
    line(headsOf(table)),
    `| --- |${' ---: |'.repeat(columns.length)}`,
    ...rows.map((name, row) => line([name, ...shownRow(table, row)])),
    '',
  ].join('\n');
}

/** A `table` environment of LaTeX that needs no package, with the values as the panel shows them. */
export function latexTable(table: FigureTable, caption: string): string {
  const { rows, columns } = table;
  const line = (cells: readonly string[]) => `    ${cells.map(latexText).join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\begin{tabular}{l${'r'.repeat(columns.length)}}`,
    '    \\hline',
    line(headsOf(table)),
    '    \\hline',
    ...rows.map((name, row) => line([name, ...shownRow(table, row)])),
    '    \\hline',
    '  \\end{tabular}',
    `  \\caption{${latexText(caption)}}`,
    '\\end{table}',
    '',
  ].join('\n');
}

function headsOf({ noun, columns, shownColumns = columns }: FigureTable): string[] {
  return [tableHeading(noun), ...shownColumns];
}

function shownRow({ columns, values, format = (value) => formatCosine(value) }: FigureTable, row: number) {
  return columns.map((_, column) => format(values.data[row * values.columns + column]!, column));
}

function rowOf({ columns, data }: FigureTable['values'], row: number): number[] {
  return Array.from(data.subarray(row * columns, (row + 1) * columns));
}

/** Commands for what LaTeX reserves, and for the signs that old fonts lack. */
const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '→': '$\\rightarrow$',
  '⇒': '$\\Rightarrow$',
  '×': '$\\times$',
  '−': '$-$',
  '±': '$\\pm$',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '–': '--',
  '…': '\\ldots{}',
  α: '$\\alpha$',
  '′': "$'$",
  '\u00a0': '~',
};

function latexText(text: string): string {
  return plainName(text).replace(
    /[\\~^→⇒×−±<>|–…α′\u00a0&%$#_{}]/gu,
    (sign) => commands[sign] ?? `\\${sign}`,
  );
}
