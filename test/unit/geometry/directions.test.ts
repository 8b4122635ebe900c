import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conceptDirection, directionChoices } from '../../../src/geometry/conceptDirection';
import { leaveOneOut } from '../../../src/geometry/leaveOneOut';
import { matrix, row } from '../../../src/geometry/matrix';
import { meanOfDefined } from '../../../src/geometry/parallelism';
import { randomSource } from '../../../src/geometry/random';
import { cosine } from '../../../src/geometry/vector';
import {
  generalVectors,
  matrixOf,
  near,
  plainCosine,
  plainDirections,
  plainDot,
  plainLeaveOneOut,
  plainMean,
  swapped,
  without,
  type Vectors,
} from '../support/plainMath';

/** Differences around one direction: their principal direction is well separated from the rest. */
function concept(pairs: number, hidden: number, seed: number): Vectors {
  const random = randomSource(seed);
  return Array.from({ length: pairs }, () => {
    const strength = 1 + random.uniform();
    return Array.from({ length: hidden }, (_, j) => random.gaussian() * 0.3 + (j === 0 ? strength : 0));
  });
}

const concepts = [concept(2, 5, 1), concept(7, 12, 2), concept(20, 6, 3)];

/** The mean leave-one-out cosine if there are `weights[k]` copies of pair k. */
function weightedMeanCosine(vectors: Vectors, weights: readonly number[], isUnit: boolean): number {
  const cosines = vectors.map((vector, i) => {
    const others = without(
      vectors.map((v, k) => {
        const factor = weights[k]! / (isUnit ? Math.sqrt(plainDot(v, v)) : 1);
        return v.map((value) => factor * value);
      }),
      i,
    );
    return weights[i]! * plainCosine(vector, plainMean(others));
  });
  return cosines.reduce((a, b) => a + b, 0) / weights.reduce((a, b) => a + b, 0);
}

describe('concept directions', () => {
  for (const choice of directionChoices) {
    const plain = plainDirections[choice];

    it(`${choice}: the direction and leave-one-out agree with plain loops`, () => {
      for (const vectors of concepts) {
        const direction = conceptDirection(matrixOf(vectors), choice);
        plain(vectors).forEach((value, j) => {
          near(direction[j]!, value, 1e-8);
        });
        const left = leaveOneOut(matrixOf(vectors), choice);
        vectors.forEach((vector, i) => {
          const others = plain(without(vectors, i));
          near(left.cosines[i]!, plainCosine(vector, others), 1e-8);
          near(left.projections[i]!, plainDot(vector, others), 1e-8);
        });
      }
    });

    it(`${choice}: swapping base and target reverses it and changes no leave-one-out number`, () => {
      for (const vectors of concepts) {
        const [there, back] = [matrixOf(vectors), matrixOf(swapped(vectors))];
        near(cosine(conceptDirection(there, choice), conceptDirection(back, choice)), -1);
        assert.deepEqual(leaveOneOut(back, choice), leaveOneOut(there, choice));
      }
    });

    it(`${choice}: differences of twice the length project twice as far, at the same angle`, () => {
      const vectors = concepts[1]!;
      const longer = matrixOf(vectors.map((vector) => vector.map((value) => 2 * value)));
      const [left, leftLonger] = [leaveOneOut(matrixOf(vectors), choice), leaveOneOut(longer, choice)];
      left.cosines.forEach((value, i) => {
        near(leftLonger.cosines[i]!, value);
        near(leftLonger.projections[i]!, 2 * left.projections[i]!);
        near(leftLonger.influences[i]!, left.influences[i]!);
      });
    });

    it(`${choice}: another order of the pairs gives the same numbers in that order`, () => {
      const vectors = concepts[1]!;
      const [left, reversed] = [vectors, [...vectors].reverse()].map((v) => leaveOneOut(matrixOf(v), choice));
      left!.cosines.forEach((value, i) => {
        near(reversed!.cosines.at(-1 - i)!, value);
        near(reversed!.influences.at(-1 - i)!, left!.influences[i]!);
      });
    });

    it(`${choice}: no differences and zero differences have no direction`, () => {
      assert.deepEqual(conceptDirection(matrix(0, 3, new Float32Array(0)), choice), new Float64Array(3));
      assert.deepEqual(conceptDirection(matrix(2, 2, new Float32Array(4)), choice), new Float64Array(2));
      const zero = leaveOneOut(matrix(2, 2, new Float32Array(4)), choice);
      assert.deepEqual([...zero.cosines, ...zero.projections, ...zero.influences], Array(6).fill(NaN));
      assert.equal(leaveOneOut(matrix(0, 3, new Float32Array(0)), choice).cosines.length, 0);
    });
  }

  it('leave-one-out projections agree with plain loops on any vectors', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        const { projections } = leaveOneOut(matrixOf(vectors));
        vectors.forEach((vector, i) => {
          near(projections[i]!, plainDot(vector, plainDirections.mean(without(vectors, i))));
        });
      }),
    );
  });

  it('computes leave-one-out even if one long difference cancels almost all of the sum', () => {
    const vectors = [
      [1e5, 1, 0],
      [-1e5, 0, 1e-3],
      [0, 1, 1],
    ];
    plainLeaveOneOut(vectors).forEach((expected, i) => {
      near(leaveOneOut(matrixOf(vectors)).cosines[i]!, expected);
    });
    const opposed = [
      [1e4, 3e-2],
      [-1e4, 4e-2],
      [1, 1e-5],
    ];
    plainLeaveOneOut(opposed).forEach((expected, i) => {
      near(leaveOneOut(matrixOf(opposed)).cosines[i]!, expected);
    });
  });

  for (const choice of ['mean', 'normalised'] as const) {
    it(`${choice}: an influence is the response of the mean cosine to the weight of its pair`, () => {
      for (const vectors of concepts.slice(1)) {
        const { cosines, influences } = leaveOneOut(matrixOf(vectors), choice);
        near(meanOfDefined(influences)!, meanOfDefined(cosines)!);
        const slopes = vectors.map((_, k) => {
          const step = 1e-5;
          const [more, less] = [1 + step, 1 - step].map((weight) =>
            weightedMeanCosine(
              vectors,
              vectors.map((_, i) => (i === k ? weight : 1)),
              choice === 'normalised',
            ),
          );
          return (vectors.length * (more! - less!)) / (2 * step);
        });
        const middle = slopes.reduce((a, b) => a + b, 0) / slopes.length;
        slopes.forEach((slope, k) => {
          near(influences[k]! - meanOfDefined(cosines)!, slope - middle, 1e-6);
        });
      }
    });
  }

  it('principal: an influence is near what leaving its pair out of the concept changes', () => {
    const vectors = concept(40, 10, 5);
    const mean = (part: Vectors) => meanOfDefined(leaveOneOut(matrixOf(part), 'principal').cosines)!;
    const { influences } = leaveOneOut(matrixOf(vectors), 'principal');
    const pseudo = vectors.map((_, k) => 40 * mean(vectors) - 39 * mean(without(vectors, k)));
    assert.ok(plainCosine(centred([...influences]), centred(pseudo)) > 0.98);
  });

  it('principal: follows the long differences where the mean follows the many', () => {
    const vectors = [...Array.from({ length: 5 }, () => [0, 1]), [-9, 0]];
    assert.ok(Math.abs(row(matrixOf([[...conceptDirection(matrixOf(vectors), 'principal')]]), 0)[0]!) > 0.99);
    const opposed = matrixOf([
      [3, 4],
      [-3, -4],
    ]);
    near(Math.abs(cosine(conceptDirection(opposed, 'principal'), Float64Array.of(3, 4))), 1);
  });

  it('principal: more than 1000 pairs have a direction but are not left out one by one', () => {
    const many = matrixOf(concept(1001, 3, 4));
    near(cosine(conceptDirection(many, 'principal'), Float64Array.of(1, 0, 0)), 1, 1e-3);
    assert.ok(leaveOneOut(many, 'principal').cosines.every(Number.isNaN));
  });
});

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.map((value) => value - mean);
}
