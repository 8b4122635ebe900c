import type { Matrix } from '../geometry/matrix';
import type { SimulationResult } from '../simulator/training/averageRuns';
import type { PresetChoice, PresetResult } from '../simulator/paper/presetResult';
import type { ConceptMaps, CurvePoint, Nested } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import type { TheoremCheck } from '../simulator/paper/theoremChecks';

/** Runs of one config: seed, seed + 1, … */
export interface SimulationRequest {
  readonly config: SimulationConfig;
  readonly runs: number;
}

/** What the simulator can be asked to do. */
export type SimulationTask =
  | ({ readonly kind: 'simulation' } & SimulationRequest)
  | ({ readonly kind: 'preset' } & PresetChoice)
  | { readonly kind: 'theorems'; readonly seed: number };

/** What comes of a task. A task that was stopped has fewer steps, or fewer runs, than it asked for. */
export type SimulationOutcome =
  | { readonly kind: 'simulation'; readonly result: SimulationResult }
  | { readonly kind: 'preset'; readonly result: PresetResult }
  | { readonly kind: 'theorems'; readonly seed: number; readonly checks: readonly TheoremCheck[] };

/** Where the run that is looked at stands. */
export interface LiveRun {
  readonly config: SimulationConfig;
  readonly step: number;
  readonly stepsPerSecond: number;
  /** Thinned evenly to at most a few hundred points. */
  readonly curve: readonly CurvePoint[];
  readonly entropyFloor: number;
  readonly maps: ConceptMaps;
  /** As in a `RunResult`. */
  readonly unembeddings: Nested | null;
}

/** What is told while a task is worked on, ten times a second and more. */
export interface SimulationProgress {
  readonly message: string;
  /** Share of all steps of all runs that is done, 0…1. */
  readonly fraction: number;
  readonly runs: number;
  readonly finishedRuns: number;
  /**
   * The first run that is not done, between runs the one before; `null` before its first snapshot, and where there are no
   * runs.
   */
  readonly live: LiveRun | null;
}

export type SimulationAction = 'pause' | 'resume' | 'stop';

/** Every call the simulator process answers. */
export interface SimulatorCalls {
  run: { params: SimulationTask; result: SimulationOutcome };
  /** Acts on the runs under way; the answer does not wait for them. */
  control: { params: SimulationAction; result: null };
  /** f [contexts, k] and g [tokens, k] at the end of a run, which is done again for them. */
  tables: { params: SimulationConfig; result: { readonly f: Matrix; readonly g: Matrix } };
}

export type SimulatorMethod = keyof SimulatorCalls;

/** A task that was done, in the list of the panel. */
export interface SavedSimulation {
  readonly id: string;
  readonly name: string;
  /** Its file in the workspace; `null`: in the extension's own storage. */
  readonly file: string | null;
  readonly outcome: SimulationOutcome;
}

/** What the *Simulator* page shows next to the saved simulations. It is derived and never edited there. */
export interface SimulatorState {
  /** What is being worked on; `null` at rest. */
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
