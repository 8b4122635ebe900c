import { UserError } from '../../errors';
import { averageRuns, configsOfRuns, type SimulationResult } from '../training/averageRuns';
import {
  clustersOf,
  curveAtEqualLoss,
  mapSummary,
  type Clusters,
  type EqualLoss,
  type MapSummary,
} from './figures';
import type { PerMeasure } from '../config/measureNames';
import { compareWithPaper, paperMap, type Comparison } from './paperNumbers';
import { presetOf, type Preset, type PresetName } from './presets';
import type { RunResult } from '../training/runSimulation';
import type { SimulationConfig } from '../config/simulationConfig';

/** Which preset, and what of it is changed. */
export interface PresetChoice {
  readonly preset: PresetName;
  readonly quick: boolean;
  /** Of the first run of every row. */
  readonly seed: number;
  /** Instead of the preset's own; null: its own. */
  readonly runs: number | null;
  readonly steps: number | null;
}

/** A preset's row with its runs, beside the paper. */
export interface PresetRowResult {
  readonly label: string;
  readonly result: SimulationResult;
  readonly comparison: PerMeasure<Comparison> | null;
}

/** What some figures have besides U, E and UE. */
export interface FigureNumbers {
  readonly equalLoss?: readonly EqualLoss[];
  readonly map?: { readonly ours: MapSummary; readonly paper: MapSummary };
  readonly clusters?: readonly Clusters[];
}

export interface PresetResult {
  readonly preset: PresetName;
  readonly title: string;
  readonly quick: boolean;
  readonly rows: readonly PresetRowResult[];
  readonly figure: FigureNumbers;
}

/** The preset with the changes of the choice. */
export function chosenPreset({ preset: name, quick, seed, runs, steps }: PresetChoice): Preset {
  const preset = presetOf(name, quick, seed);
  const rows = preset.rows.map((row) => ({
    ...row,
    config: { ...row.config, steps: steps ?? row.config.steps },
    runs: runs ?? row.runs,
  }));
  return { ...preset, rows };
}

/** Every run of a preset, row after row. @throws UserError as {@link configsOfRuns} */
export function configsOfPreset({ rows }: Preset): SimulationConfig[] {
  return rows.flatMap(({ config, runs }) => configsOfRuns(config, runs));
}

/**
 * The rows of which all runs are whole.
 *
 * @param results of {@link configsOfPreset}, in its order; some with fewer steps or undefined where it was stopped
 * @throws UserError if no row is whole
 */
export function presetResult(
  preset: Preset,
  quick: boolean,
  results: readonly (RunResult | undefined)[],
): PresetResult {
  let taken = 0;
  const rows = preset.rows.flatMap(({ label, config, runs, paper }) => {
    const own = results.slice(taken, (taken += runs));
    const whole = own.filter((run) => run?.steps === config.steps).filter((run) => run !== undefined);
    if (whole.length < runs) return [];
    const result = averageRuns(config, whole);
    return [{ label, result, comparison: paper && compareWithPaper(paper, result) }];
  });
  if (rows.length === 0) throw new UserError('Stopped before a row of the preset was done.');
  return { preset: preset.name, title: preset.title, quick, rows, figure: figureNumbers(preset.name, rows) };
}

function figureNumbers(name: PresetName, rows: readonly PresetRowResult[]): FigureNumbers {
  const first = rows[0]!.result;
  if (name === 'fig2') return { clusters: rows.map(({ result }) => clustersOf(result)) };
  if (name === 'fig5') return { equalLoss: curveAtEqualLoss(first) };
  if (name === 'fig7') return { map: { ours: mapSummary(first), paper: paperMap } };
  return {};
}
