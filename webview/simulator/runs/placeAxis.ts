import { t } from '@vscode/l10n';
import { formatCount } from '../../../src/format/numbers';
import { openAxis, ticksOf } from '../../charts/valueAxis';
import { formatSteps } from './formatProgress';

/** The horizontal axis of curves. */
export interface PlaceAxis {
  /** Below the ticks. */
  readonly title?: string;
  /** The ticks on so many pixels, and at which share of them a place is. */
  readonly within: (width: number) => Ticked;
  readonly format: (place: number) => string;
  /** The first line of a tooltip. */
  readonly describe: (place: number) => string;
}

interface Ticked {
  readonly ticks: readonly number[];
  readonly share: (place: number) => number;
}

/** @param lastStep of the training, so that the axis does not change while the lines grow */
export function stepAxis(lastStep: number, isLogarithmic: boolean): PlaceAxis {
  return {
    within: (width) => (isLogarithmic ? logarithmic(lastStep) : linear(lastStep, width)),
    format: formatSteps,
    describe: (step) => t`Step ${formatCount(step)}`,
  };
}

function linear(last: number, width: number): Ticked {
  const axis = openAxis([last], width < 240 ? 3 : 5);
  return { ticks: ticksOf(axis), share: (step) => step / axis.max };
}

/** From step 1, where step 0 is drawn too, with a tick at every power of ten. */
function logarithmic(last: number): Ticked {
  const most = Math.log10(Math.max(10, last));
  return {
    ticks: Array.from({ length: Math.floor(most) + 1 }, (_, power) => 10 ** power),
    share: (step) => Math.log10(Math.max(1, step)) / most,
  };
}
