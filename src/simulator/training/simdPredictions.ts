import type { Loss } from '../config/simulationConfig';
import type { SimdLayout } from './simdLayout';
import { eachVector, locals, logits, type Pointers } from './simdLogits';
import { WasmFunction } from './wasmCode';

/**
 * Coefficients of 2ʳ for |r| ≤ ½, to 1e-7: those of its series, (ln 2)ⁿ / n!, the last ones adjusted towards the minimax
 * polynomial.
 */
const powerTerms = [1, 0.69314718, 0.24022651, 0.05550357, 0.00961813, 0.00133336];
/** Adding 1.5 · 2²³ rounds to an integer, which is then in the lowest bits. */
const rounder = 12582912;
/** Exponents of two beyond this leave the range of single precision. */
const mostPower = 126;

interface Block {
  readonly code: WasmFunction;
  readonly layout: SimdLayout;
  readonly pointers: Pointers;
  readonly weightAt: number;
  /** The greatest logit of each row. */
  readonly best: readonly number[];
  /** A vector for each row. */
  readonly sums: readonly number[];
}

/** `predict(count)`, count a multiple of 4: four rows at a time, first their logits, then what the loss makes of them. */
export function predictFunction(layout: SimdLayout, loss: Loss): WasmFunction {
  const code = new WasmFunction('predict', ['i32']);
  const [row, rowAt, errorsAt, weightAt, column, at] = locals(code, 'i32', 6);
  const best = locals(code, 'v128', 4);
  const pointers = { rowAt: rowAt!, errorsAt: errorsAt!, column: column!, at: at! };
  for (const pointer of [row, rowAt, errorsAt, weightAt]) code.zero(pointer!);
  const sums = locals(code, 'v128', 4);
  code.loop(row!, 4, { local: 0 }, () => {
    logits(code, layout, pointers, best);
    links[loss]({ code, layout, pointers, weightAt: weightAt!, best, sums });
    code.increase(rowAt!, 16 * layout.dimension);
    code.increase(errorsAt!, 16 * layout.stride);
    code.increase(weightAt!, 16);
  });
  return code;
}

/** From the logits of a block to weighted estimates of p(c|d). */
const links: Readonly<Record<Loss, (block: Block) => void>> = {
  softmax: (block) => {
    exponentials(block);
    scale(block, 'shares');
  },
  logistic: sigmoids,
  squared: (block) => {
    scale(block, 'values');
  },
};

/** Exponentials of the differences from the row's maximum, and their sums. */
function exponentials({ code, layout, pointers, best, sums }: Block): void {
  const power = code.local('v128');
  const toPower = powerOf(code, power);
  for (const sum of sums) {
    code.constant(0);
    code.set(sum);
  }
  eachVector(code, layout, pointers, sums, (sum, r, place) => {
    code.get(best[r]!);
    code.do('sub');
    code.constant(Math.LOG2E);
    code.do('mul');
    code.constant(-mostPower);
    code.do('max');
    toPower();
    code.store(pointers.at, place, power);
    code.get(sum, power);
    code.do('add');
    code.set(sum);
  });
}

/** weight · eᶻ / (1 + eᶻ). */
function sigmoids({ code, layout, pointers, sums, weightAt }: Block): void {
  const [power, value] = locals(code, 'v128', 2);
  const toPower = powerOf(code, power!);
  sums.forEach((weight, r) => {
    code.load(weightAt, layout.weights + r * 4, 'splatLoad');
    code.set(weight);
  });
  eachVector(code, layout, pointers, sums, (weight, _r, place) => {
    code.constant(Math.LOG2E);
    code.do('mul');
    code.constant(-mostPower);
    code.do('max');
    code.constant(mostPower);
    code.do('min');
    toPower();
    code.get(weight, power!);
    code.do('mul');
    code.get(power!);
    code.constant(1);
    code.do('add', 'div');
    code.set(value!);
    code.store(pointers.at, place, value!);
  });
}

/** Emits code that takes a number on the stack and sets `power` to 2 raised to it. */
function powerOf(code: WasmFunction, power: number): () => void {
  const [x, shifted] = locals(code, 'v128', 2);
  return () => {
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
    code.set(power);
  };
}

/** Multiplies each row by its weight, after dividing it by its sum if they are `shares`. */
function scale({ code, layout, pointers, sums, weightAt }: Block, of: 'shares' | 'values'): void {
  const value = code.local('v128');
  sums.forEach((sum, r) => {
    if (of === 'shares') code.acrossLanes(sum, 'add');
    code.load(weightAt, layout.weights + r * 4, 'splatLoad');
    if (of === 'shares') {
      code.get(sum);
      code.do('div');
    }
    code.set(sum);
  });
  eachVector(code, layout, pointers, sums, (sum, _r, place) => {
    code.get(sum);
    code.do('mul');
    code.set(value);
    code.store(pointers.at, place, value);
  });
}
