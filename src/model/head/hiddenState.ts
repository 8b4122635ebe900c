import { isAscending } from './flow';
import type { Part } from './walk';
import { longestWay, type Place } from '../onnx/graphScope';
import { namedAxes, shapeOf } from '../onnx/inferred';

/** Operators that only convert the product's data input. */
const conversions = new Set([
  'Cast',
  'Identity',
  'DynamicQuantizeLinear',
  'QuantizeLinear',
  'DequantizeLinear',
]);

export interface HiddenPlace extends Place {
  /** Whether positions have a different order there than in the product's data. */
  readonly movesPositions: boolean;
}

/**
 * The product's data input, followed back through conversions to the output of the last norm and, if the product transposes
 * its data, to the value whose last axis is the hidden dimension.
 *
 * @returns null if there is no such value
 */
export function hiddenStateOf({ product, form }: Part): HiddenPlace | null {
  const { node, scope } = product;
  let axis = form.axes.hidden;
  let movesPositions = false;
  let place = scope.resolve(node.inputs[form.axes.data] ?? '');
  for (let count = 0; axis !== -1; count++) {
    const made = place.scope.producer(place.name);
    if (!made || count === longestWay) return null;
    const rank = shapeOf(place.scope, place.name)?.length;
    if (made.node.operator === 'Transpose') {
      const order = made.node.attributes.get('perm')?.integers;
      if (order?.at(axis) === undefined) return null;
      const hidden = order.at(axis)!;
      movesPositions ||= !isAscending(order.filter((each) => each !== hidden));
      axis = hidden - order.length;
    } else if (made.node.operator === 'Unsqueeze') {
      const axes = namedAxes(made);
      if (!axes || rank === undefined) return null;
      const added = axes.map((each) => (each < 0 ? each : each - rank));
      if (added.includes(axis)) return null;
      axis += added.filter((each) => each > axis).length;
    } else if (!conversions.has(made.node.operator)) return null;
    place = made.scope.resolve(made.node.inputs[0] ?? '');
  }
  return { ...place.scope.follow(place.name, conversions), movesPositions };
}
