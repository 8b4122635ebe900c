import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { textsIn } from '../../../scripts/translations/sourceTexts';
import { checkConfig } from '../../../src/simulator/config/checkConfig';
import { checkMemory } from '../../../src/simulator/training/chooseKernel';
import { measureNames } from '../../../src/simulator/config/measureNames';
import { compareWithPaper, paperCurve, paperMap } from '../../../src/simulator/paper/paperNumbers';
import { presetNames, presetOf, type PresetRow } from '../../../src/simulator/paper/presets';
import { averageRuns } from '../../../src/simulator/training/averageRuns';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { runSimulation, type RunResult } from '../../../src/simulator/training/runSimulation';
import { createWorld } from '../../../src/simulator/world/world';
import { inRoot } from '../../support/places';

/** The specification that the tables were copied from, next to the repository. */
const specification = inRoot('..', 'shared', 'reference', 'paper.md');

/** The labels of rows that have a translation; formulas need none. */
const words = textsIn(readFileSync(inRoot('src', 'format', 'paperWords.ts'), 'utf8'), '');

function rowOf(name: (typeof presetNames)[number], label: string): PresetRow {
  const found = presetOf(name, false, 0).rows.find((row) => row.label === label);
  assert.ok(found, `${name} has no row ${label}`);
  return found;
}

function meansOf({ paper }: PresetRow): number[] {
  return measureNames.map((measure) => paper![measure].mean);
}

function errorsOf({ paper }: PresetRow): (number | null)[] {
  return measureNames.map((measure) => paper![measure].standardError);
}

describe('presets of the simulator', () => {
  for (const name of presetNames)
    it(`${name} can be run, is smaller if quick, and keeps its settings`, () => {
      const [quick, full] = [presetOf(name, true, 5), presetOf(name, false, 5)];
      assert.deepEqual(
        quick.rows.map(({ label }) => label),
        full.rows.map(({ label }) => label),
      );
      for (const { label } of full.rows)
        assert.ok(/^m=|^\{/u.test(label) || words.includes(label), `${label} is not in paperWords.ts`);
      full.rows.forEach(({ config, runs, paper }, i) => {
        const small = quick.rows[i]!;
        for (const row of [small, full.rows[i]!]) {
          checkConfig(row.config);
          checkMemory(row.config);
          assert.ok(row.runs >= 1 && row.config.seed === 5);
        }
        assert.ok(small.runs * small.config.steps <= runs * config.steps);
        assert.deepEqual({ ...small.config, steps: 0 }, { ...config, steps: 0 });
        assert.deepEqual(small.paper, paper);
      });
      const work = (rows: readonly PresetRow[]): number =>
        rows.reduce((sum, { runs, config }) => sum + runs * config.steps, 0);
      // Figure 2 always consists of three small runs.
      if (name !== 'fig2') assert.ok(work(quick.rows) < work(full.rows));
    });

  it('create worlds of the stated size', () => {
    const [fifty, few] = [rowOf('table3', '50 masks').config, rowOf('table4', 'm=10').config];
    assert.equal(new Set(createWorld(fifty).known).size, 50);
    const world = createWorld(few);
    assert.equal(world.tokens.length, 716);
    assert.equal(new Set(world.known).size, 100);
    assert.equal(createWorld(rowOf('fig2', '{00⋄, 01⋄, 10⋄, 11⋄}').config).weights.length, 4);
    assert.deepEqual(
      presetOf('fig6', false, 0).rows.map(({ config }) => [config.concepts, config.dimension]),
      [
        [7, 5],
        [7, 6],
        [7, 7],
        [10, 8],
        [10, 9],
        [10, 10],
      ],
    );
  });

  it('train like the paper, with the same number of runs', () => {
    for (const [name, optimizer, rate] of [
      ['table1', 'sgd', 0.1],
      ['table2', 'adam', 0.001],
    ] as const) {
      const { rows } = presetOf(name, false, 0);
      assert.deepEqual(
        rows.map(({ runs, config }) => [config.concepts, runs]),
        [
          [3, 100],
          [4, 100],
          [5, 50],
          [6, 20],
          [7, 10],
        ],
      );
      for (const { config } of rows) {
        assert.deepEqual([config.optimizer, config.learningRate, config.batch], [optimizer, rate, 100]);
        assert.deepEqual([config.conditionals, config.dimension], [[0.3, 0.7], null]);
        if (optimizer === 'adam') assert.equal(config.steps, 50_000);
      }
    }
  });

  it('have the numbers of the paper', function () {
    if (!existsSync(specification)) return this.skip();
    const text = readFileSync(specification, 'utf8');
    const section = (from: string): string => text.slice(text.indexOf(from)).split('\n\n')[0]!;
    for (const [name, title] of [
      ['table1', '**Table 1,'],
      ['table2', '**Table 2,'],
    ] as const) {
      const lines = [...section(title).matchAll(/^\| (\d) \| (.+) \|$/gmu)];
      assert.equal(lines.length, 5);
      for (const [, m, cells] of lines) {
        const row = rowOf(name, `m=${m!}`);
        const numbers = cells!.split(' | ').map((cell) => cell.split(' ± ').map(Number));
        assert.deepEqual(
          meansOf(row),
          numbers.map(([mean]) => mean),
        );
        assert.deepEqual(
          errorsOf(row),
          numbers.map(([, error]) => error),
        );
      }
    }
    const slashed = (line: string, label: string, name: (typeof presetNames)[number], key = label): void => {
      const found = new RegExp(`${label} ((?:\\.\\d+/?){3})`, 'u').exec(line);
      assert.ok(found, `${label} in ${line}`);
      assert.deepEqual(meansOf(rowOf(name, key)), found[1]!.split('/').map(Number));
    };
    slashed(section('**Table 3,'), '50 masks', 'table3');
    slashed(section('**Table 3,'), '100 masks', 'table3');
    slashed(section('**Table 4,'), 'm=10', 'table4');
    slashed(section('**Table 4,'), 'm=12', 'table4');
    const [seven, ten] = section('**Fig. 6,').split('m=10') as [string, string];
    for (const k of [5, 6, 7]) slashed(seven, `k=${k}`, 'fig6', `m=7, k=${k}`);
    for (const k of [8, 9, 10]) slashed(ten, `k=${k}`, 'fig6', `m=10, k=${k}`);
    // The first is the start of the training, with zeros.
    const curve = section('**Fig. 5,').matchAll(/\d+: (\d\.\d+), (\.\d+)\/(\.\d+)\/(\.\d+)/gu);
    const points = [...curve].map(([, ...numbers]) => numbers.map(Number));
    // The first is the start of the training.
    assert.deepEqual(
      points,
      paperCurve.map(({ loss, u, e, ue }) => [loss, u, e, ue]),
    );
    assert.ok(section('**Fig. 7a').includes('diagonal .87–.98, off-diagonal −.04…+.07, mean |·| .016'));
    assert.deepEqual(paperMap, { diagonal: [0.87, 0.98], offDiagonal: [-0.04, 0.07], meanAbsolute: 0.016 });
  });

  it('compare in units of the combined standard error', () => {
    const run = (u: number): RunResult => ({ ...runSimulation({ ...defaultSimulation, steps: 0 }), u });
    const result = averageRuns(defaultSimulation, [run(0.9), run(0.94), run(0.98)]);
    const { u } = compareWithPaper(rowOf('table2', 'm=3').paper!, result);
    const error = Math.sqrt(0.04 ** 2 / 3);
    assert.ok(Math.abs(u.ours.mean - 0.94) < 1e-12 && Math.abs(u.ours.standardError! - error) < 1e-12);
    assert.ok(Math.abs(u.difference - 0.03) < 1e-12);
    assert.ok(Math.abs(u.inStandardErrors! - 0.03 / Math.hypot(error, 0.015)) < 1e-9);
    const alone = compareWithPaper(
      rowOf('fig6', 'm=7, k=5').paper!,
      averageRuns(defaultSimulation, [run(0.9)]),
    );
    assert.equal(alone.u.inStandardErrors, null);
    assert.equal(alone.u.ours.standardError, null);
  });
});
