import { UserError } from '../errors';
import { basename, join } from 'node:path';
import { version } from '../../package.json';
import {
  createSimulatorMethods,
  type ReportSimulation,
  type SimulatorMethods,
} from '../engine/simulatorMethods';
import { stoppedExperimentText, stoppedText } from '../format/stoppedText';
import { npyFile } from '../export/npy';
import { simulationMatrices, type NamedMatrix } from '../export/simulationMatrices';
import { simulationTables } from '../export/simulationTables';
import { serializeSimulation, simulationFileEnding } from '../protocol/simulationFile';
import type { SimulationOutcome, SimulationTask } from '../protocol/simulationMessages';
import { experimentOf } from '../simulator/experiments/experiments';
import { meanAt, type ExperimentResult } from '../simulator/experiments/experimentPoints';
import { findingOf } from '../simulator/experiments/findingOf';
import type { SimulationResult } from '../simulator/training/averageRuns';
import type { PresetResult } from '../simulator/paper/presetResult';
import { onInterrupt } from './interrupt';
import { jsonText, type Output } from './output';
import { experimentText } from './text/experimentText';
import { presetText, simulationText } from './text/simulationText';
import { theoremsText } from './text/theoremsText';
import { writeResult } from './writeResult';

/** The script that the threads of a simulation run. */
const script = join(__dirname, 'simulator.js');

interface TaskOptions {
  readonly json: boolean;
  /** A `*.simulation.json` for the panel. */
  readonly save: string | null;
  /** Folders for tables and for matrices. */
  readonly csv: string | null;
  readonly npy: string | null;
  /** `null`: one per core. */
  readonly threads: number | null;
}

/** Runs a task of the simulator, writes its files and prints its result. @throws UserError for settings out of bounds */
export async function runTask(task: SimulationTask, options: TaskOptions, output: Output): Promise<void> {
  const { json, threads, npy } = options;
  if (npy !== null && task.kind !== 'simulation')
    throw new UserError(
      '--npy writes the tables f and g of a custom simulation; it cannot be used with a preset or an experiment.',
    );
  const methods = createSimulatorMethods({ script, threads, isLive: false });
  const report: ReportSimulation = ({ message, fraction }) => {
    output.progress(message, fraction);
  };
  // What is computed by then is kept, as with Stop in the panel.
  const release = onInterrupt(() => methods.control('stop', report));
  try {
    const outcome = await methods.run(task, report);
    const matrices = npy === null ? [] : await matricesOf(outcome, methods, report);
    output.progress(null);
    await writeFiles(options, outcome, matrices);
    output.print(json ? jsonText({ schema: 1, ...plainOutcome(outcome) }) : textOf(outcome));
    if (release()) output.note(stoppedNote(outcome));
  } finally {
    release();
    output.progress(null);
  }
}

/** What is kept of a task that Ctrl+C stopped. */
function stoppedNote(outcome: SimulationOutcome): string {
  if (outcome.kind === 'simulation') {
    const extent = stoppedText(outcome.result);
    if (extent !== undefined) return `The simulation was ${extent}.`;
  }
  if (outcome.kind === 'experiment') {
    const extent = stoppedExperimentText(outcome.result);
    if (extent !== undefined) return `The experiment was ${extent}.`;
  }
  return 'Stopped. Completed results are kept.';
}

/** Matrices of the first run. It is repeated to get f and g, with the same numbers. */
async function matricesOf(
  outcome: SimulationOutcome,
  methods: SimulatorMethods,
  report: ReportSimulation,
): Promise<NamedMatrix[]> {
  if (outcome.kind !== 'simulation') return [];
  const { config, runs } = outcome.result;
  const first = runs[0]!;
  return simulationMatrices(first, await methods.tables({ ...config, seed: first.seed }, report));
}

async function writeFiles(
  { save, csv, npy }: TaskOptions,
  outcome: SimulationOutcome,
  matrices: readonly NamedMatrix[],
): Promise<void> {
  if (save !== null) {
    const name = basename(save, simulationFileEnding);
    await writeResult(save, serializeSimulation({ name, outcome }, version));
  }
  if (csv !== null)
    for (const { name, text } of simulationTables(outcome)) await writeResult(join(csv, name), text);
  if (npy !== null)
    for (const { name, values } of matrices) await writeResult(join(npy, `${name}.npy`), npyFile(values));
}

function textOf(outcome: SimulationOutcome): string {
  switch (outcome.kind) {
    case 'simulation':
      return simulationText(outcome.result);
    case 'preset':
      return presetText(outcome.result);
    case 'experiment':
      return experimentText(outcome.result);
    case 'theorems':
      return theoremsText(outcome.checks);
  }
}

function plainOutcome(outcome: SimulationOutcome): object {
  switch (outcome.kind) {
    case 'simulation':
      return withoutMoments(outcome.result);
    case 'preset':
      return plainPreset(outcome.result);
    case 'experiment':
      return plainExperiment(outcome.result);
    case 'theorems':
      return { seed: outcome.seed, checks: outcome.checks };
  }
}

/** The panel's pictures of a run over its steps are in the file of `--save`. */
function withoutMoments(result: SimulationResult): object {
  const runs = result.runs.map((run) =>
    Object.fromEntries(Object.entries(run).filter(([key]) => key !== 'moments')),
  );
  return { ...result, runs };
}

function plainExperiment(result: ExperimentResult): object {
  const { question, prediction, measures } = experimentOf(result.experiment, result.size);
  const points = result.points.map((point) => ({
    ...point,
    ...Object.fromEntries(measures.map((measure) => [measure, meanAt(point, measure)])),
  }));
  return { ...result, question, prediction, finding: findingOf(result), points };
}

function plainPreset({ preset, quick, figure, rows }: PresetResult): object {
  const flat = rows.map(({ label, result, comparison }) => ({ label, ...result, comparison }));
  return { preset, quick, ...figure, rows: flat };
}
