import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conceptNumbers, type conceptFormulas } from '../../../src/geometry/conceptFormulas';
import { gramOf } from '../../../src/geometry/gram';
import { summarizeDifferences } from '../../../src/geometry/parallelism';
import {
  generalVectors,
  matrixOf,
  near,
  plainCosine,
  plainDot,
  plainMeanPairwise,
  type Vectors,
} from '../support/plainMath';

/** Each formula again as plain loops. */
const plainFormulas: Readonly<Record<keyof typeof conceptFormulas, (vectors: Vectors) => number>> = {
  meanCosine: plainMeanPairwise,
  meanCosineWithSelf: (vectors) => mean(vectors.flatMap((u) => vectors.map((v) => plainCosine(u, v)))),
  effectiveRank: (vectors) => {
    const products = vectors.map((u) => vectors.map((v) => plainDot(u, v)));
    const trace = products.reduce((sum, line, i) => sum + line[i]!, 0);
    return trace ** 2 / products.flat().reduce((sum, product) => sum + product ** 2, 0);
  },
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function numbersOf(vectors: Vectors, withGram = true) {
  const deltas = matrixOf(vectors);
  const gram = withGram ? gramOf(deltas) : null;
  return conceptNumbers({ deltas, description: summarizeDifferences(deltas), gram });
}

describe('the numbers of a concept', () => {
  it('agree with plain loops', () => {
    fc.assert(
      fc.property(generalVectors, (vectors) => {
        for (const [name, value] of Object.entries(numbersOf(vectors)) as [
          keyof typeof conceptFormulas,
          number,
        ][])
          near(value, plainFormulas[name](vectors), 1e-8);
      }),
    );
  });

  it('are null where they are undefined', () => {
    const zero = numbersOf([[0, 0]]);
    assert.deepEqual([zero.meanCosine, zero.meanCosineWithSelf, zero.effectiveRank], [null, null, null]);
    assert.equal(numbersOf([[1, 2]]).meanCosine, null);
    const many = numbersOf(
      [
        [1, 0],
        [1, 1],
      ],
      false,
    );
    assert.equal(many.effectiveRank, null, 'without a Gram matrix');
    near(many.meanCosine!, Math.SQRT1_2);
  });
});
