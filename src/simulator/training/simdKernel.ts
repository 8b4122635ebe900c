import { blockCapacity, rowStride, type Kernel, type KernelShape, type TrainedTable } from './kernel';
import type { SimdLayout } from './simdLayout';
import { gradientFunctions } from './simdGradients';
import { predictFunction } from './simdPredictions';
import { updateFunctions } from './simdUpdates';
import { instantiate } from './wasmModule';

/**
 * The kernel in WebAssembly's 128-bit SIMD, with code generated for these shapes at run time. It uses no instruction with an
 * implementation-defined result (no fused or relaxed ones) and its own exp, so that results are the same on every machine.
 *
 * @throws UserError if its memory is not available
 */
export function simdKernel(shape: KernelShape): Kernel {
  const { parameters, tokens, dimension: k, moments, isSparse, loss } = shape;
  const stride = rowStride(tokens);
  const capacity = blockCapacity(tokens);
  const spaces = new Spaces();
  const fSpaces = spaces.table(parameters, !isSparse, moments);
  const gSpaces = spaces.table(stride * k, true, moments);
  const [start, rows, weights, probabilities, rowGradients] = [
    stride,
    capacity * k,
    capacity,
    capacity * stride,
    capacity * k,
  ].map((length) => spaces.take(length));
  const layout: SimdLayout = {
    ...{ dimension: k, stride },
    ...{ start: start!.at, rows: rows!.at, weights: weights!.at },
    ...{ probabilities: probabilities!.at, rowGradients: rowGradients!.at },
    ...{ g: gSpaces.values.at, gGradient: gSpaces.gradient.at },
  };
  const code = [predictFunction(layout, loss), ...gradientFunctions(layout), ...updateFunctions()];
  const { buffer, functions } = instantiate(code, spaces.bytes);
  const view = ({ at, length }: Space): Float32Array => new Float32Array(buffer, at, length);
  if (loss !== 'squared') view(start!).fill(-1e30, tokens);

  const places = new Map<TrainedTable, TableSpaces>();
  const tableOf = (table: TableSpaces): TrainedTable => {
    const views = {
      values: view(table.values),
      gradient: view(table.gradient),
      moments: table.moments.map(view),
    };
    places.set(views, table);
    return views;
  };
  const update = (name: string, table: TrainedTable, ...numbers: readonly number[]): void => {
    const { values, gradient, moments: kept } = places.get(table)!;
    // All spaces have a whole number of vectors, so that the last one can be processed as a whole.
    const end = values.at + Math.ceil(values.length / 4) * 16;
    functions[name]!(values.at, end, gradient.at, ...kept.map(({ at }) => at), ...numbers);
  };
  return {
    name: 'simd',
    ...{ shape, capacity, stride },
    f: tableOf(fSpaces),
    g: tableOf(gSpaces),
    rows: view(rows!),
    weights: view(weights!),
    probabilities: view(probabilities!),
    rowGradients: view(rowGradients!),
    predict: (count) => {
      functions['predict']!(Math.ceil(count / 4) * 4);
    },
    gradients: (count) => {
      const whole = Math.ceil(count / 4) * 4;
      functions['gGradient']!(whole);
      functions['rowGradients']!(whole);
    },
    descend: (table, rate) => {
      update('descend', table, rate);
    },
    descendWithMomentum: (table, rate, momentum) => {
      update('momentum', table, rate, momentum);
    },
    descendWithAdam: (table, rate, scale) => {
      update('adam', table, rate, scale);
    },
  };
}

interface Space {
  /** Byte offset in the memory. */
  readonly at: number;
  /** Number of floats. */
  readonly length: number;
}

interface TableSpaces {
  readonly values: Space;
  readonly gradient: Space;
  readonly moments: readonly Space[];
}

/** Allocates memory sequentially, with each piece aligned to a cache line. */
class Spaces {
  bytes = 64;

  take(length: number): Space {
    const at = this.bytes;
    this.bytes += Math.ceil(length / 16) * 64;
    return { at, length };
  }

  table(length: number, hasGradient: boolean, moments: number): TableSpaces {
    return {
      values: this.take(length),
      gradient: this.take(hasGradient ? length : 0),
      moments: Array.from({ length: moments }, () => this.take(length)),
    };
  }
}
