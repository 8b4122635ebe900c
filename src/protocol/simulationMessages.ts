import type { Matrix } from '../geometry/matrix';
import type { SimulationResult } from '../simulator/training/averageRuns';
import type { ExperimentChoice, ExperimentResult } from '../simulator/experiments/experimentPoints';
import type { PresetChoice, PresetResult } from '../simulator/paper/presetResult';
import type { ConceptMaps, CurvePoint, Nested } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import type { TheoremCheck } from '../simulator/paper/theoremChecks';

/** Repeated runs of one config, with the seeds seed, seed + 1, … */
export interface SimulationRequest {
  readonly config: SimulationConfig;
  readonly runs: number;
}

/** What the simulator can be asked to do. */
export type SimulationTask =
  | ({ readonly kind: 'simulation' } & SimulationRequest)
  | ({ readonly kind: 'preset' } & PresetChoice)
  | ({ readonly kind: 'experiment' } & ExperimentChoice)
  | { readonly kind: 'theorems'; readonly seed: number };

/** The result of a task. A stopped task has fewer steps or fewer runs than requested. */
export type SimulationOutcome =
  | { readonly kind: 'simulation'; readonly result: SimulationResult }
  | { readonly kind: 'preset'; readonly result: PresetResult }
  | { readonly kind: 'experiment'; readonly result: ExperimentResult }
  | { readonly kind: 'theorems'; readonly seed: number; readonly checks: readonly TheoremCheck[] };

/** Current state of the run that is displayed. */
export interface LiveRun {
  readonly config: SimulationConfig;
  readonly step: number;
  readonly stepsPerSecond: number;
  /** Thinned evenly to a few hundred points at most. */
  readonly curve: readonly CurvePoint[];
  readonly entropyFloor: number;
  readonly maps: ConceptMaps;
  /** As in a `RunResult`. */
  readonly unembeddings: Nested | null;
}

/** Progress of a running task, reported ten times a second or more. */
export interface SimulationProgress {
  readonly message: string;
  /** Finished share of all steps of all runs, 0…1. */
  readonly fraction: number;
  readonly runs: number;
  readonly finishedRuns: number;
  /**
   * The first unfinished run, or between runs the previous one; `null` before its first snapshot and for tasks without
   * runs.
   */
  readonly live: LiveRun | null;
}

export type SimulationAction = 'pause' | 'resume' | 'stop';

/** Every call that the simulator process answers. */
export interface SimulatorCalls {
  run: { params: SimulationTask; result: SimulationOutcome };
  /** Acts on the current runs; the reply does not wait for them. */
  control: { params: SimulationAction; result: null };
  /** f [contexts, k] and g [tokens, k] at the end of a run; the run is repeated to get them. */
  tables: { params: SimulationConfig; result: { readonly f: Matrix; readonly g: Matrix } };
}

export type SimulatorMethod = keyof SimulatorCalls;

/** A finished task in the panel's list. */
export interface SavedSimulation {
  readonly id: string;
  readonly name: string;
  /** Its file in the workspace; `null`: it is in the extension's storage. */
  readonly file: string | null;
  readonly outcome: SimulationOutcome;
}

/** What the *Simulator* page shows next to the saved simulations. It is derived and cannot be edited there. */
export interface SimulatorState {
  /** The current task; `null` when idle. */
  readonly task: SimulationTask | null;
  readonly isPaused: boolean;
  readonly progress: SimulationProgress | null;
  /** Why the last task has no result: one sentence. */
  readonly problem: string | null;
}

export const emptySimulatorState: SimulatorState = {
  task: null,
  isPaused: false,
  progress: null,
  problem: null,
};
