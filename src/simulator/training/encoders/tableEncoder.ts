import { matrix } from '../../../geometry/matrix';
import { dimensionOf, type SimulationConfig } from '../../config/simulationConfig';
import type { Kernel } from '../kernel';
import type { ContextEncoder } from './contextEncoder';

/** A row of the kernel's `f` for each context (J § 2), with a last column of ones if there is a bias. */
export function tableEncoder(kernel: Kernel, config: SimulationConfig): ContextEncoder {
  const { f, rows, rowGradients } = kernel;
  const { dimension: columns, isSparse } = kernel.shape;
  const k = dimensionOf(config);
  const contexts = f.values.length / columns;
  // Plain gradient descent changes these rows only, at once: the contexts of a step are distinct.
  const target = isSparse ? f.values : f.gradient;
  const rate = isSparse ? -config.learningRate : 1;
  return {
    initialise(draw) {
      for (let i = 0; i < contexts * columns; i++)
        f.values[i] = i % columns === k ? 1 : config.initialisation === 'zero-f' ? 0 : draw(contexts);
    },
    load(places, start, count) {
      for (let row = 0; row < count; row++) {
        const from = places[start + row]! * columns;
        for (let j = 0; j < columns; j++) rows[row * columns + j] = f.values[from + j]!;
      }
    },
    passBack(places, start, count) {
      for (let row = 0; row < count; row++) {
        const to = places[start + row]! * columns;
        for (let j = 0; j < k; j++)
          target[to + j] = target[to + j]! + rate * rowGradients[row * columns + j]!;
      }
    },
    decay(share) {
      for (let start = 0; start < f.values.length; start += columns)
        for (let j = start; j < start + k; j++) f.values[j] = f.values[j]! * share;
    },
    stored: () => (columns === k ? matrix(contexts, k, f.values) : null),
  };
}
