import { formatDecimal } from '../../format/numbers';
import { experimentNames } from '../../simulator/experiments/experiment';
import { measureLabels } from '../../simulator/experiments/experimentMeasures';
import { meanAt, type ExperimentResult } from '../../simulator/experiments/experimentPoints';
import { experimentOf } from '../../simulator/experiments/experiments';
import { findingOf } from '../../simulator/experiments/findingOf';
import { textTable } from './textTable';

/** `simulate --experiment list`: every experiment with its question. */
export function experimentsText(): string {
  const lines = experimentNames.map((name) => [name, experimentOf(name, 'quick').question]);
  return `${textTable([['Experiment', 'Question'], ...lines], ['Question'])}\n`;
}

/** The report of `simulate --experiment`. */
export function experimentText(result: ExperimentResult): string {
  const { title, question, prediction, x, lines, measures } = experimentOf(result.experiment, result.size);
  const head = [lines.label, x.label, 'Runs', ...measures.map((measure) => measureLabels[measure])];
  const rows = result.points.map((point) => [
    ...[point.line, String(point.x), String(point.runs.length)],
    ...measures.map((measure) => {
      const { mean, standardError } = meanAt(point, measure);
      const error = Number.isNaN(standardError) ? '' : ` ± ${standardError.toFixed(3)}`;
      return `${formatDecimal(mean, 3)}${error}`;
    }),
  ]);
  return [
    title,
    `Question: ${question}`,
    `Prediction: ${prediction}`,
    textTable([head, ...rows]),
    `Finding: ${findingOf(result).sentence}`,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}
