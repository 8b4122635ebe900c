import { rowBytes, type SimdLayout } from './simdLayout';
import { WasmFunction } from './wasmCode';

/**
 * Coefficients of 2ʳ for |r| ≤ ½, to 1e-7: those of its series, (ln 2)ⁿ / n!, the last ones adjusted towards the minimax
 * polynomial.
 */
const powerTerms = [1, 0.69314718, 0.24022651, 0.05550357, 0.00961813, 0.00133336];
/** Adding 1.5 · 2²³ rounds to an integer, which is then in the lowest bits. */
const rounder = 12582912;

/**
 * `softmax(count)`, count a multiple of 4: four rows and, for the logits, eight tokens at a time, so that each row of g is
 * loaded once for four contexts; then exp of the difference from the row's maximum; then scaling to the weights.
 */
export function softmaxFunction(layout: SimdLayout): WasmFunction {
  const code = new WasmFunction('softmax', ['i32']);
  const [row, rowAt, errorsAt, weightAt, column, at] = locals(code, 'i32', 6);
  const best = locals(code, 'v128', 4);
  const pointers = { rowAt: rowAt!, errorsAt: errorsAt!, column: column!, at: at! };
  for (const pointer of [row, rowAt, errorsAt, weightAt]) code.zero(pointer!);
  const sums = locals(code, 'v128', 4);
  code.loop(row!, 4, { local: 0 }, () => {
    logits(code, layout, pointers, best);
    exponentials(code, layout, pointers, best, sums);
    scale(code, layout, pointers, sums, weightAt!);
    code.increase(rowAt!, 16 * layout.dimension);
    code.increase(errorsAt!, 16 * layout.stride);
    code.increase(weightAt!, 16);
  });
  return code;
}

interface Pointers {
  readonly rowAt: number;
  readonly errorsAt: number;
  readonly column: number;
  readonly at: number;
}

function locals(code: WasmFunction, type: 'i32' | 'v128', count: number): number[] {
  return Array.from({ length: count }, () => code.local(type));
}

function logits(code: WasmFunction, layout: SimdLayout, pointers: Pointers, best: readonly number[]): void {
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

function exponentials(
  code: WasmFunction,
  layout: SimdLayout,
  pointers: Pointers,
  best: readonly number[],
  sums: readonly number[],
): void {
  const [x, shifted, power] = locals(code, 'v128', 3);
  for (const sum of sums) {
    code.constant(0);
    code.set(sum);
  }
  eachVector(code, layout, pointers, sums, (sum, r, place) => {
    code.get(best[r]!);
    code.do('sub');
    code.constant(Math.LOG2E);
    code.do('mul');
    code.constant(-126);
    code.do('max');
    code.set(x!);
    code.get(x!);
    code.constant(rounder);
    code.do('add');
    code.set(shifted!);
    code.get(x!, shifted!);
    code.constant(rounder);
    code.do('sub', 'sub');
    code.set(x!);
    code.constant(powerTerms.at(-1)!);
    for (const term of powerTerms.slice(0, -1).reverse()) {
      code.get(x!);
      code.do('mul');
      code.constant(term);
      code.do('add');
    }
    code.get(shifted!);
    code.shiftLeft(23);
    code.do('addIntegers');
    code.set(power!);
    code.store(pointers.at, place, power!);
    code.get(sum, power!);
    code.do('add');
    code.set(sum);
  });
}

function scale(
  code: WasmFunction,
  layout: SimdLayout,
  pointers: Pointers,
  sums: readonly number[],
  weightAt: number,
): void {
  const value = code.local('v128');
  sums.forEach((sum, r) => {
    code.acrossLanes(sum, 'add');
    code.load(weightAt, layout.weights + r * 4, 'splatLoad');
    code.get(sum);
    code.do('div');
    code.set(sum);
  });
  eachVector(code, layout, pointers, sums, (sum, _r, place) => {
    code.get(sum);
    code.do('mul');
    code.set(value);
    code.store(pointers.at, place, value);
  });
}

/** Visits four tokens of each of the four rows in turn: `visit` gets them on the stack, and their address from `at`. */
function eachVector(
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
