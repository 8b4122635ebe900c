import type { CholeskyFactor } from './algebra';
import { panelShapes } from './panels';

/** Forward substitution: x becomes z = L⁻¹x, in place. */
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

/** Back substitution: z becomes w = L⁻ᵀz, in place. */
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
  for (let i = 0; i < target.length; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += a[i * columns + j]! * x[j]!;
    target[i]! += sign * sum;
  }
}

/** target += sign · Aᵀ·x for row-major A `[x, target]`. */
function addTransposedProduct(target: Float64Array, a: Float32Array, x: Float64Array, sign: number): void {
  const columns = target.length;
  for (let i = 0; i < x.length; i++) {
    const value = sign * x[i]!;
    for (let j = 0; j < columns; j++) target[j]! += value * a[i * columns + j]!;
  }
}
