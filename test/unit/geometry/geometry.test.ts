import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differences } from '../../../src/geometry/differences';
import { matrix, row } from '../../../src/geometry/matrix';
import { conceptDirection, cosinesWith } from '../../../src/geometry/conceptDirection';
import { leaveOneOut } from '../../../src/geometry/leaveOneOut';
import { meanOfDefined, meanPairwiseCosine, pairwiseCosine } from '../../../src/geometry/parallelism';
import { cosine } from '../../../src/geometry/vector';
import {
  entry,
  generalVectors,
  matrixOf,
  near,
  plainCosine,
  plainLeaveOneOut,
  plainMean,
  plainMeanPairwise,
  swapped,
} from '../support/plainMath';

describe('geometry', () => {
  it('subtracts base from target', () => {
    const rows = matrix(3, 2, Float32Array.of(1, 2, 10, 20, 100, 200));
    const found = differences(rows, [
      { base: 0, target: 1 },
      { base: 2, target: 0 },
    ]);
    assert.deepEqual(found, matrix(2, 2, Float32Array.of(9, 18, -99, -198)));
  });

  it('rejects missing rows and mismatched shapes, naming both', () => {
    const rows = matrix(1, 2, Float32Array.of(1, 2));
    assert.throws(() => differences(rows, [{ base: 0, target: 1 }]), {
      message: 'There is no row 1 in a [1, 2] matrix.',
    });
    assert.throws(() => matrix(2, 2, new Float32Array(3)), {
      message: 'A [2, 2] matrix needs 4 values, not 3.',
    });
    assert.throws(() => cosine(new Float64Array(2), new Float64Array(3)), {
      message: 'Cannot multiply vectors of 2 and 3 values.',
    });
  });

  it('agrees with plain loops', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const deltas = matrixOf(vectors);
        near(meanPairwiseCosine(deltas)!, plainMeanPairwise(vectors));
        plainLeaveOneOut(vectors).forEach((expected, i) => {
          near(leaveOneOut(deltas).cosines[i]!, expected);
        });
        const pairwise = pairwiseCosine(deltas);
        vectors.forEach((u, i) => {
          vectors.forEach((v, j) => {
            near(row(pairwise, i)[j]!, plainCosine(u, v));
          });
        });
        const withDirection = cosinesWith(conceptDirection(deltas), deltas);
        vectors.forEach((vector, i) => {
          near(withDirection[i]!, plainCosine(vector, plainMean(vectors)));
        });
      }),
    );
  });

  it('adding one vector to all unembedding rows changes no difference', () => {
    fc.assert(
      fc.property(generalVectors, fc.array(entry, { minLength: 5, maxLength: 5 }), (vectors, shift) => {
        const moved = vectors.map((vector) => vector.map((value, j) => value + shift[j]!));
        const pairs = vectors.slice(1).map((_, i) => ({ base: i, target: i + 1 }));
        assert.deepEqual(differences(matrixOf(moved), pairs), differences(matrixOf(vectors), pairs));
      }),
    );
  });

  it('swapping base and target of all pairs reverses the direction and keeps the cosines', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const [there, back] = [matrixOf(vectors), matrixOf(swapped(vectors))];
        near(meanPairwiseCosine(back)!, meanPairwiseCosine(there)!);
        assert.deepEqual(leaveOneOut(back).cosines, leaveOneOut(there).cosines);
        near(cosine(conceptDirection(back), conceptDirection(there)), -1);
      }),
    );
  });

  it('scaling all rows by a power of two changes nothing', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const scaled = vectors.map((vector) => vector.map((value) => 4 * value));
        assert.deepEqual(pairwiseCosine(matrixOf(scaled)), pairwiseCosine(matrixOf(vectors)));
        assert.deepEqual(conceptDirection(matrixOf(scaled)), conceptDirection(matrixOf(vectors)));
      }),
    );
  });

  it('is undefined where nothing can be computed', () => {
    const one = matrixOf([[1, 2]]);
    assert.equal(meanPairwiseCosine(one), null);
    assert.deepEqual(leaveOneOut(one).cosines, Float64Array.of(NaN));
    assert.equal(meanOfDefined(leaveOneOut(one).cosines), null);
    assert.deepEqual(conceptDirection(matrix(0, 3, new Float32Array(0))), new Float64Array(3));
    assert.equal(meanPairwiseCosine(matrix(0, 3, new Float32Array(0))), null);
  });

  it('a zero difference is undefined and does not count', () => {
    const vectors = matrixOf([
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
    near(meanPairwiseCosine(vectors)!, Math.SQRT1_2);
    const looCosines = leaveOneOut(vectors).cosines;
    assert.ok(Number.isNaN(looCosines[1]));
    near(meanOfDefined(looCosines)!, Math.SQRT1_2);
    assert.ok(row(pairwiseCosine(vectors), 1).every(Number.isNaN));
  });

  it('differences that cancel have no direction, despite rounding', () => {
    const values = Float32Array.from({ length: 3 * 64 }, (_, i) => Math.sin(i * i + 1));
    const circle = [0, 1, 2].map((i) => ({ base: i, target: (i + 1) % 3 }));
    const deltas = differences(matrix(3, 64, values), circle);
    assert.ok(conceptDirection(deltas).every((value) => value === 0));
    assert.ok(cosinesWith(conceptDirection(deltas), deltas).every(Number.isNaN));
    assert.ok(leaveOneOut(deltas).cosines.every((value) => Math.abs(value + 1) < 1e-6));
  });

  it('a zero difference projects to zero and a single one to nothing', () => {
    const zeroAmongThem = matrixOf([
      [2, 0],
      [0, 0],
      [0, 3],
    ]);
    assert.deepEqual([...leaveOneOut(zeroAmongThem).projections], [0, 0, 0]);
    assert.deepEqual([...leaveOneOut(matrixOf([[1, 2]])).projections], [NaN]);
  });

  it('a pair and its reverse point in opposite directions', () => {
    const opposed = matrixOf([
      [3, 4],
      [-3, -4],
    ]);
    near(meanPairwiseCosine(opposed)!, -1);
    assert.deepEqual([...leaveOneOut(opposed).cosines], [-1, -1]);
    assert.ok(cosinesWith(conceptDirection(opposed), opposed).every(Number.isNaN));
  });
});
