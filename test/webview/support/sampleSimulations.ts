import {
  type SavedSimulation,
  type LiveRun,
  type SimulatorState,
  emptySimulatorState,
} from '../../../src/protocol/simulationMessages';
import {
  averageRuns,
  configsOfRuns,
  type SimulationResult,
} from '../../../src/simulator/training/averageRuns';
import type { ExperimentChoice } from '../../../src/simulator/experiments/experimentPoints';
import { experimentResult, plannedPoints } from '../../../src/simulator/experiments/experimentResult';
import { experimentTitle } from '../../../src/simulator/experiments/experiments';
import { chosenPreset, presetResult } from '../../../src/simulator/paper/presetResult';
import { configsOf } from '../../../src/simulator/training/repeatedRuns';
import type { PresetName } from '../../../src/simulator/paper/presets';
import { curvePoint, mapsOf, pointsOf, runSimulation } from '../../../src/simulator/training/runSimulation';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { theoremChecks } from '../../../src/simulator/paper/theoremChecks';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';

/* Simulations as the extension sends them, created by the simulator itself. */

export const sampleConfig: SimulationConfig = { ...defaultSimulation, steps: 4_000, curvePoints: 20 };

export function sampleSimulation(change: Partial<SimulationConfig> = {}, runs = 1): SimulationResult {
  const config = { ...sampleConfig, ...change };
  return averageRuns(
    config,
    configsOfRuns(config, runs).map((one) => runSimulation(one, undefined, runs === 1)),
  );
}

export function savedSimulation(
  id: string,
  change: Partial<SimulationConfig> = {},
  runs = 1,
  more: Partial<SavedSimulation> = {},
): SavedSimulation {
  const result = sampleSimulation(change, runs);
  return { id, name: `Simulation ${id}`, file: null, outcome: { kind: 'simulation', result }, ...more };
}

/** A preset with so few steps that it takes almost no time; its numbers are far from the paper's. */
export function savedPreset(id: string, name: PresetName, steps = 300, runs = 2): SavedSimulation {
  const preset = chosenPreset({ preset: name, quick: true, seed: 0, runs, steps });
  const results = configsOf(preset.rows).map((config) => runSimulation(config));
  return {
    id,
    name: preset.title,
    file: null,
    outcome: { kind: 'preset', result: presetResult(preset, true, results) },
  };
}

/** An experiment with few runs and steps, whose numbers say little. */
export function savedExperiment(id: string, change: Partial<ExperimentChoice> = {}): SavedSimulation {
  const choice: ExperimentChoice = {
    ...{ experiment: 'dimension', size: 'quick', seed: 0, runs: 2, steps: 200 },
    ...change,
  };
  const results = configsOf(plannedPoints(choice)).map((config) => runSimulation(config));
  const outcome = { kind: 'experiment', result: experimentResult(choice, results) } as const;
  return { id, name: experimentTitle(choice.experiment), file: null, outcome };
}

export function savedTheorems(id: string): SavedSimulation {
  const checks = ['Theorem 12', 'Theorem 3'].map((name) => theoremChecks[name]!(0));
  const outcome = {
    kind: 'theorems',
    seed: 0,
    checks: [checks[0]!, { ...checks[1]!, holds: false }],
  } as const;
  return { id, name: 'Theorems', file: null, outcome };
}

/** Snapshots of a run in progress. */
export function liveRuns(count: number, change: Partial<SimulationConfig> = {}): LiveRun[] {
  const run = new TrainingRun({ ...sampleConfig, ...change });
  const curve = [curvePoint(run.snapshot())];
  return Array.from({ length: count }, () => {
    run.advance(Math.floor(run.config.steps / (count + 1)));
    const snapshot = run.snapshot();
    curve.push(curvePoint(snapshot));
    return {
      config: run.config,
      step: run.steps,
      stepsPerSecond: 41_234,
      curve: [...curve],
      entropyFloor: snapshot.entropyFloor,
      maps: mapsOf(snapshot),
      unembeddings: pointsOf(run),
    };
  });
}

/** The simulator's state while `live` is displayed. */
export function running(live: LiveRun | null, change: Partial<SimulatorState> = {}): SimulatorState {
  const config = live?.config ?? sampleConfig;
  return {
    ...emptySimulatorState,
    task: { kind: 'simulation', config, runs: 1 },
    progress: live && {
      ...{ message: 'Training', runs: 1, finishedRuns: 0, live },
      fraction: live.step / config.steps,
    },
    ...change,
  };
}
