import type { SimulationOutcome } from '../protocol/simulationMessages';
import type { SimulationResult } from '../simulator/training/averageRuns';
import { measureNames } from '../simulator/config/measureNames';
import { measureOf } from '../simulator/experiments/experimentMeasures';
import { experimentOf } from '../simulator/experiments/experiments';
import { meanAt, type ExperimentResult } from '../simulator/experiments/experimentPoints';
import type { PresetResult } from '../simulator/paper/presetResult';
import type { TheoremCheck } from '../simulator/paper/theoremChecks';
import { csv, type Cell, type CsvFile } from './csv';

/** A simulation's outcome as CSV files. Undefined numbers are empty cells. */
export function simulationTables(outcome: SimulationOutcome): CsvFile[] {
  switch (outcome.kind) {
    case 'simulation':
      return runTables(outcome.result, 'simulation');
    case 'preset':
      return presetTables(outcome.result);
    case 'experiment':
      return experimentTables(outcome.result);
    case 'theorems':
      return [{ name: 'theorems.csv', text: csv(theoremRows(outcome.checks)) }];
  }
}

/** `….config.csv`, `….runs.csv`, `….concepts.csv`, `….curves.csv`, `….maps.csv`: one row per number or position. */
function runTables({ config, runs }: SimulationResult, prefix: string): CsvFile[] {
  const settings = Object.entries(config).map(([name, value]) => [name, settingText(value)]);
  const runRows = runs.map((run) => [
    ...[run.seed, run.steps, run.loss, run.entropyFloor, run.u, run.e, run.ue],
    run.kernel,
  ]);
  const conceptRows = runs.flatMap(({ seed, perConcept }) =>
    perConcept.map((one, concept) => [
      ...[seed, `C${concept}`, one.u, one.e, one.ue],
      ...[one.unembeddingNorm, one.embeddingNorm],
    ]),
  );
  const perConceptNames = Array.from({ length: config.concepts }, (_, concept) =>
    measureNames.map((name) => `${name} C${concept}`),
  ).flat();
  const curveRows = runs.flatMap(({ seed, curve }) =>
    curve.map(({ step, loss, u, e, ue, unembeddingNorm, embeddingNorm, perConcept }) => [
      ...[seed, step, loss, u, e, ue, unembeddingNorm, embeddingNorm],
      ...perConcept.u.flatMap((_, concept) => measureNames.map((name) => perConcept[name][concept]!)),
    ]),
  );
  const mapRows = runs.flatMap(({ seed, maps }) =>
    Object.entries(maps).flatMap(([space, map]) =>
      map.map((line, concept) => [seed, space, `C${concept}`, ...line] as Cell[]),
    ),
  );
  const concepts = Array.from({ length: config.concepts }, (_, concept) => `C${concept}`);
  const norms = ['unembedding norm', 'embedding norm'];
  const tables: Readonly<Record<string, readonly (readonly Cell[])[]>> = {
    config: [['setting', 'value'], ...settings],
    runs: [['seed', 'steps', 'loss', 'entropy floor', 'u', 'e', 'ue', 'kernel'], ...runRows],
    concepts: [['seed', 'concept', 'u', 'e', 'ue', ...norms], ...conceptRows],
    curves: [['seed', 'step', 'loss', 'u', 'e', 'ue', ...norms, ...perConceptNames], ...curveRows],
    maps: [['seed', 'space', 'concept', ...concepts], ...mapRows],
  };
  return Object.entries(tables).map(([name, rows]) => ({ name: `${prefix}.${name}.csv`, text: csv(rows) }));
}

function presetTables({ preset, rows }: PresetResult): CsvFile[] {
  const head = ['row', 'runs', 'measure', 'mean', 'standard error', 'paper mean', 'paper standard error'];
  const lines = rows.flatMap(({ label, result, comparison }) =>
    measureNames.map((name) => {
      const paper = comparison?.[name];
      return [
        ...[label, result.runs.length, name, result.mean[name], result.standardError[name]],
        ...[paper?.paper.mean ?? null, paper?.paper.standardError ?? null, paper?.inStandardErrors ?? null],
      ];
    }),
  );
  return [
    { name: `${preset}.csv`, text: csv([[...head, 'difference in standard errors'], ...lines]) },
    ...rows.flatMap(({ result }, row) => runTables(result, `${preset}.${row + 1}`)),
  ];
}

/** `NAME.csv`: one row per point and measure; `NAME.runs.csv`: one row per run. */
function experimentTables({ experiment: name, size, points }: ExperimentResult): CsvFile[] {
  const { x, lines, measures } = experimentOf(name, size);
  const place = [lines.symbol, x.symbol];
  const means = points.flatMap((point) =>
    measures.map((measure) => {
      const { mean, standardError } = meanAt(point, measure);
      return [point.line, point.x, point.runs.length, measure, mean, standardError];
    }),
  );
  const runs = points.flatMap((point) =>
    point.runs.map((run) => [
      ...[point.line, point.x, run.seed, run.steps, run.loss, run.entropyFloor],
      ...measures.map((measure) => measureOf(run, measure)),
    ]),
  );
  const runHead = [...place, 'seed', 'steps', 'loss', 'entropy floor', ...measures];
  return [
    { name: `${name}.csv`, text: csv([[...place, 'runs', 'measure', 'mean', 'standard error'], ...means]) },
    { name: `${name}.runs.csv`, text: csv([runHead, ...runs]) },
  ];
}

function theoremRows(checks: readonly TheoremCheck[]): Cell[][] {
  const rows = checks.flatMap(({ theorem, holds, measured }) =>
    measured.map(({ name, value }) => [theorem, name, value, holds ? 'holds' : 'does not hold']),
  );
  return [['theorem', 'measured', 'value', 'verdict'], ...rows];
}

function settingText(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}
