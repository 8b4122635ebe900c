import type { Command, Option } from './command';

/** Width of the page, and the column where explanations start; longer options get a line of their own. */
const pageWidth = 100;
const widestOption = 24;

/** `concept-probe --help`: every command with its summary. */
export function overview(commands: readonly Command[]): string {
  return lines([
    'Concept Probe: are the unembedding differences of one concept parallel,',
    'and those of different concepts orthogonal?',
    '',
    'Usage',
    '  concept-probe <command> [options]',
    '  concept-probe <command> --help     Explain the options of a command',
    '  concept-probe --version            Print the version',
    '',
    'Commands',
    ...commands.flatMap((command) => [`  ${usageOf(command)}`, `      ${command.summary}`]),
    '',
    'Exit codes: 0 success, 1 failure (one line on standard error says why), 2 wrong usage',
  ]);
}

/** `concept-probe <command> --help`: its usage, and its options with their explanations. */
export function commandHelp(command: Command): string {
  const { summary, details = [], options } = command;
  const rows = Object.entries(options).map(([name, option]) => ({
    section: option.section ?? 'Options',
    option: option.type === 'boolean' ? `--${name}` : `--${name} ${option.placeholder}`,
    help: helpOf(option),
  }));
  const lengths = rows.map(({ option }) => option.length);
  const width = Math.max(...lengths.filter((length) => length <= widestOption));
  const sections = [...new Set(rows.map(({ section }) => section))];
  return lines([
    summary,
    '',
    'Usage',
    `  ${usageOf(command)}`,
    ...(details.length > 0 ? ['', ...details] : []),
    ...sections.flatMap((title) => {
      const shown = rows.filter(({ section }) => section === title);
      return ['', title, ...shown.flatMap(({ option, help }) => optionLines(option, help, width))];
    }),
  ]);
}

/** An option with its explanation next to it, wrapped to as many lines as necessary. */
function optionLines(option: string, help: string, width: number): string[] {
  const [first, ...more] = wrap(help, pageWidth - width - 4);
  const indented = (line: string): string => `${' '.repeat(width + 4)}${line}`;
  if (option.length > width) return [`  ${option}`, indented(first!), ...more.map(indented)];
  return [`  ${option.padEnd(width)}  ${first}`, ...more.map(indented)];
}

function wrap(text: string, width: number): string[] {
  const wrapped: string[] = [];
  for (const word of text.split(' ')) {
    const line = wrapped.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) wrapped.push(word);
    else wrapped[wrapped.length - 1] = `${line} ${word}`;
  }
  return wrapped;
}

function helpOf(option: Option): string {
  const fallback = option.type === 'string' ? option.default : undefined;
  return fallback === undefined ? option.help : `${option.help} (default: ${fallback})`;
}

/** `concept-probe embed (--text TEXT | --ids IDS) --npy FILE [options]`. */
function usageOf({ name, inputs, options, exactlyOneOf = [] }: Command): string {
  const described = (option: string): string => {
    const found = options[option];
    return found?.type === 'string' ? `--${option} ${found.placeholder}` : `--${option}`;
  };
  const required = Object.entries(options).filter(([, option]) => 'required' in option);
  const mentioned = required.length + exactlyOneOf.length;
  return [
    `concept-probe ${name}`,
    ...(inputs ? [inputs.usage] : []),
    ...(exactlyOneOf.length > 0 ? [`(${exactlyOneOf.map(described).join(' | ')})`] : []),
    ...required.map(([option]) => described(option)),
    ...(Object.keys(options).length > mentioned ? ['[options]'] : []),
  ].join(' ');
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
