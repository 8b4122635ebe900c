import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSimulation } from '../../src/protocol/simulationFile';
import { experimentNames, type ExperimentName } from '../../src/simulator/experiments/experiment';
import { measureLabels } from '../../src/simulator/experiments/experimentMeasures';
import { linesOf, meanAt, type ExperimentResult } from '../../src/simulator/experiments/experimentPoints';
import { experimentOf } from '../../src/simulator/experiments/experiments';
import { findingOf } from '../../src/simulator/experiments/findingOf';
import { decimal } from './docsFormat';

const root = join(__dirname, '..', '..');

/** The full run of an experiment, whose numbers stand in the docs; undefined if it is not kept. */
function keptResult(name: ExperimentName): ExperimentResult | undefined {
  const file = join(root, 'docs', 'experiments', `${name}.simulation.json`);
  if (!existsSync(file)) return undefined;
  const { outcome } = parseSimulation(readFileSync(file, 'utf8'), file);
  if (outcome.kind !== 'experiment') throw new Error(`${file} is not an experiment.`);
  return outcome.result;
}

/** The command, the finding, the figure and the table of a full run, as Markdown. */
function sectionOf(result: ExperimentResult): string {
  const { experiment: name, size, seed, points } = result;
  const experiment = experimentOf(name, size);
  const { question, prediction, x, lines, measures, finding } = experiment;
  const [{ measure }, own] = [finding, linesOf(points)];
  const others = measures.filter((one) => one !== measure).map((one) => measureLabels[one]);
  const places = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const cellsAt = (place: number): string[] =>
    own.map((line) => {
      const point = line.points.find((one) => one.x === place);
      if (!point) return '';
      const { mean, standardError } = meanAt(point, measure);
      return `${decimal(mean, 3)} ± ${standardError.toFixed(3)}`;
    });
  return [
    `**Question:** ${question}`,
    `**Predicted:** ${prediction}`,
    `**Found:** ${findingOf(result).sentence}`,
    `![${measureLabels[measure]} over ${x.drawnAt === undefined ? x.label : measureLabels[x.drawnAt]}, a line for each ${lines.symbol}](experiments/${name}.svg)`,
    `${measureLabels[measure]}, mean of ${points[0]!.runs.length} runs ± standard error (\`simulate --experiment ${name} --size ${size} --seed ${seed}\`; the [saved run](experiments/${name}.simulation.json) also has ${others.join(', ')}):`,
    [
      row([x.symbol, ...own.map(({ label }) => label)]),
      row(['---:', ...own.map(() => '---:')]),
      ...places.map((place) => row([String(place), ...cellsAt(place)])),
    ].join('\n'),
  ].join('\n\n');
}

/**
 * Inserts the full runs that are kept into docs/experiments.md.
 *
 * @throws Error if the page has no place for one
 */
export function withExperiments(page: string): string {
  return experimentNames.reduce((text, name) => {
    const result = keptResult(name);
    if (!result) return text;
    const [start, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The page has no ${start} … ${end}.`);
    return `${text.slice(0, from + start.length)}\n\n${sectionOf(result)}\n\n${text.slice(to)}`;
  }, page);
}
