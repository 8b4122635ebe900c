import assert from 'node:assert/strict';
import * as v from 'valibot';
import { settingText } from '../../../src/format/settingText';
import { UserError } from '../../../src/errors';
import { isSettingValue, simulationConfigSchema } from '../../../src/protocol/simulationSchema';
import { checkConfig } from '../../../src/simulator/config/checkConfig';
import { settingLayout } from '../../../src/simulator/config/settingTable';
import {
  defaultSimulation,
  isUsed,
  settingKeys,
  settingOf,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';
import { randomSource } from '../../../src/geometry/random';

const random = randomSource(0, 0);
const between = (least: number, most: number) => least + (most - least) * random.uniform();

/** Why a config is rejected, or `null`. */
function refusal(change: object): string | null {
  try {
    checkConfig({ ...defaultSimulation, ...change });
    return null;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }
}

/** Settings that files of earlier versions lack. */
const later = [
  'weightDecay',
  'loss',
  'learner',
  'hiddenWidth',
  'activation',
  'tied',
  'dependence',
  'pointMasses',
];

describe('the table of settings', () => {
  it('has defaults that are settings of their kind and within their bounds', () => {
    assert.equal(refusal({}), null);
    assert.deepEqual(v.parse(simulationConfigSchema, defaultSimulation), defaultSimulation);
    assert.deepEqual(Object.keys(simulationConfigSchema.entries), settingKeys);
  });

  it('bounds numbers, both ends included', () => {
    for (const key of settingKeys) {
      const setting = settingOf(key);
      if (!('bounds' in setting) || setting.kind === 'range') continue;
      for (const concepts of key === 'concepts' ? [3] : [6, 9, 14]) {
        const room = { concepts, contexts: null };
        const [least, most] = (setting.bounds ?? [-(2 ** 53) + 1, 2 ** 53 - 1]).map((bound) =>
          bound === '2^m' ? 2 ** concepts : bound,
        ) as [number, number];
        const isWhole: boolean = setting.kind === 'count' || setting.isWhole;
        const inside = Array.from({ length: 20 }, () => between(least, most));
        const allowed: number[] = [least, most, ...(isWhole ? inside.map(Math.round) : inside)];
        for (const value of allowed)
          assert.equal(refusal({ ...room, [key]: value }), null, `${key} = ${value}`);
        const step = isWhole ? 1 : 1e-9;
        const outside = [
          least - step,
          most + step,
          NaN,
          Infinity,
          -Infinity,
          ...(isWhole ? [Math.max(least, 0) + 0.5] : []),
        ];
        for (const value of outside) {
          const sentence = refusal({ ...room, [key]: value }) ?? '';
          const name = setting.noun ?? setting.label.toLowerCase();
          assert.ok(sentence.startsWith(`The ${name} needs a `), `${key} = ${value}: ${sentence}`);
          assert.ok(sentence.endsWith(`not ${value}.`), sentence);
          if (setting.bounds !== null) assert.match(sentence, new RegExp(`from ${least} to ${most},`, 'u'));
        }
      }
    }
  });

  it('bounds ranges', () => {
    for (const key of settingKeys) {
      const setting = settingOf(key);
      if (setting.kind !== 'range') continue;
      const [least, most] = setting.bounds;
      for (let draw = 0; draw < 50; draw++) {
        const [low, high] = [between(least - 0.5, most + 0.5), between(least - 0.5, most + 0.5)];
        const isRight = least <= low && low <= high && high <= most;
        assert.equal(refusal({ [key]: [low, high] }) === null, isRight, `${low}, ${high}`);
      }
      for (const ends of [setting.bounds, [least, least], [most, most]])
        assert.equal(refusal({ [key]: ends }), null, String(ends));
    }
  });

  it('offers its choices and no others', () => {
    for (const key of settingKeys) {
      const setting = settingOf(key);
      if (setting.kind !== 'choice') continue;
      for (const choice of Object.keys(setting.choices)) assert.equal(refusal({ [key]: choice }), null);
      const sentence = refusal({ [key]: 'magic' }) ?? '';
      assert.ok(sentence.startsWith(`The ${setting.label.toLowerCase()} is one of `), sentence);
      assert.ok(!isSettingValue(key, 'magic') && !isSettingValue(key, 'toString'), key);
    }
  });

  it('rejects settings that contradict each other', () => {
    assert.match(
      refusal({ concepts: 2, dimension: 5 }) ?? '',
      /dimension of 5 is more than the 4 tokens of 2/u,
    );
    assert.match(refusal({ masks: 2, contexts: ['0**'] }) ?? '', /2 random masks or 1 contexts, not both/u);
    assert.equal(refusal({ contexts: [] }), 'The list of contexts is empty.');
  });

  it('has a schema that distinguishes the kinds of values', () => {
    const values = {
      number: 3,
      all: 'all',
      text: 'magic',
      flag: true,
      null: null,
      pair: [0.25, 0.5],
      edges: [[0, 1]],
      contexts: ['0⋄⋄'],
      object: {},
      NaN,
    } as const;
    type Name = keyof typeof values;
    const accepted: Readonly<Record<string, readonly Name[]>> = {
      number: ['number'],
      optional: ['number', 'null'],
      count: ['number', 'all'],
      range: ['pair'],
      flag: ['flag'],
      choice: [],
      edges: ['null', 'edges'],
      contexts: ['null', 'contexts'],
    };
    for (const key of settingKeys) {
      const right = (Object.keys(values) as Name[]).filter((name) => isSettingValue(key, values[name]));
      assert.deepEqual(right, accepted[settingOf(key).kind], key);
      const isOptional = later.includes(key);
      assert.equal(v.is(simulationConfigSchema, { ...defaultSimulation, [key]: undefined }), isOptional, key);
    }
  });

  it('names other settings only if they have such values', () => {
    for (const key of settingKeys) {
      for (const [other, with_] of Object.entries(settingOf(key).usedWith ?? {})) {
        const known = settingKeys.find((one) => one === other);
        assert.ok(known, `${key} is used with ${other}`);
        for (const value of with_) assert.ok(isSettingValue(known, value), `${other} = ${String(value)}`);
      }
    }
    const used = (change: Partial<SimulationConfig>) =>
      isUsed('momentum', { ...defaultSimulation, ...change });
    assert.deepEqual([used({}), used({ optimizer: 'momentum' })], [false, true]);
    assert.ok(!isUsed('edgeProbability', { ...defaultSimulation, edges: [] }));
  });

  it('places every setting in the panel once, except for the edges, which are drawn', () => {
    const placed = ['edges', ...Object.values(settingLayout).flat()];
    assert.deepEqual(placed.toSorted(), settingKeys.toSorted());
  });

  it('has labels, options and explanations of its own for every setting', () => {
    const settings = settingKeys.map(settingOf);
    for (const { help } of settings) assert.match(help, /^[A-Z].{14,}[^.]$/u);
    for (const { flag, kind } of settings)
      assert.match(flag, kind === 'flag' || kind === 'choice' ? /^--[a-z-]+$/u : /^--[a-z-]+ \S+$/u);
    for (const of of ['label', 'flag', 'help'] as const)
      assert.equal(new Set(settings.map((setting) => setting[of])).size, settings.length, of);
  });

  it('formats different values differently', () => {
    const text = (key: keyof SimulationConfig, change: Partial<SimulationConfig> = {}) =>
      settingText(key, { ...defaultSimulation, ...change });
    assert.deepEqual(
      [text('steps'), text('optimizer'), text('bias'), text('masks'), text('conditionals'), text('contexts')],
      ['30,000', 'SGD', 'no', 'all', '0.3 … 0.7', 'all'],
    );
    assert.deepEqual([text('edges'), text('edges', { edges: [] })], ['a random graph', 'none']);
    assert.equal(
      text('edges', {
        edges: [
          [0, 1],
          [1, 2],
        ],
      }),
      '0 → 1, 1 → 2',
    );
    assert.equal(text('dimension'), text('dimension', { dimension: 3 }));
    assert.equal(text('learningRate', { learningRate: 0.00015 }), '0.00015');
    assert.equal(text('seed', { seed: 123456 }), '123456');
  });
});
