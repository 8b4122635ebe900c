import assert from 'node:assert/strict';
import { bootstrapInterval, meanInterval } from '../../../src/geometry/bootstrapInterval';
import { mantelTest } from '../../../src/geometry/mantelTest';
import { matrix, type Matrix } from '../../../src/geometry/matrix';
import { randomSource } from '../../../src/geometry/random';
import { ranks } from '../../../src/geometry/ranks';
import { combined, slopeWeights } from '../../../src/geometry/slope';
import { near } from '../support/plainMath';

/* Plain versions: ranks by counting, correlation by its formula, permutations by recursion. */

function plainRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function plainCorrelation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - ma) * (b[i]! - mb);
    aa += (value - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

function entries(map: Matrix, order: readonly number[]): number[] {
  const values: number[] = [];
  for (let i = 0; i < map.rows; i++)
    for (let j = 0; j < i; j++) values.push(map.data[order[i]! * map.columns + order[j]!]!);
  return values;
}

function orders(values: readonly number[]): number[][] {
  if (values.length === 0) return [[]];
  return values.flatMap((value, i) => orders(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}

/** Symmetric, with some equal entries. */
function someMap(n: number, seed: number): Matrix {
  const random = randomSource(seed);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = i === j ? 1 : Math.round(20 * random.gaussian()) / 40;
      data[i * n + j] = data[j * n + i] = value;
    }
  return matrix(n, n, data);
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('ranks', () => {
  it('share the mean rank of equal values', () => {
    for (const size of [0, 1, 7, 40]) {
      const random = randomSource(size);
      const values = Float64Array.from({ length: size }, () => random.integer(9));
      assert.deepEqual([...ranks(values)], plainRanks([...values]));
    }
  });
});

describe('the agreement of two maps', () => {
  const test = (a: Matrix, b: Matrix, permutations = 10_000, seed = 0) =>
    mantelTest(a, b, { permutations, random: randomSource(seed) });

  it('is the rank correlation of the entries off the diagonal, with every renaming counted', () => {
    for (const n of [4, 5, 6]) {
      const [a, b] = [someMap(n, n), someMap(n, 10 + n)];
      const given = plainRanks(entries(a, upTo(n)));
      const rhos = orders(upTo(n)).map((order) => plainCorrelation(given, plainRanks(entries(b, order))));
      const found = test(a, b)!;
      near(found.rho, rhos[0]!, 1e-12);
      assert.equal(found.exact, true);
      assert.equal(found.permutations, rhos.length);
      near(found.p, rhos.filter((rho) => rho >= rhos[0]! - 1e-12).length / rhos.length, 1e-12);
    }
  });

  it('samples renamings of many things, and counts the given one', () => {
    const [a, b] = [someMap(40, 1), someMap(40, 2)];
    near(
      test(a, b)!.rho,
      plainCorrelation(plainRanks(entries(a, upTo(40))), plainRanks(entries(b, upTo(40)))),
      1e-12,
    );
    const same = test(a, a, 200)!;
    near(same.rho, 1, 1e-12);
    assert.deepEqual(
      [same.p, same.resolution, same.permutations, same.exact],
      [1 / 201, 1 / 201, 200, false],
    );
    assert.deepEqual(test(a, b, 300, 5), test(a, b, 300, 5));
    assert.ok(Number.isNaN(test(a, b, 0)!.p));
  });

  it('finds the same whatever the order of the things', () => {
    const [a, b] = [someMap(6, 3), someMap(6, 4)];
    const turned = (map: Matrix): Matrix => {
      const order = [3, 0, 5, 1, 4, 2];
      return matrix(6, 6, Float64Array.from(order.flatMap((i) => order.map((j) => map.data[6 * i + j]!))));
    };
    const [one, other] = [test(a, b)!, test(turned(a), turned(b))!];
    near(one.rho, other.rho, 1e-12);
    near(one.p, other.p, 1e-12);
  });

  it('has a uniform p between maps that have nothing in common, although rows share things', () => {
    // Entries u_i + u_j: permuting single entries would find far too small p.
    const sums = (seed: number): Matrix => {
      const random = randomSource(seed);
      const values = upTo(10).map(() => random.gaussian());
      return matrix(10, 10, Float64Array.from(values.flatMap((u) => values.map((v) => u + v))));
    };
    const found = upTo(400).map((i) => test(sums(2 * i), sums(2 * i + 1), 99, i)!.p);
    for (const level of [0.05, 0.2, 0.5]) {
      const share = found.filter((p) => p <= level).length / found.length;
      assert.ok(
        Math.abs(share - level) < 3 * Math.sqrt((level * (1 - level)) / found.length),
        `${level}: ${share}`,
      );
    }
  });

  it('is missing for fewer than four things, equal entries and undefined ones', () => {
    assert.equal(test(someMap(3, 1), someMap(3, 2)), null);
    const flat = matrix(5, 5, new Float64Array(25).fill(0.5));
    assert.equal(test(flat, someMap(5, 2)), null);
    const holed = someMap(5, 2);
    holed.data[1] = NaN;
    assert.equal(test(someMap(5, 1), holed), null);
    assert.throws(() => test(someMap(5, 1), someMap(6, 1)), RangeError);
  });
});

describe('a slope', () => {
  it('is that of least squares', () => {
    const [x, y] = [
      [1, 2, 4, 7],
      [0.5, 0.25, 1, 2],
    ];
    // Minimizes the sum of squares: no other slope has a smaller one.
    const squares = (slope: number): number => {
      const mean = y.reduce((sum, value, i) => sum + value - slope * x[i]!, 0) / x.length;
      return y.reduce((sum, value, i) => sum + (value - mean - slope * x[i]!) ** 2, 0);
    };
    const slope = slopeWeights(x)!.reduce((sum, weight, i) => sum + weight * y[i]!, 0);
    for (const other of [slope - 1e-4, slope + 1e-4]) assert.ok(squares(slope) < squares(other));
    assert.equal(slopeWeights([3, 3, 5, 5]), null);
  });

  it('has the interval of what each pair contributes', () => {
    const series = [1, 2, 3].map((seed) => {
      const random = randomSource(seed);
      return Float64Array.from({ length: 12 }, () => random.uniform() / 2);
    });
    const weights = slopeWeights([1, 2, 4])!;
    const parts = combined(weights, series);
    parts.forEach((part, k) => {
      near(
        part,
        weights[0]! * series[0]![k]! + weights[1]! * series[1]![k]! + weights[2]! * series[2]![k]!,
        1e-12,
      );
    });
    // Without bounds the interval of a mean cosine is the same.
    const resampling = () => ({ resamples: 500, random: randomSource(9) });
    assert.deepEqual(
      meanInterval(parts, (value) => value, resampling()),
      bootstrapInterval(parts, resampling()),
    );
  });
});
