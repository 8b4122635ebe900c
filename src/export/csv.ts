/** A CSV file of an export. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

export type Cell = string | number | null;

/** RFC 4180; NaN becomes an empty cell. Words that a spreadsheet would interpret as a formula get a leading apostrophe. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => cells.map(cellText).join(',') + '\r\n').join('');
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  const text = (cell ?? '').replace(/^[=+\-@\t\r]/u, "'$&");
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
