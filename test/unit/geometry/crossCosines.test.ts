import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cosinesOf, unitBlocks } from '../../../src/geometry/crossCosines';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { meanCrossCosine, summarizeDifferences } from '../../../src/geometry/parallelism';
import { generalVectors, matrixOf, near, plainCosine } from '../support/plainMath';

describe('cosines between the differences of two concepts', () => {
  it('are those of a plain loop, and their mean is that of the map across concepts', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const others = vectors.slice(1).map((vector) => [...vector].reverse());
        const [a, b] = [matrixOf(vectors), matrixOf(others)];
        const found = cosinesOf(products(unitBlocks(a, 1), unitBlocks(b, 1)));
        let sum = 0;
        vectors.forEach((u, i) => {
          others.forEach((v, j) => {
            near(row(found, i)[j]!, plainCosine(u, v));
            sum += row(found, i)[j]!;
          });
        });
        near(
          sum / (vectors.length * others.length),
          meanCrossCosine(summarizeDifferences(a), summarizeDifferences(b)),
        );
      }),
    );
  });

  it('are means over blocks, without zero differences; a block of nothing else is undefined', () => {
    const a = matrixOf([
      [3, 0],
      [0, 2],
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
    const blocks = unitBlocks(a, 2);
    assert.deepEqual([...blocks.data.slice(0, 4)], [0.5, 0.5, NaN, NaN]);
    const found = cosinesOf(products(blocks, unitBlocks(matrixOf([[5, 0]]), 1)));
    assert.equal(found.data[0], 0.5);
    assert.ok(Number.isNaN(found.data[1]));
    near(found.data[2]!, Math.SQRT1_2);
  });
});

function products(a: Matrix, b: Matrix): Matrix {
  const cell = (i: number, j: number) =>
    [...row(a, i)].reduce((sum, value, k) => sum + value * row(b, j)[k]!, 0);
  return matrix(
    a.rows,
    b.rows,
    Float64Array.from({ length: a.rows * b.rows }, (_, at) => cell(Math.floor(at / b.rows), at % b.rows)),
  );
}
