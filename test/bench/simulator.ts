import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineClient } from '../../src/engine/engineClient';
import type { SimulationProgress, SimulatorCalls } from '../../src/protocol/simulationMessages';
import { mostConcepts } from '../../src/simulator/config/settingTable';
import { defaultSimulation } from '../../src/simulator/config/simulationConfig';
import { TrainingRun } from '../../src/simulator/training/trainingRun';
import { median, table, timed } from './timing';
import { torchPython, torchVersion } from './torchProcess';
import { inRoot } from '../support/places';

/*
 * Measures the simulator, compared with a PyTorch loop that does the same sampled step on one thread. Run `npx tsx
 * test/bench/simulator.ts`; `--tables` also runs all of Table 1 of the paper, which takes minutes; `--growth` only shows
 * how the cost grows with the number of concepts.
 */

const dist = inRoot('dist');
const memoryHook = pathToFileURL(join(__dirname, 'peakMemory.mjs')).href;
const batch = 100;
/** Concepts, steps per measurement of the simulator and of PyTorch, and the target speedup over PyTorch. */
const cases = [
  { concepts: 3, steps: 40_000, torchSteps: 4_000, target: 10 },
  { concepts: 5, steps: 20_000, torchSteps: 4_000, target: null },
  { concepts: 7, steps: 10_000, torchSteps: 3_000, target: 3.5 },
  { concepts: 10, steps: 1_500, torchSteps: 600, target: 3 },
] as const;
const rounds = 5;
/** See torchSimulator.py. */
const torchStyles = ['usual', 'rows'] as const;

async function main(): Promise<void> {
  if (process.argv.includes('--growth')) {
    console.log(growth());
    return;
  }
  // They include tsx's hooks, which fork would pass on.
  process.execArgv.length = 0;
  const version = torchVersion();
  console.log(`Node ${process.version}; ${version ?? 'no PyTorch: its columns are left out'}, one thread`);
  console.log(stepTable(version !== null));
  console.log(
    table(
      ['whole processes', 'measured', 'target'],
      [cores(), ...(await watching()), ...memory(), ...(process.argv.includes('--tables') ? tables() : [])],
    ),
  );
}

/** Medians of alternating rounds, so that other load on the machine affects both. */
function stepTable(hasTorch: boolean): string {
  const rows = cases.map(({ concepts, steps, torchSteps, target }) => {
    const run = new TrainingRun({ ...defaultSimulation, concepts, batch });
    run.advance(steps / 4);
    const ours: number[] = [];
    const theirs = torchStyles.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      ours.push(
        timed(() => {
          run.advance(steps);
        }).seconds / steps,
      );
      if (!hasTorch) continue;
      torchStyles.forEach((style, i) => theirs[i]!.push(torchSeconds(style, concepts, torchSteps)));
    }
    const own = median(ours);
    const us = (seconds: number): string => `${(seconds * 1e6).toFixed(1)} µs`;
    return [
      `m=${concepts}`,
      us(own),
      ...theirs.flatMap((times) =>
        hasTorch ? [us(median(times)), `${(median(times) / own).toFixed(1)} ×`] : ['', ''],
      ),
      target === null ? '' : `${target} ×`,
    ];
  });
  return table(
    [
      'one SGD step, batch 100',
      'ours',
      ...torchStyles.flatMap((style) => [`PyTorch, ${style}`, '÷ ours']),
      'target',
    ],
    rows,
  );
}

function torchSeconds(style: string, concepts: number, steps: number): number {
  const script = join(__dirname, 'torchSimulator.py');
  const args = [script, style, `${concepts}`, `${steps}`, `${batch}`, `${defaultSimulation.learningRate}`];
  const { status, stdout, stderr } = spawnSync(torchPython, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`torchSimulator.py failed: ${stderr}`);
  return (JSON.parse(stdout) as { seconds: number }).seconds;
}

/** Runs `concept-probe simulate` in a separate process. @returns its peak memory in bytes */
function simulate(...args: string[]): number {
  const command = ['--import', memoryHook, join(dist, 'cli.js'), 'simulate', ...args, '--json'];
  const stdio = ['ignore', 'pipe', 'inherit', 'pipe'] as const;
  const { status, output } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: [...stdio],
  });
  if (status !== 0) throw new Error(`simulate ${args.join(' ')} failed.`);
  return Number(output[3]);
}

/** The time per step and a process's memory, for each supported number of concepts. */
function growth(): string {
  const rows = Array.from({ length: mostConcepts - 1 }, (_, i) => i + 2).map((concepts) => {
    const run = new TrainingRun({ ...defaultSimulation, concepts, batch });
    const steps = Math.max(20, Math.round(400_000 / 2 ** concepts));
    run.advance(steps);
    const seconds = median(
      [1, 2, 3, 4, 5].map(
        () =>
          timed(() => {
            run.advance(steps);
          }).seconds,
      ),
    );
    const bytes = simulate('--concepts', `${concepts}`, '--steps', '20');
    return [
      `m=${concepts}`,
      String(2 ** concepts),
      (3 ** concepts).toLocaleString('en-US'),
      `${((seconds / steps) * 1e6).toFixed(1)} µs`,
      `${Math.round(bytes / 1e6)} MB`,
    ];
  });
  return table(['concepts', 'tokens', 'contexts', 'one step', 'peak memory of a process'], rows);
}

/** Runs of the same length on two threads and on one. */
function cores(): string[] {
  const args = ['--concepts', '7', '--steps', '60000', '--runs', '4'];
  const seconds = (threads: number): number =>
    median([1, 2, 3].map(() => timed(() => simulate(...args, '--threads', `${threads}`)).seconds));
  const [one, two] = [seconds(1), seconds(2)];
  return ['4 runs, m=7: one thread ÷ two', `${(one / two).toFixed(2)} ×`, '1.8 ×'];
}

/** The same run with and without an observer, in the process that the panel uses. */
async function watching(): Promise<string[][]> {
  const client = new EngineClient<SimulatorCalls, SimulationProgress>(
    join(dist, 'simulator.js'),
    console.error,
  );
  const rows: string[][] = [];
  for (const [concepts, steps] of [
    [3, 1_000_000],
    [7, 150_000],
    [10, 15_000],
  ] as const) {
    const config = { ...defaultSimulation, concepts, steps, curvePoints: 1 };
    const watched: number[] = [];
    const alone: number[] = [];
    let updates = 0;
    for (let round = 0; round < 3; round++) {
      let last = -1;
      const start = performance.now();
      await client.call(
        'run',
        { kind: 'simulation', config, runs: 1 },
        {
          onProgress: ({ live }) => {
            if (live && live.step !== last) {
              last = live.step;
              updates++;
            }
          },
        },
      );
      watched.push((performance.now() - start) / 1000);
      const unwatched = performance.now();
      await client.call('tables', config);
      alone.push((performance.now() - unwatched) / 1000);
    }
    const [with_, without] = [median(watched), median(alone)];
    const rate = updates / watched.reduce((sum, seconds) => sum + seconds, 0);
    rows.push([`m=${concepts}, watched: pictures a second`, rate.toFixed(1), '10']);
    rows.push([`m=${concepts}, watched: slower by`, `${(100 * (with_ / without - 1)).toFixed(1)} %`, '5 %']);
  }
  client.dispose();
  return rows;
}

function memory(): string[][] {
  return [10, 12].map((concepts) => {
    const bytes = simulate('--concepts', `${concepts}`, '--steps', '300');
    return [
      `m=${concepts}, one run: peak memory`,
      `${Math.round(bytes / 1e6)} MB`,
      concepts === 12 ? '300 MB' : '',
    ];
  });
}

function tables(): string[][] {
  const quick = timed(() => simulate('--preset', 'table1', '--quick')).seconds;
  const full = timed(() => simulate('--preset', 'table1')).seconds;
  return [
    ['Table 1, quick', `${quick.toFixed(0)} s`, '30 s'],
    ['Table 1, whole', `${full.toFixed(0)} s`, '300 s'],
  ];
}

void main();
