import { t } from '@vscode/l10n';
import type { FigureTable } from '../../../src/export/figures/figureTable';
import { matrix } from '../../../src/geometry/matrix';
import type { Experiment } from '../../../src/simulator/experiments/experiment';
import {
  measureLabels,
  type ExperimentMeasure,
  type MeanValue,
} from '../../../src/simulator/experiments/experimentMeasures';
import {
  linesOf,
  meanAt,
  type ExperimentPoint,
  type ExperimentResult,
} from '../../../src/simulator/experiments/experimentPoints';
import type { Drawing } from '../../charts/picture';
import { cosineAxis, quantityAxis } from '../runs/curveCharts';
import { drawCurves, type Curves } from '../runs/curves';
import { meanWithError } from '../runs/meanWithError';
import { sweepAxis } from './sweepAxis';

/** A line of a chart: its places and the means there. */
interface MeanLine {
  readonly label: string;
  readonly means: ReadonlyMap<number, MeanValue>;
}

function meanLines(
  { x: { drawnAt } }: Experiment,
  { points }: ExperimentResult,
  measure: ExperimentMeasure,
): readonly MeanLine[] {
  const placeOf = (point: ExperimentPoint): number =>
    drawnAt === undefined ? point.x : meanAt(point, drawnAt).mean;
  return linesOf(points).map((line) => ({
    label: line.label,
    means: new Map(line.points.map((point) => [placeOf(point), meanAt(point, measure)])),
  }));
}

/** The places of all lines, in ascending order. */
function placesOf(lines: readonly MeanLine[]): readonly number[] {
  return [...new Set(lines.flatMap(({ means }) => [...means.keys()]))].sort((a, b) => a - b);
}

/** A measure over the x axis, with a line for each value of the other axis and standard errors. */
export function experimentDrawing(
  experiment: Experiment,
  result: ExperimentResult,
  measure: ExperimentMeasure,
): Drawing {
  const { x, finding } = experiment;
  const lines = meanLines(experiment, result, measure);
  const places = placesOf(lines);
  const all = lines.flatMap(({ means }) => [...means.values()].map(({ mean }) => mean));
  return drawCurves({
    lines: lines.map(({ means }, color) => ({
      ...{ color, look: 'main' },
      points: [...means].map(([place, { mean }]) => [place, mean] as const),
      errors: [...means.values()].map(({ standardError }) => standardError),
    })),
    places,
    placeAxis: sweepAxis(x, places),
    axis: measure === 'excess' || measure === 'mismatch' ? quantityAxis(all) : cosineAxis(all),
    level: levelOf(finding, measure),
    describe: (at) =>
      lines.flatMap(({ label, means }) => {
        const value = means.get(places[at]!);
        return value ? [`${label}: ${meanWithError(value.mean, value.standardError)}`] : [];
      }),
  });
}

function levelOf(rule: Experiment['finding'], measure: ExperimentMeasure): Curves['level'] {
  return rule.kind === 'smallest' && rule.measure === measure
    ? { value: rule.level, text: String(rule.level) }
    : null;
}

/** The numbers of a chart: for each line its means and their standard errors. */
export function experimentTable(
  experiment: Experiment,
  result: ExperimentResult,
  measure: ExperimentMeasure,
): FigureTable {
  const lines = meanLines(experiment, result, measure);
  const places = placesOf(lines);
  const cells = places.flatMap((place) =>
    lines.flatMap(({ means }) => [means.get(place)?.mean ?? NaN, means.get(place)?.standardError ?? NaN]),
  );
  return {
    caption: t`${measureLabels[measure]} over ${experiment.x.label}`,
    noun: experiment.x.drawnAt ?? experiment.x.symbol,
    rows: places.map(String),
    columns: lines.flatMap(({ label }) => [label, `${label} SE`]),
    values: matrix(places.length, 2 * lines.length, Float64Array.from(cells)),
  };
}
