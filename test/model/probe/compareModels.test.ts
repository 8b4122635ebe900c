import assert from 'node:assert/strict';
import type { Concept } from '../../../src/concepts/concept';
import { comparisonText } from '../../../src/cli/text/comparisonText';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { exportDocument } from '../../../src/export/comparisonDocument';
import { innerProducts } from '../../../src/protocol/geometryResult';
import type { ModelComparison } from '../../../src/protocol/modelComparison';
import type { ProbeResult, ProbeSettings } from '../../../src/protocol/probeResult';
import { near } from '../../unit/support/plainMath';
import { withFolder } from '../support/fixtures';
import { plainCovariance, plainInverse } from '../support/plainCovariance';
import { plainConcept, plainGram } from '../support/plainGeometry';
import { smallRule, writeSmallModel, type SmallHead } from '../support/smallModel';
import { conceptOf, quickSettings, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

/** Both models probed, and compared. */
async function compared(
  heads: readonly [SmallHead, SmallHead],
  concepts: readonly Concept[],
  settings: Partial<ProbeSettings> = {},
): Promise<{ first: ProbeResult; comparison: ModelComparison }> {
  const methods = createEngineMethods('no built-in models here');
  return new Promise((resolve, reject) => {
    void withFolder(async (model) => {
      await withFolder(async (other) => {
        writeSmallModel(model, heads[0]);
        writeSmallModel(other, heads[1]);
        const request = {
          model,
          concepts,
          seed: 0,
          tokens: smallRule,
          settings: { ...quickSettings, ...settings },
        };
        const first = await methods.probe(request, () => undefined);
        const comparison = await methods.compare({ ...request, other }, () => undefined);
        resolve({ first, comparison });
      });
    }).catch(reject);
  });
}

describe('two models on the same concepts', () => {
  /** The second model has fewer tokens, so it does not keep pairs with other words. */
  const heads = [someHead(300, 20), someHead(200, 24)] as const;
  const pairs = Array.from({ length: 12 }, (_, i) => [i, (i < 7 ? 40 : 260) + 2 * i] as const);
  const concepts = [
    conceptOf('some', pairs),
    ...someConcepts(200, [8, 6], 5),
    conceptOf('none', [
      [1, 270],
      [2, 280],
    ]),
  ];
  const common = pairs.slice(0, 7);
  let first: ProbeResult;
  let comparison: ModelComparison;
  before(async () => {
    ({ first, comparison } = await compared(heads, concepts));
  });

  it('are compared on the pairs that both keep, in agreement with plain loops', () => {
    assert.deepEqual(
      comparison.common.concepts.map(({ pairs: count }) => count),
      [7, 8, 6, 0],
    );
    assert.deepEqual(
      [first, comparison.second].map(({ concepts: [concept] }) => concept!.kept),
      [12, 7],
    );
    for (const product of innerProducts) {
      const [one, other] = heads.map(({ rows, hidden }) => {
        const deltas = common.map(([base, target]) =>
          Float64Array.from(
            { length: hidden },
            (_, j) => rows[target * hidden + j]! - rows[base * hidden + j]!,
          ),
        );
        const inverse = product === 'causal' ? plainInverse(plainCovariance(rows, hidden).covariance) : null;
        const { cosines } = plainConcept(
          plainGram(deltas, inverse),
          common.map((_, i) => i),
        );
        return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
      }) as [number, number];
      const { leaveOneOut } = comparison.common.concepts[0]![product]!;
      near(leaveOneOut.first!, one, 1e-5);
      near(leaveOneOut.second!, other, 1e-5);
      near(leaveOneOut.difference!, leaveOneOut.second! - leaveOneOut.first!, 1e-12);
      const { low, high } = leaveOneOut.interval!;
      assert.ok(low < leaveOneOut.difference! && leaveOneOut.difference! < high);
      // Directions use only the common pairs.
      assert.notEqual(
        leaveOneOut.first!.toFixed(6),
        first.concepts[0]![product]!.leaveOneOut.mean!.toFixed(6),
      );
    }
  });

  it('have the numbers of their own results if they keep the same pairs', () => {
    for (const product of innerProducts) {
      for (const index of [1, 2]) {
        const { leaveOneOut, meanCosine } = comparison.common.concepts[index]![product]!;
        const [a, b] = [first, comparison.second].map((result) => result.concepts[index]![product]!);
        near(leaveOneOut.first!, a!.leaveOneOut.mean!, 1e-6);
        near(leaveOneOut.second!, b!.leaveOneOut.mean!, 1e-6);
        near(meanCosine.first!, a!.meanCosine!, 1e-6);
        near(meanCosine.second!, b!.meanCosine!, 1e-6);
      }
    }
  });

  it('have no numbers for concepts without a pair in common', () => {
    const { euclidean } = comparison.common.concepts[3]!;
    const nothing = { first: null, second: null, difference: null };
    assert.deepEqual(euclidean, { leaveOneOut: { ...nothing, interval: null }, meanCosine: nothing });
  });

  it('are reported consistently in the terminal and the document', () => {
    const { difference, interval } = comparison.common.concepts[0]!.causal!.leaveOneOut;
    const row = comparisonText(first, comparison)
      .split('\n')
      .filter((line) => line.trimStart().startsWith('some '))[1]!;
    const wanted = `${difference! < 0 ? '−' : ''}${Math.abs(difference!).toFixed(4)}`;
    assert.match(row, new RegExp(`^ *some +12 / 7 +7 .*${wanted}`, 'u'));
    const document = exportDocument(first, { comparison, manyModels: null });
    assert.deepEqual(document.comparison!.common.concepts[0]!.causal!.leaveOneOut.interval, interval);
    assert.deepEqual(document.comparison!.difference.concepts[0], { name: 'some', kept: -5 });
    assert.equal(document.comparison!.difference.directions, null);
  });

  it('have no interval with too few pairs in common, or for principal directions', async () => {
    const few = [conceptOf('few', pairs.slice(3))];
    const { comparison: of4 } = await compared(heads, few);
    assert.equal(of4.common.concepts[0]!.pairs, 4);
    assert.equal(of4.common.concepts[0]!.euclidean.leaveOneOut.interval, null);
    const principal = await compared(heads, concepts, { direction: 'principal' });
    assert.equal(principal.comparison.common.concepts[1]!.euclidean.leaveOneOut.interval, null);
  });

  it('have their Euclidean geometry if one has no other', async () => {
    // Fewer tokens than dimensions, and no ridge.
    const narrow = [someHead(300, 20), someHead(15, 20)] as const;
    const small = [
      conceptOf(
        'small',
        Array.from({ length: 7 }, (_, i) => [i, i + 7] as const),
      ),
    ];
    const { comparison: found } = await compared(narrow, small, { ridge: 0 });
    assert.equal(found.common.causal, null);
    assert.equal(found.common.concepts[0]!.causal, null);
    assert.ok(found.common.concepts[0]!.euclidean.leaveOneOut.interval);
  });
});
