import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Command, Context, Option } from '../../../src/cli/command';
import { commandTable } from '../../../src/cli/commandTable';
import { commandHelp, overview } from '../../../src/cli/help';
import { parseCommand } from '../../../src/cli/parseCommand';
import { inRoot } from '../../support/places';

/** Fits into a terminal next to an editor. */
const widest = 100;

function linesOf(help: string): readonly string[] {
  return help.split('\n');
}

/**
 * The options that a command reads before it does anything else: it runs with these values and an engine that rejects every
 * call.
 */
async function optionsRead(command: Command, values: Record<string, unknown>): Promise<Set<string>> {
  const read = new Set<string>();
  const watched = new Proxy(values, {
    get: (target, name) => {
      read.add(String(name));
      return target[String(name)];
    },
  });
  const methods = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error('No engine here.');
      },
    },
  ) as Context['methods'];
  const output = { print: () => undefined, note: () => undefined, progress: () => undefined };
  try {
    await command.run({ values: watched, inputs: ['there/is/no/such/file'] }, { methods, output });
  } catch {
    // By then it has read its options.
  }
  return read;
}

function isRequired(option: Option): boolean {
  return option.type === 'string' && option.required !== undefined;
}

describe('the commands of the command line', () => {
  it('each have a module and one entry in the table', () => {
    const modules = readdirSync(inRoot('src', 'cli', 'commands'));
    assert.equal(commandTable.length, modules.length);
    assert.equal(new Set(commandTable.map(({ name }) => name)).size, modules.length);
  });

  it('are all in the overview, with usage and summary', () => {
    const lines = linesOf(overview(commandTable));
    for (const { name, summary } of commandTable) {
      const at = lines.findIndex((line) => line.startsWith(`  concept-probe ${name}`));
      assert.ok(at > 0, name);
      assert.equal(lines[at + 1]!.trim(), summary);
    }
    for (const line of lines) assert.ok(line.length <= widest, line);
  });

  for (const command of commandTable) {
    describe(command.name, () => {
      const names = Object.keys(command.options);

      it('explains each option once in its help', () => {
        const lines = linesOf(commandHelp(command));
        const flowing = commandHelp(command).replace(/\s+/gu, ' ');
        for (const [name, option] of Object.entries<Option>(command.options)) {
          const own = lines.filter((line) => line.startsWith('  --') && line.split(/ +/u)[1] === `--${name}`);
          assert.equal(own.length, 1, name);
          assert.match(option.help, /^\S.*[^.\s]$/u, name);
          const label = option.type === 'string' ? `--${name} ${option.placeholder}` : `--${name}`;
          assert.ok(flowing.includes(` ${label} ${option.help} `), label);
        }
        for (const line of lines) assert.ok(line.length <= widest, line);
        const mentioned = commandHelp(command).matchAll(/--([a-z][a-z-]*)/gu);
        for (const [, name] of mentioned) assert.ok(names.includes(name!), `--${name}`);
      });

      it('reads every option', async () => {
        const values: Record<string, unknown> = {};
        for (const [name, option] of Object.entries<Option>(command.options))
          if (isRequired(option)) values[name] = 'given';
        // A simulation reads its settings unless it is given a file or a preset; these values are rejected before a thread
        // starts.
        if (command.name === 'simulate') values['concepts'] = '15';
        const read = await optionsRead(command, values);
        assert.deepEqual(
          names.filter((name) => !read.has(name)),
          [],
        );
      });

      it('has defaults that it reads itself', () => {
        const args = Object.entries<Option>(command.options)
          .filter(([, option]) => isRequired(option))
          .map(([name]) => `--${name}=given`);
        const chosen = command.exactlyOneOf?.slice(0, 1).map((name) => `--${name}=1`) ?? [];
        const inputs = command.inputs ? ['input'] : [];
        const { values } = parseCommand(command, [...args, ...chosen, ...inputs]);
        for (const [name, option] of Object.entries<Option>(command.options))
          if (option.type === 'string' && option.default !== undefined)
            assert.notEqual(values[name], undefined, name);
      });
    });
  }
});

describe('the command line in the documentation', () => {
  const pages = [
    ...['README.md', 'examples/README.md'],
    ...readdirSync(inRoot('docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  /** An option of llama.cpp. */
  const others = ['control-vector-scaled'];
  const all = new Set(commandTable.flatMap(({ options }) => Object.keys(options)));

  for (const page of pages) {
    it(`${page} mentions no option that does not exist`, () => {
      const code = codeOf(readFileSync(inRoot(page), 'utf8'));
      const wrong = code.flatMap((text) => {
        const known = optionsAt(text);
        return known === null
          ? []
          : [...text.matchAll(/--([a-z][a-z-]*)/gu)]
              .map(([, name]) => name!)
              .filter((name) => !known.has(name));
      });
      assert.deepEqual(
        wrong.filter((name) => !others.includes(name)),
        [],
      );
    });
  }

  /** Code blocks and inline code, without comments. */
  function codeOf(markdown: string): readonly string[] {
    const blocks = [...markdown.matchAll(/^```\w*\n(.*?)^```/gmsu)].flatMap(([, block]) =>
      block!.split('\n'),
    );
    const spans = [...markdown.replace(/^```.*?^```/gmsu, '').matchAll(/`([^`]+)`/gu)].map(
      ([, span]) => span!,
    );
    return [...blocks, ...spans].map((line) => line.replace(/ #.*/u, ''));
  }

  /**
   * The options that a piece of code may use: those of its command, or of any command if it consists only of options; null:
   * not a Concept Probe command.
   */
  function optionsAt(text: string): ReadonlySet<string> | null {
    if (text.startsWith('--')) return new Set([...all, 'help', 'version']);
    const name = /^(?:(?:node dist\/cli\.js|concept-probe) )?([a-z-]+)/u.exec(text)?.[1];
    const command = commandTable.find((known) => known.name === name);
    if (command) return new Set([...Object.keys(command.options), 'help']);
    return /^(node dist\/cli\.js|concept-probe) /u.test(text) ? new Set(['help', 'version']) : null;
  }
});
