import type { CholeskyFactor } from './algebra';
import { panelShapes } from './columnPanels';

/** Forward substitution, in place: x becomes z = L⁻¹x. */
export function whitenRow({ size, width, below, inverses }: CholeskyFactor, values: Float64Array): void {
  panelShapes(size, width).forEach(({ start, columns }, k) => {
    const solved = values.subarray(start, start + columns);
    const rest = values.subarray(start + columns);
    const own = solved.slice();
    solved.fill(0);
    addProduct(solved, inverses[k]!, own, 1);
    addProduct(rest, below[k]!, solved, -1);
  });
}

/** Back substitution, in place: z becomes w = L⁻ᵀz. */
export function unwhitenRow({ size, width, below, inverses }: CholeskyFactor, values: Float64Array): void {
  for (const [k, { start, columns }] of [...panelShapes(size, width).entries()].reverse()) {
    const solved = values.subarray(start, start + columns);
    addTransposedProduct(solved, below[k]!, values.subarray(start + columns), -1);
    const own = solved.slice();
    solved.fill(0);
    addTransposedProduct(solved, inverses[k]!, own, 1);
  }
}

/** v becomes L·v, in place. */
export function multiplyRow({ size, width, below, inverses }: CholeskyFactor, values: Float64Array): void {
  for (const [k, { start, columns }] of [...panelShapes(size, width).entries()].reverse()) {
    const own = values.subarray(start, start + columns);
    addProduct(values.subarray(start + columns), below[k]!, own, 1);
    solve(inverses[k]!, own);
  }
}

/** v becomes Lᵀ·v, in place. */
export function multiplyTransposedRow(
  { size, width, below, inverses }: CholeskyFactor,
  values: Float64Array,
): void {
  panelShapes(size, width).forEach(({ start, columns }, k) => {
    const own = values.subarray(start, start + columns);
    solveTransposed(inverses[k]!, own);
    addTransposedProduct(own, below[k]!, values.subarray(start + columns), 1);
  });
}

/** x becomes D⁻¹x for lower triangular D, in place. */
function solve(d: Float32Array, x: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let j = 0; j < i; j++) sum -= d[i * n + j]! * x[j]!;
    x[i] = sum / d[i * n + i]!;
  }
}

/** x becomes D⁻ᵀx for lower triangular D, in place. */
function solveTransposed(d: Float32Array, x: Float64Array): void {
  const n = x.length;
  for (let i = n - 1; i >= 0; i--) {
    const value = x[i]! / d[i * n + i]!;
    x[i] = value;
    for (let j = 0; j < i; j++) x[j]! -= d[i * n + j]! * value;
  }
}

/** target += sign · A·x for row-major A `[target, x]`. */
function addProduct(target: Float64Array, a: Float32Array, x: Float64Array, sign: number): void {
  const columns = x.length;
  const whole = columns - (columns % 4);
  for (let i = 0; i < target.length; i++) {
    const from = i * columns;
    // Four independent sums: a single one would wait for each addition.
    let sum = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < whole; j += 4) {
      sum += a[from + j]! * x[j]!;
      sum1 += a[from + j + 1]! * x[j + 1]!;
      sum2 += a[from + j + 2]! * x[j + 2]!;
      sum3 += a[from + j + 3]! * x[j + 3]!;
    }
    for (let j = whole; j < columns; j++) sum += a[from + j]! * x[j]!;
    target[i]! += sign * (sum + sum1 + (sum2 + sum3));
  }
}

/** target += sign · Aᵀ·x for row-major A `[x, target]`. */
function addTransposedProduct(target: Float64Array, a: Float32Array, x: Float64Array, sign: number): void {
  const columns = target.length;
  const whole = x.length - (x.length % 4);
  // Four rows at a time, to read and write the target a quarter as often.
  for (let i = 0; i < whole; i += 4) {
    const value = sign * x[i]!;
    const value1 = sign * x[i + 1]!;
    const value2 = sign * x[i + 2]!;
    const value3 = sign * x[i + 3]!;
    const row = i * columns;
    const row1 = row + columns;
    const row2 = row1 + columns;
    const row3 = row2 + columns;
    for (let j = 0; j < columns; j++)
      target[j]! +=
        value * a[row + j]! + value1 * a[row1 + j]! + (value2 * a[row2 + j]! + value3 * a[row3 + j]!);
  }
  for (let i = whole; i < x.length; i++) {
    const value = sign * x[i]!;
    for (let j = 0; j < columns; j++) target[j]! += value * a[i * columns + j]!;
  }
}
