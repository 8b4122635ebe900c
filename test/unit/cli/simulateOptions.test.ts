import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { UsageError } from '../../../src/errors';
import { randomSource } from '../../../src/geometry/random';
import { simulateOptions, simulateValues } from '../../../src/cli/simulateOptions';
import { command } from '../../../src/cli/commands/simulate';
import { commandHelp } from '../../../src/cli/help';
import type { Setting } from '../../../src/simulator/config/settingKinds';
import {
  defaultSimulation,
  settingKeys,
  settingOf,
  type SettingKey,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';

const random = randomSource(1, 0);

/** The config of a command line. */
function configOf(...args: string[]): SimulationConfig {
  const { values } = parseArgs({ args, options: simulateOptions });
  const { task } = simulateValues(values);
  assert.ok(task.kind === 'simulation');
  return task.config;
}

const nameOf = (key: SettingKey) => settingOf(key).flag.split(' ')[0]!;

/** Without the line breaks of `--help`. */
const inOneLine = (text: string) => text.replace(/\s+/gu, ' ');

/** A value of the setting's kind, and its text as an option. */
function draw(setting: Setting): readonly [value: unknown, text: string] {
  const whole = Math.floor(random.uniform() * 1000);
  const real = random.uniform();
  switch (setting.kind) {
    case 'number':
    case 'optional':
      return setting.isWhole ? [whole, String(whole)] : [real, String(real)];
    case 'count':
      return whole % 2 ? ['all', 'all'] : [whole, String(whole)];
    case 'range':
      return [[real, 1], ` ${real}, 1`];
    case 'choice': {
      const choices = Object.keys(setting.choices);
      const choice = choices[whole % choices.length]!;
      return [choice, choice];
    }
    case 'edges':
      return whole % 3
        ? [
            [
              [0, whole],
              [1, 2],
            ],
            `0-${whole}, 1-2`,
          ]
        : [[], ''];
    case 'contexts':
      return [['0**', '1⋄?'], '0**, 1⋄?'];
    case 'flag':
      return [true, ''];
  }
}

describe('the options of simulate', () => {
  it('have the defaults of the settings, and the optimizer’s learning rate', () => {
    assert.deepEqual(configOf(), defaultSimulation);
    assert.equal(configOf('--optimizer', 'adam').learningRate, 0.001);
    assert.equal(configOf('--optimizer', 'adam', '--learning-rate', '0.1').learningRate, 0.1);
  });

  it('read every setting', () => {
    for (const key of settingKeys) {
      const setting = settingOf(key);
      for (let time = 0; time < 20; time++) {
        const [value, text] = draw(setting);
        const args = setting.kind === 'flag' ? [nameOf(key)] : [`${nameOf(key)}=${text}`];
        const config = configOf(...args);
        assert.deepEqual(config[key], value, args.join(' '));
        assert.deepEqual(Object.keys(config), settingKeys);
      }
    }
  });

  it('reject values that cannot be parsed, and name the option', () => {
    for (const key of settingKeys) {
      const { kind } = settingOf(key);
      // Contexts are parsed without checks; those of the wrong length are rejected later, when the world is created.
      if (kind === 'flag' || kind === 'contexts') continue;
      for (const text of ['magic', '1;2', 'NaN'])
        assert.throws(
          () => configOf(`${nameOf(key)}=${text}`),
          (error) => error instanceof UsageError && error.message.startsWith(nameOf(key)),
          `${nameOf(key)}=${text}`,
        );
    }
  });

  it('describe their effect, bounds and default', () => {
    for (const key of settingKeys) {
      const setting = settingOf(key);
      const option = simulateOptions[nameOf(key).slice(2)]!;
      assert.ok(option.help.startsWith(setting.help), key);
      assert.equal(option.type, setting.kind === 'flag' ? 'boolean' : 'string');
      assert.equal(option.help.includes('default: '), setting.kind !== 'flag', option.help);
      assert.ok(inOneLine(commandHelp(command)).includes(inOneLine(option.help)), `${key} in --help`);
    }
    assert.ok(simulateOptions['concepts']!.help.endsWith('(1 to 14; default: 3)'));
    assert.ok(simulateOptions['masks']!.help.endsWith('(1 to 2^m; default: all)'));
    assert.ok(simulateOptions['momentum']!.help.endsWith('(0 to 0.9999; default: 0.9)'));
    assert.ok(simulateOptions['batch']!.help.endsWith('(1 to 10,000; default: 100)'));
  });

  it('choose an experiment, quick unless told otherwise, and its changes', () => {
    const taskOf = (...args: string[]) =>
      simulateValues(parseArgs({ args, options: simulateOptions }).values).task;
    const plain = { kind: 'experiment', experiment: 'dimension', size: 'quick' } as const;
    assert.deepEqual(taskOf('--experiment', 'dimension'), { ...plain, seed: 0, runs: null, steps: null });
    const changes = ['--size', 'full', '--seed', '7', '--runs', '2', '--steps', '9'];
    assert.deepEqual(taskOf('--experiment', 'dimension', ...changes), {
      ...{ ...plain, size: 'full' },
      ...{ seed: 7, runs: 2, steps: 9 },
    });
    for (const [args, message] of [
      [['--experiment', 'magic'], /^--experiment .*dimension.*magic/u],
      [['--experiment', 'dimension', '--size', 'huge'], /^--size .*quick.*full.*huge/u],
      [['--experiment', 'dimension', '--concepts', '4'], /--experiment has its own settings, so --concepts/u],
      [['--size', 'full'], /--size applies only to --experiment/u],
    ] as const)
      assert.throws(
        () => taskOf(...args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
  });

  it('do not override the settings of a preset or a file', () => {
    for (const key of settingKeys) {
      const { kind, flag } = settingOf(key);
      if (key === 'seed' || key === 'steps') continue;
      const args = ['--preset', 'fig2', kind === 'flag' ? flag : `${nameOf(key)}=1`];
      assert.throws(() => configOf(...args), /--preset has its own settings/u, flag);
    }
  });
});
