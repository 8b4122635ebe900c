import { t } from '@vscode/l10n';
import { lossWords } from '../../../src/format/lossWords';
import { formatCosine } from '../../../src/format/numbers';
import { measureNames, type MeasureName } from '../../../src/simulator/config/measureNames';
import { startingLoss } from '../../../src/simulator/training/losses';
import type { CurvePoint } from '../../../src/simulator/training/runSimulation';
import { openAxis, type ValueAxis } from '../../charts/valueAxis';
import { orNaN } from './orNaN';
import { formatQuantity } from './formatQuantity';
import type { CurveLine, Curves } from './curves';
import { stepAxis } from './placeAxis';
import type { ShownRuns } from './shownRuns';

/** The reader's choice of curves. */
export interface CurveChoice {
  /** `null`: the mean of all concepts. */
  readonly concept: number | null;
  readonly isLogarithmic: boolean;
}

type Read = (point: CurvePoint) => number;

/** A line's name and how to read its values. */
export interface Quantity {
  /** For names of files and their columns, and tests. */
  readonly id: string;
  readonly name: string;
  readonly color: number;
  readonly read: Read;
}

export const measureLabels: Readonly<Record<MeasureName, string>> = { u: 'U', e: 'E', ue: 'UE' };

export function measureQuantities({ concept }: CurveChoice): readonly Quantity[] {
  return measureNames.map((name, color) => ({
    id: measureLabels[name],
    name: measureLabels[name],
    color,
    read: (point) => orNaN(concept === null ? point[name] : point.perConcept[name][concept]),
  }));
}

export const lossQuantity: Quantity = {
  id: 'loss',
  name: t('loss'),
  color: 3,
  read: ({ loss }) => orNaN(loss),
};

export const normQuantities: readonly Quantity[] = [
  { id: 'tokens', name: t('tokens'), color: 0, read: ({ unembeddingNorm }) => orNaN(unembeddingNorm) },
  { id: 'contexts', name: t('contexts'), color: 1, read: ({ embeddingNorm }) => orNaN(embeddingNorm) },
];

export function measureCurves(shown: ShownRuns, choice: CurveChoice): Curves {
  const quantities = measureQuantities(choice);
  return curvesOf(shown, choice, quantities, cosineAxis(valuesOf(shown, quantities)), null);
}

export function lossCurves(shown: ShownRuns, choice: CurveChoice): Curves {
  const { entropyFloor, config } = shown;
  // The axis does not change during training.
  const values = [startingLoss(config), ...valuesOf(shown, [lossQuantity])];
  const level = Number.isNaN(entropyFloor)
    ? null
    : { value: entropyFloor, text: lossWords(config).floor(entropyFloor) };
  return curvesOf(shown, choice, [lossQuantity], quantityAxis(values), level);
}

export function normCurves(shown: ShownRuns, choice: CurveChoice): Curves {
  return curvesOf(shown, choice, normQuantities, quantityAxis(valuesOf(shown, normQuantities)), null);
}

function curvesOf(
  { config, curves, meanCurve, markedStep }: ShownRuns,
  { isLogarithmic }: CurveChoice,
  quantities: readonly Quantity[],
  axis: ValueAxis,
  level: Curves['level'],
): Curves {
  const line = (points: readonly CurvePoint[], { color, read }: Quantity, look: CurveLine['look']) => ({
    color,
    look,
    points: points.map((point) => [point.step, read(point)] as const),
  });
  const thin = curves.length > 1 ? curves : [];
  return {
    lines: quantities.flatMap((quantity) => [
      ...thin.map((curve) => line(curve, quantity, 'run')),
      line(meanCurve, quantity, 'main'),
    ]),
    places: meanCurve.map(({ step }) => step),
    placeAxis: stepAxis(Math.max(config.steps, 1), isLogarithmic),
    axis,
    level,
    mark: markedStep,
    describe: (at) => quantities.map(({ name, read }) => `${name} ${formatQuantity(read(meanCurve[at]!))}`),
  };
}

function valuesOf({ curves }: ShownRuns, quantities: readonly Quantity[]): number[] {
  return curves.flatMap((curve) => curve.flatMap((point) => quantities.map(({ read }) => read(point))));
}

/** From 0 to the largest value. */
export function quantityAxis(values: readonly number[]): ValueAxis {
  const axis = openAxis(values.filter(Number.isFinite));
  const digits = Math.max(0, Math.min(3, -Math.floor(Math.log10(axis.step) + 1e-9)));
  return { ...axis, format: (value) => formatQuantity(value, digits) };
}

/** From slightly below 0, where cosines start, or from −1, to 1. Never stretched to the values. */
export function cosineAxis(values: readonly number[]): ValueAxis {
  const isLow = values.some((value) => value < -0.25);
  const range = isLow ? { min: -1, max: 1, step: 0.5 } : { min: -0.25, max: 1, step: 0.25 };
  return { ...range, format: formatCosine };
}
