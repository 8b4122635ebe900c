/**
 * Rows of cells as aligned text: the first column is left-aligned, the others right-aligned. The first row is the heading.
 *
 * @param words columns that are left-aligned too
 */
export function textTable(rows: readonly (readonly string[])[], words: readonly string[] = []): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const isLeft = (column: number): boolean => column === 0 || words.includes(rows[0]![column]!);
  return rows
    .map((cells) =>
      cells.map((cell, i) => (isLeft(i) ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
