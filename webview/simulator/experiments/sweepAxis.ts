import { formatCount } from '../../../src/format/numbers';
import type { Axis } from '../../../src/simulator/experiments/experiment';
import { measureLabels } from '../../../src/simulator/experiments/experimentMeasures';
import { rangeAxis, ticksOf } from '../../charts/valueAxis';
import type { PlaceAxis } from '../runs/placeAxis';

/** Pixels left free at both ends, so that dots do not lie on the edge. */
const margin = 10;
/** Pixels that the label of a tick needs. */
const labelWidth = 30;

/**
 * The x axis of a sweep: a tick at each of its places, as far as there is room; at round numbers if the places are measured.
 */
export function sweepAxis(
  { label, symbol, isLogarithmic = false, drawnAt }: Axis,
  places: readonly number[],
): PlaceAxis {
  const scaled = isLogarithmic ? Math.log2 : (place: number) => place;
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 1];
  const range = scaled(last) - scaled(first) || 1;
  const name = drawnAt === undefined ? symbol : measureLabels[drawnAt];
  return {
    title: drawnAt === undefined ? label : measureLabels[drawnAt],
    within: (width) => {
      const [start, length] = [margin / width, 1 - (2 * margin) / width];
      const every = Math.ceil((places.length * labelWidth) / width);
      return {
        ticks:
          drawnAt === undefined
            ? places.filter((_, at) => at % every === 0)
            : ticksOf(rangeAxis(places)).filter((tick) => tick >= first && tick <= last),
        share: (place) => start + ((scaled(place) - scaled(first)) / range) * length,
      };
    },
    format: formatCount,
    describe: (place) => `${name} = ${formatCount(place)}`,
  };
}
