/** The entry of a setting in package.json. */
interface Setting {
  readonly default: string | number | boolean;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

const marks = ['<!-- settings: written by npm run docs -->', '<!-- end of settings -->'] as const;

/** All groups of settings in package.json as one list, in their order. */
export function allSettings(
  groups: readonly { readonly properties: Readonly<Record<string, Setting | undefined>> }[],
): Readonly<Record<string, Setting>> {
  const entries = groups.flatMap(({ properties }) => Object.entries(properties));
  return Object.fromEntries(entries.flatMap(([name, setting]) => (setting ? [[name, setting]] : [])));
}

/** All settings in package.json as a Markdown table, in the same order. */
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
 * Inserts the table into a page.
 *
 * @throws Error if the page does not have the two comments that enclose the table
 */
export function withSettingsTable(page: string, table: string): string {
  const [start, end] = marks.map((mark) => page.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`The page has no ${marks.join(' … ')}.`);
  return `${page.slice(0, start + marks[0].length)}\n\n${table}\n\n${page.slice(end)}`;
}
