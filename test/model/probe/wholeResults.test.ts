import assert from 'node:assert/strict';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { EngineClient } from '../../../src/engine/engineClient';
import { checkResult, checkVocabulary } from '../../../src/protocol/checkResult';
import { pack, unpack } from '../../../src/protocol/packed';
import {
  defaultProbeSettings,
  type ProbeResult,
  type ProbeSettings,
} from '../../../src/protocol/probeResult';
import { wordConcepts } from '../../support/wordConcepts';
import { builtInModel } from '../support/builtInModel';
import { inRoot } from '../../support/places';

/** Every reply of the engine passes the panel's checks, whatever the request: a check must not reject a complete result. */
describe('a reply of the engine', function () {
  const client = new EngineClient(inRoot('dist', 'engine.js'), () => undefined);
  before(builtInModel);
  after(() => {
    client.dispose();
  });
  const fewDraws = { ...defaultProbeSettings, randomPairs: 1000, permutations: 100, bootstrap: 100 };
  const few = () => wordConcepts(4, 6);
  const request = (concepts: ReturnType<typeof few>, settings: ProbeSettings = fewDraws) => ({
    ...{ model: null, concepts, seed: 0, tokens: defaultTokenRule, settings },
  });
  const single = { base: 'king', target: 'queen' };

  const cases: Readonly<Record<string, Parameters<typeof request>>> = {
    'of 40 concepts, one of 300 pairs': [wordConcepts(40), defaultProbeSettings],
    'of more pairs than a map has rows': [wordConcepts(2, 1500)],
    'of one concept': [few().slice(0, 1)],
    'of concepts without a pair, with one, and with one twice': [
      [
        { name: 'none', pairs: [] },
        { name: 'one', pairs: [single] },
        { name: 'twice', pairs: [single, single] },
        { name: 'dropped', pairs: [{ base: 'antidisestablishment', target: 'xyzzy plugh' }] },
      ],
    ],
    'of pairs that cancel': [
      [
        { name: 'there and back', pairs: [single, { base: 'queen', target: 'king' }] },
        { name: 'nothing', pairs: [{ base: 'king', target: 'king' }] },
        ...few(),
      ],
    ],
    'with principal directions': [few(), { ...fewDraws, direction: 'principal' }],
    'with normalised directions': [few(), { ...fewDraws, direction: 'normalised' }],
    'in the Euclidean product alone': [few(), { ...fewDraws, products: ['euclidean'] }],
    'in the causal product alone': [few(), { ...fewDraws, products: ['causal'] }],
    'without statistics': [few(), { ...fewDraws, randomPairs: 0, permutations: 0, bootstrap: 0 }],
    'with a single random pair': [few(), { ...fewDraws, randomPairs: 1 }],
  };
  for (const [what, [concepts, settings]] of Object.entries(cases)) {
    it(`is complete and arrives complete ${what}`, async () => {
      const result = await client.call('probe', request(concepts, settings));
      const arrived = unpack(pack(result));
      assert.deepEqual(arrived, result);
      checkResult(arrived);
    });
  }

  it('is available early except for the statistics of what has changed', async () => {
    const concepts = few();
    const early: ProbeResult[] = [];
    const ask = (asked: ReturnType<typeof few>) =>
      client.call(
        'probe',
        // A separate seed, so that nothing is remembered from the cases above.
        { ...request(asked), seed: 1, early: true },
        {
          onProgress: (progress) => {
            if (progress.early) early.push(progress.early);
          },
        },
      );
    await ask(concepts);
    const changed = concepts.with(1, { ...concepts[1]!, pairs: concepts[1]!.pairs.slice(1) });
    const last = await ask(changed);
    assert.equal(early.length, 2);
    const [first, second] = early as [ProbeResult, ProbeResult];
    for (const result of early) {
      checkResult(unpack(pack(result)));
      assert.equal(result.isEarly, true);
      assert.equal(result.directions.causal!.chance, null);
    }
    assert.ok(!('isEarly' in last));
    assert.ok(first.concepts.every(({ causal }) => causal!.permutation === null && causal!.random === null));
    for (const [index, { euclidean, causal }] of second.concepts.entries()) {
      const final = last.concepts[index]!;
      for (const [known, all] of [
        [euclidean, final.euclidean],
        [causal!, final.causal!],
      ] as const) {
        const { random, permutation, ...measured } = known;
        const { random: finalRandom, permutation: finalPermutation, ...finalMeasured } = all;
        assert.deepEqual(measured, finalMeasured);
        assert.deepEqual(random, index === 1 ? null : finalRandom);
        assert.deepEqual(permutation, index === 1 ? null : { ...finalPermutation, q: NaN });
      }
    }
    assert.deepEqual(second.directions.control, last.directions.control);
    assert.deepEqual(second.directions.causal!.cosine, last.directions.causal!.cosine);
  });

  it('is complete for a vocabulary', async () => {
    const concepts = few();
    const axes = { product: 'causal', x: concepts[0]!.name, y: concepts[1]!.name, count: 20 } as const;
    checkVocabulary(unpack(pack(await client.call('vocabulary', { ...request(concepts), ...axes }))));
  });
});
