import assert from 'node:assert/strict';
import { SizeNulls } from '../../../src/probe/geometry/sizeNulls';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { randomSource } from '../../../src/geometry/random';
import { randomDirections } from '../../../src/geometry/randomDirections';
import { plainAlgebra } from '../../../src/model/algebra/plainAlgebra';

const count = 8;

describe('the nulls of random concepts by their sizes', () => {
  const source = randomSource(3);
  const rows = matrix(
    200,
    16,
    Float32Array.from({ length: 200 * 16 }, () => source.gaussian()),
  );
  const directions = (sizes: readonly number[]): Matrix =>
    randomDirections(rows, sizes, { count, random: (chain) => randomSource(7, chain) });

  /** |cos| of even chains of the smaller size with odd ones of the larger, ascending. */
  const plain = (small: number, large: number): number[] => {
    const [a, b] = [directions([small]), directions([large])];
    const values: number[] = [];
    for (let i = 0; i < count; i += 2)
      for (let j = 1; j < count; j += 2)
        values.push(Math.abs([...row(a, i)].reduce((sum, value, k) => sum + value * row(b, j)[k]!, 0)));
    return values.sort((x, y) => x - y);
  };

  const compare = (found: Float64Array, expected: readonly number[]): void => {
    assert.equal(found.length, expected.length);
    found.forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-12);
    });
  };

  it('are those of plain loops, in either order of the sizes', async () => {
    const of = await new SizeNulls(directions, plainAlgebra).of([20, 5, 5, 9]);
    compare(of(5, 20), plain(5, 20));
    compare(of(20, 5), plain(5, 20));
    compare(of(9, 9), plain(9, 9));
  });

  it('are computed once, with another size only the new ones; unused ones are dropped', async () => {
    const made: (readonly number[])[] = [];
    let products = 0;
    const nulls = new SizeNulls(
      (sizes) => {
        made.push(sizes);
        return directions(sizes);
      },
      {
        ...plainAlgebra,
        multiply: (a, b) => {
          products++;
          return plainAlgebra.multiply(a, b);
        },
      },
    );
    const before = await nulls.of([5, 9, 20]);
    const same = await nulls.of([5, 9, 20]);
    assert.equal(same(5, 9), before(5, 9));
    assert.equal(products, 6);
    const changed = await nulls.of([5, 10, 20]);
    assert.equal(products, 9);
    assert.equal(changed(5, 20), before(5, 20));
    compare(changed(10, 20), plain(10, 20));
    await nulls.of([5, 9, 20]);
    assert.equal(products, 12);
    assert.deepEqual(
      made.filter(({ length }) => length > 0),
      [[5, 9, 20], [10], [9]],
    );
  });

  it('are empty if there are too few tokens for a direction', async () => {
    const few = matrix(3, 16, rows.data.slice(0, 48));
    const none = (sizes: readonly number[]): Matrix =>
      randomDirections(few, sizes, { count, random: (chain) => randomSource(7, chain) });
    const of = await new SizeNulls(none, plainAlgebra).of([2, 3]);
    assert.equal(of(2, 3).length, 0);
  });
});
