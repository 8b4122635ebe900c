import assert from 'node:assert/strict';
import { resultDocument } from '../../../src/export/resultDocument';
import type { Matrix } from '../../../src/geometry/matrix';
import type { ConceptGeometry, DirectionGeometry } from '../../../src/protocol/geometryResult';
import { plainConcept, plainDirections, plainGram } from '../support/plainGeometry';
import { realModels } from '../support/plainModel';
import { realProbe, type RealProbe } from '../support/realProbes';

type Numbers = ArrayLike<number>;

function same(
  actual: Numbers | number | null,
  expected: Numbers | number,
  tolerance: number,
  what: string,
): void {
  assert.ok(actual !== null, what);
  const [found, wanted] = [actual, expected].map((values) =>
    typeof values === 'number' ? [values] : values,
  );
  assert.equal(found!.length, wanted!.length, what);
  for (let i = 0; i < wanted!.length; i++) {
    const allowed = tolerance * Math.max(1, Math.abs(wanted![i]!));
    assert.ok(Math.abs(found![i]! - wanted![i]!) <= allowed, `${what}: ${found![i]!} is not ${wanted![i]!}`);
  }
}

function sameConcept(
  actual: ConceptGeometry,
  expected: ReturnType<typeof plainConcept>,
  tolerance: number,
): void {
  same(actual.meanCosine, expected.meanCosine, tolerance, 'mean cosine');
  same(actual.meanCosineWithSelf, expected.meanCosineWithSelf, tolerance, 'mean cosine with self');
  const { leaveOneOut } = actual;
  same(leaveOneOut.cosines, expected.cosines, tolerance, 'leave-one-out cosines');
  same(leaveOneOut.projections, expected.projections, tolerance, 'leave-one-out projections');
  const mean = expected.cosines.reduce((a, b) => a + b, 0) / expected.cosines.length;
  same(leaveOneOut.mean, mean, tolerance, 'leave-one-out mean');
  same(actual.withDirection, expected.withDirection, tolerance, 'cosines with the direction');
  same(actual.norms, expected.norms, tolerance, 'norms');
  same(actual.effectiveRank, expected.effectiveRank, tolerance, 'effective rank');
  assert.equal(actual.pairsPerCell, 1);
  same(actual.pairwise.data, expected.pairwise, tolerance, 'pairwise cosines');
}

function sameDirections(
  actual: DirectionGeometry,
  expected: ReturnType<typeof plainDirections>,
  selfCosines: readonly number[],
  tolerance: number,
): void {
  const size = (values: Matrix): number[] => [values.rows, values.columns];
  assert.deepEqual(size(actual.cosine), [selfCosines.length, selfCosines.length]);
  same(actual.cosine.data, expected.cosine, tolerance, 'cosines of directions');
  same(actual.differenceCosine.data, expected.differenceCosine, tolerance, 'mean cosines of differences');
  same(actual.differenceSelfCosine, selfCosines, tolerance, 'the same with self');
  same(actual.offDiagonal!.mean, expected.offDiagonal.mean, tolerance, 'off-diagonal mean');
  same(actual.offDiagonal!.largest, expected.offDiagonal.largest, tolerance, 'off-diagonal largest');
  assert.deepEqual(actual.offDiagonal!.pair, expected.offDiagonal.pair);
}

for (const name of realModels) {
  describe(`the geometry of ${name}`, () => {
    let probe: RealProbe;
    before(async function () {
      probe = await realProbe(name);
    });

    for (const [product, tolerance] of [
      ['euclidean', 1e-5],
      ['causal', 1e-4],
    ] as const) {
      it(`is that of plain loops in every number, ${product}`, () => {
        const { model, differences, own, result } = probe;
        const gram = plainGram(differences, product === 'causal' ? model.inverse : null);
        const expected = own.map((positions) => plainConcept(gram, positions));
        result.concepts.forEach((concept, index) => {
          assert.ok(concept.kept >= 2, concept.name);
          sameConcept(concept[product]!, expected[index]!, tolerance);
        });
        const directions = result.directions[product]!;
        assert.deepEqual(
          directions.concepts,
          result.concepts.map((concept) => concept.name),
        );
        const selfCosines = expected.map(({ meanCosineWithSelf }) => meanCosineWithSelf);
        sameDirections(directions, plainDirections(gram, own), selfCosines, tolerance);
      });
    }

    it('exports the cosine of a pair with its direction in both products', () => {
      const { concepts } = resultDocument(probe.result);
      probe.result.concepts.forEach(({ euclidean, causal }, index) => {
        const kept = concepts[index]!.pairs.filter(({ status }) => status === 'kept');
        assert.deepEqual(
          kept.map(({ cosine }) => cosine),
          Array.from(euclidean.withDirection, (cosine, i) => ({
            euclidean: cosine,
            causal: causal!.withDirection[i],
          })),
        );
      });
    });

    it('describes the covariance, and needs no ridge', () => {
      const { vocabSize, ridge, ridgeReason } = probe.result.covariance!;
      assert.deepEqual([vocabSize, ridge, ridgeReason], [probe.model.vocab, 0, null]);
    });
  });
}
