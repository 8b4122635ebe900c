import { averageRuns, configsOfRuns, type PerMeasure, type SimulationResult } from '../simulator/averageRuns';
import { checkConfig } from '../simulator/checkConfig';
import { checkMemory } from '../simulator/chooseKernel';
import { clustersOf, curveAtEqualLoss, mapSummary } from '../simulator/figures';
import { compareWithPaper, paperMap, type Comparison } from '../simulator/paperNumbers';
import { presetOf, type PresetName } from '../simulator/presets';
import type { SimulationConfig } from '../simulator/simulationConfig';
import type { RunResult } from '../simulator/runSimulation';
import type { Output } from './output';
import { presetText, simulationText } from './simulationText';
import { runAll } from './simulationPool';

interface CommonOptions {
  readonly json: boolean;
  /** Null: as many as there are cores. */
  readonly threads: number | null;
  /** The bundle that workers start. */
  readonly script: string;
}

/** `concept-probe simulate`: runs of one config. @throws RangeError for settings out of bounds */
export async function simulateCommand(
  options: CommonOptions & { readonly config: SimulationConfig; readonly runs: number },
  output: Output,
): Promise<void> {
  const { config, runs, json } = options;
  const configs = configsOfRuns(config, runs);
  check(config);
  const results = await run(configs, options, output);
  const result = averageRuns(config, results);
  output.print(json ? document({ schema: 1, ...result }) : simulationText(result));
}

/** A preset's row with its runs, beside the paper. */
export interface PresetResult {
  readonly label: string;
  readonly result: SimulationResult;
  readonly comparison: PerMeasure<Comparison> | null;
}

/** `concept-probe simulate --preset`. */
export async function presetCommand(
  options: CommonOptions & {
    readonly preset: PresetName;
    readonly quick: boolean;
    readonly seed: number;
    /** Instead of the preset's own. */
    readonly runs: number | null;
    readonly steps: number | null;
  },
  output: Output,
): Promise<void> {
  const preset = presetOf(options.preset, options.quick, options.seed);
  const rows = preset.rows.map((row) => ({
    ...row,
    config: { ...row.config, steps: options.steps ?? row.config.steps },
    runs: options.runs ?? row.runs,
  }));
  for (const { config } of rows) check(config);
  const configs = rows.map(({ config, runs }) => configsOfRuns(config, runs));
  const results = await run(configs.flat(), options, output);
  let taken = 0;
  const found: PresetResult[] = rows.map(({ label, config, runs, paper }) => {
    const result = averageRuns(config, results.slice(taken, (taken += runs)));
    return { label, result, comparison: paper && compareWithPaper(paper, result) };
  });
  const first = found[0]!.result;
  const figure = {
    ...(preset.name === 'fig5' ? { equalLoss: curveAtEqualLoss(first) } : {}),
    ...(preset.name === 'fig7' ? { map: { ours: mapSummary(first), paper: paperMap } } : {}),
    ...(preset.name === 'fig2' ? { clusters: found.map(({ result }) => clustersOf(result)) } : {}),
  };
  if (options.json) {
    const flat = found.map(({ label, result, comparison }) => ({ label, ...result, comparison }));
    output.print(document({ schema: 1, preset: preset.name, quick: options.quick, ...figure, rows: flat }));
  } else {
    output.print(presetText(preset, found, figure));
  }
}

/** Before any thread is started. */
function check(config: SimulationConfig): void {
  checkConfig(config);
  checkMemory(config);
}

async function run(
  configs: readonly SimulationConfig[],
  { threads, script }: CommonOptions,
  output: Output,
): Promise<RunResult[]> {
  const title = configs.length === 1 ? 'Training' : `Training ${configs.length} runs`;
  try {
    return await runAll(configs, script, threads, (share) => {
      output.progress(`${title}, ${Math.floor(share * 100)} %`);
    });
  } finally {
    output.progress(null);
  }
}

function document(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
