import { rowBytes, type SimdLayout } from './simdLayout';
import { WasmFunction } from './wasmCode';

/** Number of coordinates summed at a time, so that the sums fit in the sixteen registers of x64. */
const coordinatesAtOnce = 5;

/** `gGradient(count)` and `rowGradients(count)`, count a multiple of 4. */
export function gradientFunctions(layout: SimdLayout): WasmFunction[] {
  return [gGradient(layout), rowGradients(layout)];
}

/** Coordinates 0 … dimension − 1 in blocks of nearly equal size. */
function coordinateBlocks(dimension: number): number[][] {
  const blocks = Math.ceil(dimension / coordinatesAtOnce);
  return Array.from({ length: blocks }, (_, block) => {
    const start = Math.floor((block * dimension) / blocks);
    const end = Math.floor(((block + 1) * dimension) / blocks);
    return Array.from({ length: end - start }, (__, j) => start + j);
  });
}

/** g's gradient += rowsᵀ · probabilities, eight tokens at a time. */
function gGradient(layout: SimdLayout): WasmFunction {
  const { dimension, stride, gGradient: target, rows, probabilities } = layout;
  const code = new WasmFunction('gGradient', ['i32']);
  const [row, rowAt, column, at] = ['i32', 'i32', 'i32', 'i32'].map(() => code.local('i32'));
  const [left, right, value] = [0, 1, 2].map(() => code.local('v128'));
  for (const block of coordinateBlocks(dimension)) {
    const sums = block.map(() => [code.local('v128'), code.local('v128')]);
    const eachSum = (visit: (sum: number, place: number) => void): void => {
      block.forEach((j, b) => {
        sums[b]!.forEach((sum, half) => {
          visit(sum, target + j * stride * 4 + half * 16);
        });
      });
    };
    code.zero(column!);
    code.loop(column!, 32, rowBytes(layout), () => {
      eachSum((sum, place) => {
        code.load(column!, place);
        code.set(sum);
      });
      code.zero(row!);
      code.zero(rowAt!);
      code.get(column!);
      code.set(at!);
      code.loop(row!, 1, { local: 0 }, () => {
        code.load(at!, probabilities);
        code.set(left!);
        code.load(at!, probabilities + 16);
        code.set(right!);
        block.forEach((j, b) => {
          code.load(rowAt!, rows + j * 4, 'splatLoad');
          code.set(value!);
          [left!, right!].forEach((errors, half) => {
            code.get(sums[b]![half]!, value!, errors);
            code.do('mul', 'add');
            code.set(sums[b]![half]!);
          });
        });
        code.increase(rowAt!, dimension * 4);
        code.increase(at!, stride * 4);
      });
      eachSum((sum, place) => {
        code.store(column!, place, sum);
      });
    });
  }
  return code;
}

/** rowGradients = probabilities · gᵀ, two rows at a time. */
function rowGradients(layout: SimdLayout): WasmFunction {
  const { dimension, stride, g, probabilities, rowGradients: target } = layout;
  const code = new WasmFunction('rowGradients', ['i32']);
  const [row, rowAt, errorsAt, column, at] = [0, 1, 2, 3, 4].map(() => code.local('i32'));
  const errors = [code.local('v128'), code.local('v128')];
  const value = code.local('v128');
  for (const pointer of [row, rowAt, errorsAt]) code.zero(pointer!);
  code.loop(row!, 2, { local: 0 }, () => {
    for (const block of coordinateBlocks(dimension)) {
      const sums = block.map(() => [code.local('v128'), code.local('v128')]);
      for (const sum of sums.flat()) {
        code.constant(0);
        code.set(sum);
      }
      code.zero(column!);
      code.loop(column!, 16, rowBytes(layout), () => {
        code.get(errorsAt!, column!);
        code.addIntegers();
        code.set(at!);
        errors.forEach((local, r) => {
          code.load(at!, probabilities + r * stride * 4);
          code.set(local);
        });
        block.forEach((j, b) => {
          code.load(column!, g + j * stride * 4);
          code.set(value);
          errors.forEach((local, r) => {
            code.get(sums[b]![r]!, value, local);
            code.do('mul', 'add');
            code.set(sums[b]![r]!);
          });
        });
      });
      block.forEach((j, b) => {
        sums[b]!.forEach((sum, r) => {
          code.acrossLanes(sum, 'add');
          code.storeFirst(rowAt!, target + (r * dimension + j) * 4, sum);
        });
      });
    }
    code.increase(rowAt!, dimension * 8);
    code.increase(errorsAt!, stride * 8);
  });
  return code;
}
