import assert from 'node:assert/strict';
import type { Concept } from '../../../src/concepts/concept';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { withFolder } from '../support/fixtures';
import { smallRule, writeSmallModel } from '../support/smallModel';
import { quickSettings, smallProbe, someConcepts, type SmallRequest } from '../support/smallProbe';
import { someHead } from '../support/someHead';

/** One thing is changed at a time, and changed back. */
describe('what an engine remembers of the last probe', () => {
  const head = someHead(300, 20);
  const [first, second] = [someConcepts(300, [6, 4, 9], 1), someConcepts(300, [6, 4, 9], 2)];
  const edited = [first[0]!, second[1]!, first[2]!];
  const requests: readonly SmallRequest[] = [
    { concepts: first, settings: { randomPairs: 0 } },
    { concepts: first },
    { concepts: edited },
    { concepts: edited, settings: { permutations: 0 } },
    { concepts: edited, settings: { permutations: 300 } },
    { concepts: first, settings: { bootstrap: 0, products: ['causal'] } },
    { concepts: first, settings: { direction: 'normalised' } },
    { concepts: first, settings: { ridge: 0.01 } },
    { concepts: first, seed: 1 },
    { concepts: [...first].reverse() },
    { concepts: [] },
    { concepts: first },
  ];
  const numbers = ({ concepts, directions }: ProbeResult) => ({ concepts, directions });
  let expected: ReturnType<typeof numbers>[];
  before(async () => {
    // Each with its own engine.
    expected = [];
    for (const request of requests) expected.push(...(await smallProbe(head, request)).map(numbers));
  });

  it('changes no number', async () => {
    const found = await smallProbe(head, ...requests);
    found.forEach((result, index) => {
      assert.deepEqual(numbers(result), expected[index], `request ${index}`);
    });
  });

  it('avoids measuring and testing what did not change', async () => {
    const compared = async (...lists: readonly (readonly Concept[])[]): Promise<string[][]> => {
      const found: string[][] = [];
      await withFolder(async (model) => {
        writeSmallModel(model, head);
        const methods = createEngineMethods('no embedded models here');
        for (const concepts of lists) {
          const names: string[] = [];
          const request = { model, concepts, seed: 0, tokens: smallRule, settings: quickSettings };
          await methods.probe(request, ({ message }) => {
            const [, name] = /^Comparing the pairs of (.*)$/u.exec(message) ?? [];
            if (name !== undefined) names.push(name);
          });
          found.push(names);
        }
      });
      return found;
    };
    const all = first.map(({ name }) => name);
    const renamed = first.map((concept, index) => ({ ...concept, name: `renamed ${index}` }));
    // Each in both products.
    assert.deepEqual(await compared(first, first, edited, renamed.toReversed(), first), [
      ...[[...all, ...all], []],
      ...[[all[1]!, all[1]!], ['renamed 1', 'renamed 1'], []],
    ]);
  });

  it('changes none if all are requested at once', async () => {
    await withFolder(async (model) => {
      writeSmallModel(model, head);
      const methods = createEngineMethods('no built-in models here');
      const found = await Promise.all(
        requests.map(({ concepts, seed = 0, settings }) => {
          const all = { ...quickSettings, ...settings };
          return methods.probe({ model, concepts, seed, tokens: smallRule, settings: all }, () => undefined);
        }),
      );
      found.forEach((result, index) => {
        assert.deepEqual(numbers(result), expected[index], `request ${index}`);
      });
    });
  });
});
