/** What package.json says of a setting. */
interface Setting {
  readonly default: string | number | boolean;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

const marks = ['<!-- settings: written by npm run docs -->', '<!-- end of settings -->'] as const;

/** Every setting of package.json as a Markdown table, in its order. */
export function settingsTable(settings: Readonly<Record<string, Setting>>): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const description = setting.markdownDescription ?? setting.description ?? '';
    const choices = setting.enum?.map((value) => `\`${value}\``).join(', ');
    const cells = [
      `\`${name}\``,
      `\`${JSON.stringify(setting.default)}\``,
      description + (choices === undefined ? '' : ` One of ${choices}.`),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| setting | default | description |', '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * Puts the table where a page has room for it.
 *
 * @throws Error if the page does not have the two comments that the table stands between
 */
export function withSettingsTable(page: string, table: string): string {
  const [start, end] = marks.map((mark) => page.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`The page has no ${marks.join(' … ')}.`);
  return `${page.slice(0, start + marks[0].length)}\n\n${table}\n\n${page.slice(end)}`;
}
