/** Width up to which a value stays on one line. */
const width = 110;

/** JSON that a person can read and compare: indented, with what is short on one line, such as a row of a matrix. */
export function readableJson(value: unknown): string {
  return `${linesOf(value, '')}\n`;
}

function linesOf(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return short;
  const isNumbers = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  // A row of numbers is one line, however long: nobody edits it by hand.
  if (isNumbers || indent.length + short.length <= width) return short;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item) => linesOf(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${linesOf(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${entries.map((entry) => inner + entry).join(',\n')}\n${indent}${close}`;
}
