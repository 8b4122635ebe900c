import { rowBytes, type SimdLayout } from './simdLayout';
import type { WasmFunction } from './wasmCode';

/** Locals that hold the byte offsets of a block of four rows, and of the tokens in it. */
export interface Pointers {
  readonly rowAt: number;
  readonly errorsAt: number;
  readonly column: number;
  readonly at: number;
}

export function locals(code: WasmFunction, type: 'i32' | 'v128', count: number): number[] {
  return Array.from({ length: count }, () => code.local(type));
}

/**
 * Stores the logits of four rows, eight tokens at a time, so that each row of g is loaded once for four contexts.
 *
 * @param best set to the greatest logit of each row
 */
export function logits(
  code: WasmFunction,
  layout: SimdLayout,
  pointers: Pointers,
  best: readonly number[],
): void {
  const { dimension, stride, start, g, rows, probabilities } = layout;
  const { rowAt, errorsAt, column, at } = pointers;
  const sums = best.map(() => locals(code, 'v128', 2));
  const [left, right, value] = locals(code, 'v128', 3);
  const [counter, coordinate] = locals(code, 'i32', 2);
  best.forEach((local) => {
    code.constant(-1e30);
    code.set(local);
  });
  code.zero(column);
  code.loop(column, 32, rowBytes(layout), () => {
    for (const half of [0, 1]) {
      code.load(column, start + half * 16);
      code.set(left!);
      for (const pair of sums) {
        code.get(left!);
        code.set(pair[half]!);
      }
    }
    code.get(column);
    code.set(at);
    code.get(rowAt);
    code.set(coordinate!);
    code.zero(counter!);
    // A loop even though the number of coordinates is known: in unrolled code V8 would load everything first and run out of
    // registers.
    code.loop(counter!, 1, dimension, () => {
      code.load(at, g);
      code.set(left!);
      code.load(at, g + 16);
      code.set(right!);
      sums.forEach((pair, r) => {
        code.load(coordinate!, rows + r * dimension * 4, 'splatLoad');
        code.set(value!);
        [left!, right!].forEach((tokens, half) => {
          code.get(pair[half]!, value!, tokens);
          code.do('mul', 'add');
          code.set(pair[half]!);
        });
      });
      code.increase(at, stride * 4);
      code.increase(coordinate!, 4);
    });
    code.get(errorsAt, column);
    code.addIntegers();
    code.set(at);
    sums.forEach((pair, r) => {
      for (const half of [0, 1]) {
        code.store(at, probabilities + r * stride * 4 + half * 16, pair[half]!);
        code.get(best[r]!, pair[half]!);
        code.do('max');
        code.set(best[r]!);
      }
    });
  });
  for (const local of best) code.acrossLanes(local, 'max');
}

/** Visits four tokens of each of the four rows in turn: `visit` gets them on the stack, and their address from `at`. */
export function eachVector(
  code: WasmFunction,
  layout: SimdLayout,
  { errorsAt, column, at }: Pointers,
  sums: readonly number[],
  visit: (sum: number, r: number, place: number) => void,
): void {
  code.zero(column);
  code.loop(column, 16, rowBytes(layout), () => {
    code.get(errorsAt, column);
    code.addIntegers();
    code.set(at);
    sums.forEach((sum, r) => {
      const place = layout.probabilities + r * layout.stride * 4;
      code.load(at, place);
      visit(sum, r, place);
    });
  });
}
