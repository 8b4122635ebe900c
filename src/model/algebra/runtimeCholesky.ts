import type { CholeskyFactor } from './algebra';
import { belowGraph, unexplainedGraph } from './choleskyGraphs';
import { factorizeBlock, invertBlock, meanDiagonal, smallestPivot } from './diagonalBlock';
import type { GraphRunner, Operand } from './graphRunner';
import { panelBlock, panelShapes, type Panels } from './columnPanels';

/**
 * Left-looking blocked factorization: in single precision, like the covariance itself, with diagonal blocks in double
 * precision. Finished blocks are stored as columns of Lᵀ, `above[i]` being the rows above the diagonal block i of its
 * columns. Whatever a block needs of them is contiguous, so that it takes one product.
 *
 * @returns see {@link Algebra.factorize}
 */
export async function runtimeCholesky(
  runner: GraphRunner,
  lower: Panels,
  ridge: number,
): Promise<CholeskyFactor | null> {
  const { size, width } = lower;
  const shapes = panelShapes(size, width);
  const mean = meanDiagonal(lower);
  const above = shapes.map(({ start, columns }) => new Float32Array(start * columns));
  const below = shapes.map(({ rows, columns }) => new Float32Array((rows - columns) * columns));
  const inverses: Float32Array[] = [];
  for (const [k, { start, columns }] of shapes.entries()) {
    const rows = (i: number): Operand => ({
      data: above[i]!.subarray(0, start * shapes[i]!.columns),
      dims: [start, shapes[i]!.columns],
    });
    const c = { data: panelBlock(lower, k, k), dims: [columns, columns] };
    const { y = c.data } =
      k > 0 ? await runner.run('unexplained', unexplainedGraph, { a: rows(k), b: rows(k), c }) : {};
    const block = new Float64Array(y);
    for (let i = 0; i < columns; i++) block[i * columns + i]! += ridge * mean;
    if (!factorizeBlock(block, columns, smallestPivot * mean)) return null;
    const inverse = new Float32Array(invertBlock(block, columns));
    inverses.push(inverse);
    for (let i = k + 1; i < shapes.length; i++) {
      const { start: first, columns: tall } = shapes[i]!;
      const c = { data: panelBlock(lower, i, k), dims: [tall, columns] };
      const d = { data: inverse, dims: [columns, columns] };
      const l = (first - start - columns) * columns;
      await runner.run(
        `below ${k === 0}`,
        () => belowGraph(k === 0),
        k === 0 ? { c, d } : { a: rows(i), b: rows(k), c, d },
        {
          r: { data: above[i]!.subarray(start * tall, (start + columns) * tall), dims: [columns, tall] },
          l: { data: below[k]!.subarray(l, l + tall * columns), dims: [tall, columns] },
        },
      );
    }
  }
  return { size, width, below, inverses };
}
