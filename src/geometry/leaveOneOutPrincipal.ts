import { gramOf } from './gram';
import { centredAt, type LeftOut } from './leftOut';
import { row, type Matrix } from './matrix';
import { powerIteration } from './powerIteration';
import { clampCosine, dot } from './vector';

/** Above this number of pairs, computing an eigenvector for each would take minutes. */
const mostPairs = 1000;
const solverSteps = 100;

/**
 * Leave-one-out with the principal direction of the others. Their direction is Σ cⱼδⱼ / √λ, with (c, λ) the leading
 * eigenpair of the Gram matrix without row and column i, iterated from the eigenvector of all pairs. Its mean
 * projection has the sign of Σ cⱼ. All NaN above 1000 pairs.
 */
export function leaveOneOutPrincipal(differences: Matrix): LeftOut {
  const n = differences.rows;
  const [cosines, projections] = [new Float64Array(n).fill(NaN), new Float64Array(n).fill(NaN)];
  if (n > mostPairs) return { cosines, projections, influences: cosines.slice() };
  const gram = gramOf(differences);
  const multiply = (from: Float64Array, to: Float64Array): void => {
    to.fill(0);
    // Column by column, so that the processor does not wait for a single sum.
    for (let j = 0; j < n; j++) {
      const factor = from[j]!;
      const column = row(gram, j);
      for (let i = 0; i < n; i++) to[i]! += factor * column[i]!;
    }
  };
  const all = powerIteration(n, multiply);
  for (let i = 0; i < n; i++) {
    const start = Float64Array.from(all.vector);
    start[i] = 0;
    const withoutOwn = (from: Float64Array, to: Float64Array): void => {
      multiply(from, to);
      to[i] = 0;
    };
    const { vector, value } = powerIteration(n, withoutOwn, start);
    if (value === 0) continue;
    const sign = total(vector) < 0 ? -1 : 1;
    projections[i] = (sign * dot(row(gram, i), vector)) / Math.sqrt(value);
    cosines[i] = clampCosine(projections[i]! / Math.sqrt(gram.data[i * n + i]!));
  }
  return { cosines, projections, influences: principalInfluences(gram, multiply, all, cosines) };
}

/**
 * The influences to first order: pair k turns the principal direction v by (λ − Σδδᵀ)⁻¹ δₖ⟨δₖ, v⟩ across v, which
 * changes the sum of the cosines by its product with a = Σ δᵢ/‖δᵢ‖. The inverse on a is taken once, as a Neumann
 * series; for v the direction of all pairs stands in for that of all but one, and for the own term its first order.
 */
function principalInfluences(
  { data, rows: n }: Matrix,
  multiply: (from: Float64Array, to: Float64Array) => void,
  { vector, value }: { readonly vector: Float64Array; readonly value: number },
  cosines: Float64Array,
): Float64Array {
  const sign = total(vector) < 0 ? -1 : 1;
  const units = cosines.map((cosine, i) => (Number.isNaN(cosine) ? 0 : 1 / Math.sqrt(data[i * n + i]!)));
  // Everything is a combination of differences; across v means across `vector` after a product with the Gram matrix.
  const across = (of: Float64Array): Float64Array => {
    const along = dot(of, vector);
    return of.map((x, i) => x - along * vector[i]!);
  };
  const source = across(units);
  let solved: Float64Array = source.map((x) => x / value);
  const products = new Float64Array(n);
  for (let step = 0; step < solverSteps; step++) {
    multiply(solved, products);
    solved = across(products.map((x, i) => (x + source[i]!) / value));
  }
  multiply(solved, products);
  const influences = cosines.map((cosine, k) => {
    const own = (Math.sqrt(data[k * n + k]!) * (1 - cosine ** 2)) / value;
    return cosine + sign * Math.sqrt(value) * vector[k]! * (products[k]! - own);
  });
  return centredAt(cosines, influences);
}

function total(vector: Float64Array): number {
  return vector.reduce((sum, weight) => sum + weight, 0);
}
