import assert from 'node:assert/strict';
import { simulationTables } from '../../../src/export/simulationTables';
import { simulationMatrices } from '../../../src/export/simulationMatrices';
import { readFromPanel } from '../../../src/protocol/fromPanel';
import { liveObserver } from '../../../src/engine/liveObserver';
import { stoppedExperimentText, stoppedText } from '../../../src/format/stoppedText';
import { parseSimulation, serializeSimulation } from '../../../src/protocol/simulationFile';
import type { LiveRun, SimulationOutcome } from '../../../src/protocol/simulationMessages';
import { taskOf } from '../../../src/protocol/taskOf';
import { averageRuns, configsOfRuns } from '../../../src/simulator/training/averageRuns';
import { experimentResult, plannedPoints } from '../../../src/simulator/experiments/experimentResult';
import { chosenPreset, presetResult } from '../../../src/simulator/paper/presetResult';
import { configsOf } from '../../../src/simulator/training/repeatedRuns';
import { finishRun, runSimulation } from '../../../src/simulator/training/runSimulation';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';

const config = { ...defaultSimulation, steps: 300, curvePoints: 4, edges: [[0, 2]] as const, seed: 3 };
const simulation = {
  kind: 'simulation' as const,
  result: averageRuns(
    config,
    configsOfRuns(config, 2).map((one) => runSimulation(one)),
  ),
};
const choice = { preset: 'fig2', quick: true, seed: 5, runs: null, steps: 100 } as const;
const figure = chosenPreset(choice);
const preset: SimulationOutcome = {
  kind: 'preset',
  result: presetResult(
    figure,
    true,
    configsOf(figure.rows).map((one) => runSimulation(one)),
  ),
};
const experimentChoice = { experiment: 'dimension', size: 'quick', seed: 5, runs: 1, steps: 3 } as const;
const experimentRuns = configsOf(plannedPoints(experimentChoice)).map((one) => runSimulation(one));
const experiment = {
  kind: 'experiment' as const,
  result: experimentResult(experimentChoice, experimentRuns),
};
const theorems: SimulationOutcome = {
  kind: 'theorems',
  seed: 2,
  checks: [
    {
      theorem: 'Theorem 0',
      prediction: 'p',
      measured: [{ name: 'a', value: NaN }],
      holds: false,
      verdict: 'v',
    },
  ],
};

describe('simulation files', () => {
  for (const outcome of [simulation, preset, experiment, theorems]) {
    it(`are read back unchanged: ${outcome.kind}`, () => {
      const file = { name: 'Mine, “quoted”', outcome };
      assert.deepEqual(parseSimulation(serializeSimulation(file, '1.2.3'), 'a.simulation.json'), file);
    });
  }

  it('of earlier versions, without later settings, are those of a run with their defaults', () => {
    const file = { name: 'n', outcome: simulation };
    const text = serializeSimulation(file, '1');
    const earlier = text.replace(
      /\s*"(?:weightDecay|loss|learner|hiddenWidth|activation|tied)": (?:\d+|false|"\w+"),/gu,
      '',
    );
    for (const key of [
      'weightDecay": 0',
      'loss": "softmax"',
      'learner": "table"',
      'hiddenWidth": 64',
      'tied": false',
    ])
      assert.ok(!earlier.includes(key) && text.includes(key), key);
    assert.deepEqual(parseSimulation(earlier, 'a.simulation.json'), file);
  });

  it('keep NaN, which JSON does not have', () => {
    const alone = {
      kind: 'simulation',
      result: averageRuns(config, simulation.result.runs.slice(0, 1)),
    } as const;
    const { outcome } = parseSimulation(serializeSimulation({ name: '', outcome: alone }, '1'), 'a');
    assert.ok(outcome.kind === 'simulation' && Number.isNaN(outcome.result.standardError.u));
  });

  it('are written for people: short values on a line of their own, and large files on one line', () => {
    const lines = serializeSimulation({ name: 'n', outcome: simulation }, '1').split('\n');
    assert.deepEqual(lines.slice(0, 3), ['{', '  "format": "concept-probe simulation",', '  "version": 1,']);
    assert.ok(Math.max(...lines.map((line) => line.length)) < 400);
    const [first] = simulation.result.runs;
    const runs = Array.from({ length: 600 }, () => first!);
    const large = { kind: 'simulation', result: averageRuns(config, runs) } as const;
    assert.equal(serializeSimulation({ name: 'n', outcome: large }, '1').split('\n').length, 2);
  });

  it('keep moments of a run: the same whatever observes it, and never more than 50,000 numbers', () => {
    const whole = runSimulation(config, undefined, true);
    const observer = { pieceOf: () => 7, goesOn: () => true };
    assert.deepEqual(runSimulation(config, observer, true), whole);
    assert.deepEqual(
      whole.moments!.map(({ step }) => step),
      [0, 75, 150, 225, 300],
    );
    const half = runSimulation({ ...config, steps: 150, curvePoints: 2 });
    const [a, b] = [whole.moments![2]!.maps.cross[0]![1]!, half.maps.cross[0]![1]!];
    assert.ok(Math.abs(a - b) < 1e-5);
    const many = runSimulation({ ...config, steps: 3000, curvePoints: 3000 }, undefined, true);
    assert.equal(many.moments!.length, Math.ceil(3001 / Math.ceil(3001 / Math.floor(50_000 / (27 + 24)))));
    const outcome = { kind: 'simulation', result: averageRuns(config, [whole]) } as const;
    const file = { name: 'n', outcome };
    const { outcome: read } = parseSimulation(serializeSimulation(file, '1'), 'a');
    assert.ok(read.kind === 'simulation');
    assert.deepEqual(read.result.runs, [whole]);
  });

  it('say how far a stopped simulation came', () => {
    const { result } = simulation;
    assert.equal(stoppedText(result), undefined);
    const { result: points } = experiment;
    assert.equal(stoppedExperimentText(points), undefined);
    const some = { ...points, points: points.points.slice(0, 3), planned: 32 };
    assert.equal(stoppedExperimentText(some), 'stopped after 3 of 32 points');
    const stopped = (
      planned: { steps: number; runs: number },
      runs: typeof result.runs = result.runs.slice(0, 1),
    ) => stoppedText({ ...result, runs, planned });
    assert.equal(stopped({ steps: 20_000, runs: 1 }), 'stopped at step 300 of 20,000');
    assert.equal(stopped({ steps: 20_000, runs: 9 }), 'stopped at step 300 of 20,000 in the first of 9 runs');
    assert.equal(stopped({ steps: 300, runs: 9 }, result.runs), 'stopped after 2 of 9 runs');
  });

  it('are reproduced by their task', () => {
    assert.deepEqual(taskOf(simulation), { kind: 'simulation', config, runs: 2 });
    assert.deepEqual(taskOf(preset), { ...choice, kind: 'preset' });
    assert.deepEqual(taskOf(experiment), { kind: 'experiment', ...experimentChoice });
    assert.deepEqual(taskOf(theorems), { kind: 'theorems', seed: 2 });
  });

  it('are reproduced with the changes to a preset, and nothing else', () => {
    for (const changes of [
      { runs: 1, steps: 20 },
      { runs: 2, steps: 10 },
      { runs: null, steps: 5 },
    ]) {
      const wanted = { preset: 'table1', quick: true, seed: 1, ...changes } as const;
      const table = chosenPreset(wanted);
      const results = configsOf(table.rows).map((one) => ({
        ...simulation.result.runs[0]!,
        steps: one.steps,
      }));
      const result = presetResult(table, true, results);
      assert.deepEqual(taskOf({ kind: 'preset', result }), { kind: 'preset', ...wanted });
    }
  });

  it('of a stopped preset have its complete rows', () => {
    const run = simulation.result.runs[0]!;
    const results = [{ ...run, steps: 100 }, { ...run, steps: 99 }, undefined];
    assert.deepEqual(
      presetResult(figure, true, results).rows.map(({ label }) => label),
      [figure.rows[0]!.label],
    );
    assert.throws(() => presetResult(figure, true, results.slice(1)), /The task was stopped before a row/u);
  });

  const text = serializeSimulation({ name: 'n', outcome: theorems }, '1');
  for (const [what, changed, sentence] of [
    ['no JSON', text.slice(1), /^a\.simulation\.json is not valid JSON/u],
    ['another file', '{"format":"concepts"}', /^a\.simulation\.json is not a Concept Probe simulation/u],
    [
      'a newer version',
      text.replace('"version": 1', '"version": 2'),
      /has version 2, and this .* up to 1; update/u,
    ],
    ['a part that is wrong', text.replace(/"holds": ?false/u, '"holds": 1'), /outcome\.checks\.0\.holds/u],
  ] as const) {
    it(`are rejected in one sentence: ${what}`, () => {
      assert.throws(() => parseSimulation(changed, 'a.simulation.json'), {
        name: 'UserError',
        message: sentence,
      });
    });
  }
});

describe('simulations as tables', () => {
  const table = (outcome: SimulationOutcome, name: string): string[][] => {
    const file = simulationTables(outcome).find((one) => one.name === name);
    assert.ok(
      file,
      `${name} of ${simulationTables(outcome)
        .map((one) => one.name)
        .join()}`,
    );
    return file.text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
  };

  it('have every point of every curve', () => {
    const [head, ...rows] = table(simulation, 'simulation.curves.csv');
    assert.equal(rows.length, 2 * 5);
    const { curve, seed } = simulation.result.runs[1]!;
    const last = Object.fromEntries(head!.map((name, at) => [name, Number(rows.at(-1)![at])]));
    assert.deepEqual(
      [last['seed'], last['step'], last['ue'], last['e C2']],
      [seed, 300, curve.at(-1)!.ue, curve.at(-1)!.perConcept.e[2]],
    );
  });

  it('have the settings, the runs, the concepts and the maps', () => {
    assert.deepEqual(
      table(simulation, 'simulation.config.csv').find(([name]) => name === 'curvePoints'),
      ['curvePoints', '4'],
    );
    assert.equal(table(simulation, 'simulation.runs.csv').length, 1 + 2);
    assert.equal(table(simulation, 'simulation.concepts.csv').length, 1 + 2 * 3);
    assert.equal(table(simulation, 'simulation.maps.csv').length, 1 + 2 * 3 * 3);
  });

  it('have the rows of a preset, and the measurements of theorems', () => {
    assert.equal(table(preset, 'fig2.csv').length, 1 + 3 * 3);
    assert.equal(table(preset, 'fig2.3.runs.csv').length, 1 + 1);
    assert.deepEqual(table(theorems, 'theorems.csv')[1], ['Theorem 0', 'a', '', 'does not hold']);
  });

  it('have the points of an experiment, and their runs', () => {
    const { points } = experiment.result;
    const [head, first, second] = table(experiment, 'dimension.csv');
    assert.deepEqual(head, ['m', 'k', 'runs', 'measure', 'mean', 'standard error']);
    assert.deepEqual(first, ['m=3', '1', '1', 'u', String(points[0]!.runs[0]!.u), '']);
    assert.equal(second![3], 'e');
    assert.equal(table(experiment, 'dimension.csv').length, 1 + 4 * points.length);
    assert.equal(table(experiment, 'dimension.runs.csv').length, 1 + points.length);
  });

  it('have matrices: f, g and the maps of a run', () => {
    const run = new TrainingRun(config);
    const result = finishRun(run);
    const matrices = simulationMatrices(result, { f: run.embeddings(), g: run.unembeddings() });
    assert.deepEqual(
      matrices.map(({ name, values }) => [name, values.rows, values.columns]),
      [
        ['f', 27, 3],
        ['g', 8, 3],
        ['map.unembedding', 3, 3],
        ['map.embedding', 3, 3],
        ['map.cross', 3, 3],
      ],
    );
    assert.equal(matrices[4]!.values.data[5], result.maps.cross[1]![2]);
  });
});

describe('a request of the panel to the simulator', () => {
  it('is accepted if it has the right shape', () => {
    for (const message of [
      { type: 'simulate', task: { kind: 'simulation', config, runs: 2 } },
      { type: 'simulate', task: { ...choice, kind: 'preset' } },
      { type: 'simulate', task: { ...experimentChoice, kind: 'experiment' } },
      { type: 'simulate', task: { kind: 'theorems', seed: 1 } },
      { type: 'simulation', action: 'pause' },
      { type: 'savedSimulation', id: 'x', action: 'npy' },
    ])
      assert.deepEqual(readFromPanel(message), message);
  });

  it('is ignored otherwise', () => {
    for (const message of [
      { type: 'simulate', task: { kind: 'simulation', config: { ...config, optimizer: 'rprop' }, runs: 2 } },
      { type: 'simulate', task: { kind: 'simulation', config: { ...config, steps: '3' }, runs: 2 } },
      { type: 'simulate', task: { ...experimentChoice, kind: 'experiment', size: 'huge' } },
      { type: 'simulation', action: 'explode' },
      { type: 'savedSimulation', id: 'x', action: 'run' },
    ])
      assert.equal(readFromPanel(message), undefined);
  });
});

describe('a simulation with an observer', () => {
  it('has the same numbers, however it is divided', () => {
    let asked = 0;
    const watched = runSimulation(config, {
      pieceOf: (run) => 1 + (run.steps % 7),
      goesOn: (run) => {
        asked++;
        run.glance();
        return true;
      },
    });
    assert.deepEqual(watched, runSimulation(config));
    assert.ok(asked > 50);
  });

  it('is shown exactly, or nearly so if there is much to show', () => {
    const small = new TrainingRun(config);
    small.advance(300);
    const { u, loss, unembeddingMap } = small.snapshot();
    const glance = small.glance();
    assert.deepEqual([glance.u, glance.loss, glance.unembeddingMap], [u, loss, unembeddingMap]);
    const large = new TrainingRun({
      ...config,
      concepts: 8,
      edges: null,
      optimizer: 'adam',
      learningRate: 0.01,
    });
    large.advance(3_000);
    const [near, whole] = [large.glance(), large.snapshot()];
    assert.ok(whole.u > 0.3 && Math.abs(near.u - whole.u) < 0.02, `${near.u} for ${whole.u}`);
    assert.ok(Math.abs(near.loss / whole.loss - 1) < 0.01, `${near.loss} for ${whole.loss}`);
  });

  it('keeps an evenly spaced curve of a few hundred snapshots, however long it takes', () => {
    const now = performance.now.bind(performance);
    let clock = 0;
    performance.now = () => clock;
    try {
      let last: LiveRun | undefined;
      const observer = liveObserver(
        () => true,
        (live) => (last = live),
        () => undefined,
      );
      const run = new TrainingRun(config);
      for (let picture = 0; picture < 3_000; picture++) {
        observer.pieceOf(run);
        run.advance(1);
        clock += 100;
        observer.goesOn(run);
      }
      const steps = last!.curve.map(({ step }) => step);
      assert.ok(steps.length >= 150 && steps.length <= 400, `${steps.length} points`);
      assert.equal(steps[0], 1);
      assert.equal(steps.at(-1), 3_000);
      const gaps = steps.slice(1, -1).map((step, at) => step - steps[at]!);
      assert.deepEqual(new Set(gaps), new Set([gaps[0]]));
    } finally {
      performance.now = now;
    }
  });

  it('stops on request, with the results so far', () => {
    const stopped = runSimulation(config, { pieceOf: () => 40, goesOn: (run) => run.steps < 120 });
    assert.equal(stopped.steps, 150);
    const { curve } = runSimulation({ ...config, steps: 150, curvePoints: 1 });
    assert.deepEqual(stopped.curve.at(-1), curve.at(-1));
    assert.deepEqual(
      stopped.curve.map(({ step }) => step),
      [0, 75, 150],
    );
  });
});
