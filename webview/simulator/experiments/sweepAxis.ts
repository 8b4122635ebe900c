import { formatCount } from '../../../src/format/numbers';
import type { Axis } from '../../../src/simulator/experiments/experiment';
import type { PlaceAxis } from '../runs/placeAxis';

/** Pixels left free at both ends, so that dots do not lie on the edge. */
const margin = 10;
/** Pixels that the label of a tick needs. */
const labelWidth = 30;

/** The x axis of a sweep: a tick at each of its places, as far as there is room. */
export function sweepAxis(
  { label, symbol, isLogarithmic = false }: Axis,
  places: readonly number[],
): PlaceAxis {
  const scaled = isLogarithmic ? Math.log2 : (place: number) => place;
  const [first, last] = [scaled(places[0] ?? 0), scaled(places.at(-1) ?? 1)];
  const range = last - first || 1;
  return {
    title: label,
    within: (width) => {
      const [start, length] = [margin / width, 1 - (2 * margin) / width];
      const every = Math.ceil((places.length * labelWidth) / width);
      return {
        ticks: places.filter((_, at) => at % every === 0),
        share: (place) => start + ((scaled(place) - first) / range) * length,
      };
    },
    format: formatCount,
    describe: (place) => `${symbol} = ${formatCount(place)}`,
  };
}
