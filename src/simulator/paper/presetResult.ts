import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { averageRuns, type SimulationResult } from '../training/averageRuns';
import { completeOnes } from '../training/repeatedRuns';
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

/** A preset and the changes to it. */
export interface PresetChoice {
  readonly preset: PresetName;
  readonly quick: boolean;
  /** Seed of the first run of every row. */
  readonly seed: number;
  /** Replaces the preset's own number; null keeps it. */
  readonly runs: number | null;
  readonly steps: number | null;
}

/** A preset's row with its runs, compared with the paper. */
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

/**
 * The rows whose runs are all complete.
 *
 * @param results of the rows’ configs (`configsOf`), in its order; some have fewer steps or are undefined if the task was
 *   stopped
 * @throws UserError if no row is complete
 */
export function presetResult(
  preset: Preset,
  quick: boolean,
  results: readonly (RunResult | undefined)[],
): PresetResult {
  const rows = completeOnes(preset.rows, results).map(({ one: { label, config, paper }, results: runs }) => {
    const result = averageRuns(config, runs);
    return { label, result, comparison: paper && compareWithPaper(paper, result) };
  });
  if (rows.length === 0)
    throw new UserError(t('The task was stopped before a row of the preset was complete.'));
  return { preset: preset.name, title: preset.title, quick, rows, figure: figureNumbers(preset.name, rows) };
}

function figureNumbers(name: PresetName, rows: readonly PresetRowResult[]): FigureNumbers {
  const first = rows[0]!.result;
  if (name === 'fig2') return { clusters: rows.map(({ result }) => clustersOf(result)) };
  if (name === 'fig5') return { equalLoss: curveAtEqualLoss(first) };
  if (name === 'fig7') return { map: { ours: mapSummary(first), paper: paperMap } };
  return {};
}
