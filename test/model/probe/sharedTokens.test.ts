import assert from 'node:assert/strict';
import type { Concept } from '../../../src/concepts/concept';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { probeText } from '../../../src/cli/text/textReport';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { innerProducts, sharingPairs, type DirectionGeometry } from '../../../src/protocol/geometryResult';
import { defaultProbeSettings, type ProbeResult } from '../../../src/protocol/probeResult';
import { builtInModel } from '../support/builtInModel';
import { fieldList } from '../support/fieldLists';
import { numbers } from '../support/headForms';
import { conceptOf, smallProbe, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

const marked = ({ chance, concepts }: DirectionGeometry): string[] =>
  concepts.flatMap((name, i) =>
    concepts.flatMap((other, j) =>
      j > i && chance!.q.data[i * concepts.length + j]! < 0.05 ? [`${name} × ${other}`] : [],
    ),
  );

/** A value for a pair of concepts given by name. */
function between(
  { concepts, chance }: DirectionGeometry,
  what: 'p' | 'quantile95',
  first: string,
  second: string,
): number {
  return chance![what].data[concepts.indexOf(first) * concepts.length + concepts.indexOf(second)]!;
}

describe('directions of concepts that share tokens', () => {
  const settings = { permutations: 0, bootstrap: 0, randomPairs: 1000 };

  it('are not marked for only sharing their bases: published lists', async () => {
    const lists = ['chance 1.txt', 'chance 2.txt'].map((file) => fieldList('shared-words', file));
    // A third list with alternating targets of both, shifted by one.
    const [one, two] = lists as [Concept, Concept];
    const third = one.pairs.map(({ base }, i) => ({
      base,
      target: [one, two][i % 2]!.pairs[(i + 1) % 20]!.target,
    }));
    const result = await createEngineMethods('no built-in models here').probe(
      {
        ...{ model: await builtInModel(), tokens: defaultTokenRule, seed: 0 },
        concepts: [...lists, { name: 'chance 3', pairs: third }],
        settings: { ...defaultProbeSettings, ...settings },
      },
      () => undefined,
    );
    const { causal, euclidean } = result.directions;
    assert.ok(causal!.cosine.data[1]! > 0.4);
    for (const directions of [causal!, euclidean]) assert.deepEqual(marked(directions), []);
    assert.equal(causal!.sharedTokens.data[1], 20);
    assert.match(
      probeText(result),
      /With shared tokens, and compared with random concepts that share as many: 1 × 2 \(20\), 1 × 3 \(30\)/u,
    );
  });

  const head = someHead(900, 48);
  const bases = Array.from({ length: 14 }, (_, i) => 7 * i);
  const lists = Array.from({ length: 6 }, (_, list) => {
    const targets = numbers(14, 100 + list).map((value) => 100 + Math.floor((value + 0.5) * 800));
    return conceptOf(
      `list ${list}`,
      bases.map((base, i) => [base, targets[i]!] as const),
    );
  });

  for (const direction of ['mean', 'normalised'] as const) {
    it(`are not marked for only sharing their bases: six random lists, ${direction}`, async () => {
      const [result] = await smallProbe(head, { concepts: lists, settings: { ...settings, direction } });
      for (const product of innerProducts) {
        const directions = result!.directions[product]!;
        assert.deepEqual(marked(directions), []);
        assert.equal(sharingPairs(directions.sharedTokens).length, 15);
        assert.ok(Math.min(...directions.cosine.data) > 0.2);
      }
    });

    it(`are marked for what they share in addition to their bases, ${direction}`, async () => {
      const step = numbers(48, 8).map((value) => 1.5 * value);
      const rows = Array.from(head.rows, (value, at) => {
        const token = Math.floor(at / 48);
        return token >= 300 && token < 340 ? value + step[at % 48]! : value;
      });
      const parallel = [300, 320].map((first, list) =>
        conceptOf(
          `parallel ${list}`,
          bases.map((base, i) => [base, first + i] as const),
        ),
      );
      const [result] = await smallProbe(
        { ...head, rows },
        { concepts: [...parallel, lists[0]!], settings: { ...settings, direction } },
      );
      for (const product of innerProducts)
        assert.ok(marked(result!.directions[product]!).includes('parallel 0 × parallel 1'), product);
    });
  }

  it('have a chance that depends only on the two, and does not change others', async () => {
    const others = someConcepts(900, [14, 9], 3);
    const [a, b] = [lists[0]!, lists[1]!];
    const orders = [
      [a, b, ...others],
      [others[1]!, b, a, others[0]!],
      [a, b, lists[2]!],
      [a, ...others],
    ];
    const results = (await smallProbe(head, ...orders.map((concepts) => ({ concepts, settings })))) as [
      ProbeResult,
      ProbeResult,
      ProbeResult,
      ProbeResult,
    ];
    for (const product of innerProducts) {
      const [first, moved, more, without] = results.map(({ directions }) => directions[product]!);
      for (const what of ['p', 'quantile95'] as const) {
        const shared = between(first!, what, 'list 0', 'list 1');
        assert.equal(between(moved!, what, 'list 1', 'list 0'), shared);
        assert.equal(between(more!, what, 'list 0', 'list 1'), shared);
        const apart = between(first!, what, 'list 0', 'concept 1');
        assert.equal(between(without!, what, 'list 0', 'concept 1'), apart);
      }
      assert.ok(between(first!, 'quantile95', 'list 0', 'list 1') > 0.4);
      assert.ok(between(first!, 'quantile95', 'list 0', 'concept 1') < 0.4);
    }
  });
});
