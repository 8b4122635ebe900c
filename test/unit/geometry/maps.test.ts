import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clusterTree, type Merge } from '../../../src/geometry/clusterTree';
import { gramOf } from '../../../src/geometry/gram';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { offDiagonal } from '../../../src/geometry/offDiagonal';
import {
  blockwisePairwise,
  summarizeDifferences,
  effectiveRank,
  meanCrossCosine,
  meanPairwiseCosine,
  meanPairwiseCosineOf,
  pairwiseCosine,
  pairwiseFromGram,
} from '../../../src/geometry/parallelism';
import { randomSource, shuffle } from '../../../src/geometry/random';
import { generalVectors, matrixOf, near, plainCosine, plainMeanPairwise } from '../support/plainMath';

const nothing = matrix(0, 3, new Float64Array(0));

describe('means over many cosines', () => {
  it('describes differences by norms and the sum of unit ones', () => {
    const found = summarizeDifferences(
      matrixOf([
        [3, 4],
        [0, 0],
        [0, 2],
      ]),
    );
    assert.deepEqual([...found.norms], [5, 0, 2]);
    assert.equal(found.defined, 2);
    near(found.unitSum[0]!, 0.6);
    near(found.unitSum[1]!, 1.8);
  });

  it('agrees with plain loops with and without self-pairs, within and across concepts', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const n = vectors.length;
        const description = summarizeDifferences(matrixOf(vectors));
        const mean = plainMeanPairwise(vectors);
        near(meanPairwiseCosineOf(description)!, mean);
        near(meanPairwiseCosineOf(description, true)!, (mean * (n - 1) + 1) / n);
        const others = vectors.slice(1).map((vector) => [...vector].reverse());
        const crossed = vectors.flatMap((u) => others.map((v) => plainCosine(u, v)));
        near(
          meanCrossCosine(description, summarizeDifferences(matrixOf(others))),
          crossed.reduce((a, b) => a + b, 0) / crossed.length,
        );
      }),
    );
  });

  it('one difference has a mean only with itself, and no differences have no mean', () => {
    const one = summarizeDifferences(matrixOf([[1, 2, 3]]));
    assert.equal(meanPairwiseCosineOf(one), null);
    near(meanPairwiseCosineOf(one, true)!, 1);
    const none = summarizeDifferences(nothing);
    assert.equal(meanPairwiseCosineOf(none, true), null);
    assert.ok(Number.isNaN(meanCrossCosine(one, none)));
  });

  it('cosines from inner products equal those of the differences', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const found = pairwiseFromGram(gramOf(matrixOf(vectors)));
        vectors.forEach((u, i) => {
          vectors.forEach((v, j) => {
            near(row(found, i)[j]!, plainCosine(u, v));
            assert.equal(row(found, i)[j], row(found, j)[i]);
          });
          assert.equal(row(found, i)[i], 1);
        });
      }),
    );
    const withZero = pairwiseFromGram(matrix(2, 2, Float64Array.of(0, 0, 0, 4)));
    assert.deepEqual([...withZero.data], [NaN, NaN, NaN, 1]);
    const rounded = pairwiseFromGram(matrix(2, 2, Float64Array.of(1, 1.1, 1.1, 1)));
    assert.deepEqual([...rounded.data], [1, 1, 1, 1]);
  });

  it('a coarse map contains the block means of the fine one, without self-pairs', () => {
    fc.assert(
      fc.property(generalVectors, fc.integer({ min: 1, max: 7 }), (vectors, size) => {
        const coarse = blockwisePairwise(matrixOf(vectors), size);
        assert.equal(coarse.rows, Math.ceil(vectors.length / size));
        for (let a = 0; a < coarse.rows; a++) {
          for (let b = 0; b < coarse.rows; b++) {
            near(row(coarse, a)[b]!, plainBlock(vectors, a, b, size));
          }
        }
      }),
    );
  });

  it('a block of one pair has no mean with itself, and blocks of one pair give the fine map', () => {
    const vectors = matrixOf([
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
    const found = blockwisePairwise(vectors, 1);
    assert.deepEqual(
      [0, 1, 2].map((i) => row(found, i)[i]),
      [NaN, NaN, NaN],
    );
    near(row(found, 0)[1]!, Math.SQRT1_2);
    assert.ok(row(found, 2).every(Number.isNaN));
    near(row(blockwisePairwise(vectors, 5), 0)[0]!, meanPairwiseCosine(vectors)!);
    assert.equal(blockwisePairwise(nothing, 5).rows, 0);
  });

  it('effective rank is 1 for parallel, n for orthogonal, and the participation ratio in between', () => {
    const rank = (vectors: number[][]) => effectiveRank(gramOf(matrixOf(vectors)))!;
    near(
      rank([
        [1, 2],
        [-2, -4],
      ]),
      1,
    );
    near(
      rank([
        [0, 2],
        [2, 0],
      ]),
      2,
    );
    // Eigenvalues 9 and 1.
    near(
      rank([
        [3, 0],
        [0, 1],
      ]),
      100 / 82,
    );
    assert.equal(effectiveRank(gramOf(matrixOf([[0, 0]]))), null);
    assert.equal(effectiveRank(gramOf(nothing)), null);
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const found = rank(vectors.map((vector) => [...vector]));
        assert.ok(found > 1 - 1e-9 && found < vectors.length + 1e-9);
      }),
    );
  });

  it('finds the largest absolute value off the diagonal', () => {
    const found = offDiagonal(matrix(3, 3, Float64Array.of(1, 0.2, -0.7, 0.2, 1, NaN, -0.7, NaN, 1)));
    assert.ok(found);
    near(found.mean, 0.45);
    assert.deepEqual([found.largest, found.pair], [0.7, [0, 2]]);
    assert.equal(offDiagonal(matrixOf([[1]])), null);
    assert.equal(offDiagonal(matrix(2, 2, Float64Array.of(1, NaN, NaN, 1))), null);
  });
});

/** Mean cosine over a block of pairs, without self-pairs. */
function plainBlock(vectors: readonly (readonly number[])[], a: number, b: number, size: number): number {
  const [rows, columns] = [a, b].map((cell) => vectors.slice(cell * size, (cell + 1) * size));
  const cosines = rows!.flatMap((u) => columns!.filter((v) => v !== u).map((v) => plainCosine(u, v)));
  return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
}

describe('cluster order', () => {
  /** Cosines of `groups` directions with `each` noisy copies, in random order, and the group of each. */
  function groups(count: number, each: number): { similarity: Matrix; group: Int32Array } {
    const random = randomSource(3);
    const group = Int32Array.from({ length: count * each }, (_, i) => i % count);
    shuffle(group, random);
    const vectors = Array.from(group, (own) =>
      Array.from({ length: 2 * count }, (_, j) => (j === own ? 1 : 0) + 0.1 * random.gaussian()),
    );
    return { similarity: pairwiseCosine(matrixOf(vectors)), group };
  }

  it('puts each group side by side', () => {
    const { similarity, group } = groups(6, 8);
    const order = clusterTree(similarity).order;
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      [...group.keys()],
    );
    const changes = [...order].filter((item, i) => i > 0 && group[item] !== group[order[i - 1]!]).length;
    assert.equal(changes, 5);
  });

  it('orients clusters so that similar ends touch', () => {
    // Points on a line, similar if near: the expected order is that of the line, from either end.
    const points = [5, 0.9, 3.1, 0, 2, 7.5];
    const near = matrixOf(points.map((p) => points.map((q) => -Math.abs(p - q))));
    const found = [...clusterTree(near).order].map((i) => points[i]!);
    const sorted = [...points].sort((a, b) => a - b);
    assert.deepEqual(found[0] === 0 ? found : found.reverse(), sorted);
  });

  it('is the same, or reversed, for any order of the rows', () => {
    const { similarity } = groups(4, 5);
    const n = similarity.rows;
    const moved = Int32Array.from({ length: n }, (_, i) => i);
    shuffle(moved, randomSource(8));
    const data = new Float64Array(n * n);
    moved.forEach((from, i) => {
      moved.forEach((to, j) => {
        data[i * n + j] = row(similarity, from)[to]!;
      });
    });
    const there = [...clusterTree(similarity).order];
    const back = [...clusterTree(matrix(n, n, data)).order].map((i) => moved[i]!);
    assert.deepEqual(back[0] === there[0] ? back : back.reverse(), there);
  });

  it('merges by the mean similarity of two clusters, not by their nearest or farthest members', () => {
    // Row 4 is nearest to row 2, but on average nearer to the first cluster.
    const cosines = [
      [1, 0.9, 0.1, 0.1, 0.5],
      [0.9, 1, 0.1, 0.1, 0.5],
      [0.1, 0.1, 1, 0.9, 0.6],
      [0.1, 0.1, 0.9, 1, 0.2],
      [0.5, 0.5, 0.6, 0.2, 1],
    ];
    const places = [...clusterTree(matrixOf(cosines)).order];
    assert.equal(places.indexOf(4), 2);
    assert.deepEqual(new Set([places.indexOf(2), places.indexOf(3)]), new Set([3, 4]));
  });

  it('has the merges of a plain loop, which are contiguous in the order and never closer than those below', () => {
    const { similarity } = groups(5, 7);
    const n = similarity.rows;
    const { order, merges } = clusterTree(similarity);
    const expected = plainMerges(similarity);
    const found = rowsOfMerges(merges, n);
    assert.equal(merges.length, n - 1);
    assert.deepEqual(new Set(found.keys()), new Set(expected.keys()));
    for (const [rows, value] of found) near(value, expected.get(rows)!);
    for (const rows of found.keys()) {
      const places = rows.split(' ').map((name) => order.indexOf(Number(name)));
      assert.equal(Math.max(...places) - Math.min(...places), places.length - 1, rows);
    }
    merges.forEach(({ a, b, similarity: own }, at) => {
      for (const node of [a, b]) {
        assert.ok(node < n + at, 'children come first');
        if (node >= n) assert.ok(own <= merges[node - n]!.similarity + 1e-12);
      }
    });
  });

  it('keeps the order of equal rows, and handles no rows, one row, undefined cells and a thousand rows', () => {
    assert.deepEqual([...clusterTree(matrix(0, 0, new Float64Array(0))).order], []);
    assert.deepEqual([...clusterTree(matrixOf([[1]])).order], [0]);
    assert.deepEqual([...clusterTree(matrix(4, 4, new Float64Array(16))).order], [0, 1, 2, 3]);
    assert.deepEqual(
      clusterTree(matrix(3, 3, Float64Array.of(NaN, NaN, 0.5, NaN, NaN, NaN, 0.5, NaN, NaN))).order,
      Int32Array.of(0, 2, 1),
    );
    const { similarity } = groups(20, 50);
    assert.equal(new Set(clusterTree(similarity).order).size, 1000);
  });
});

/** The rows of each merge, sorted, with its similarity. */
function rowsOfMerges(merges: readonly Merge[], n: number): Map<string, number> {
  const clusters = Array.from({ length: n }, (_, i) => [i]);
  const found = new Map<string, number>();
  for (const { a, b, similarity } of merges) {
    const rows = [...clusters[a]!, ...clusters[b]!].sort((x, y) => x - y);
    clusters.push(rows);
    found.set(rows.join(' '), similarity);
  }
  return found;
}

/** Merges the two clusters with the largest mean similarity, again and again, with every mean computed from the rows. */
function plainMerges(similarity: Matrix): Map<string, number> {
  let clusters = Array.from({ length: similarity.rows }, (_, i) => [i]);
  const found = new Map<string, number>();
  while (clusters.length > 1) {
    let best = { a: clusters[0]!, b: clusters[1]!, mean: -Infinity };
    clusters.forEach((a, i) => {
      for (const b of clusters.slice(i + 1)) {
        const cells = a.flatMap((u) => b.map((v) => row(similarity, u)[v]!));
        const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
        if (mean > best.mean) best = { a, b, mean };
      }
    });
    const merged = [...best.a, ...best.b].sort((x, y) => x - y);
    clusters = [...clusters.filter((one) => one !== best.a && one !== best.b), merged];
    found.set(merged.join(' '), best.mean);
  }
  return found;
}
