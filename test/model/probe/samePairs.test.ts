import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CounterfactualPair } from '../../../src/concepts/concept';
import type { TokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { resultDocument } from '../../../src/export/resultDocument';
import { resultTables } from '../../../src/export/resultTables';
import { dropReason, type ConceptResult, type ProbeResult } from '../../../src/protocol/probeResult';
import { probeText } from '../../../src/cli/text/textReport';
import { builtInModel } from '../support/builtInModel';
import { fieldList } from '../support/fieldLists';
import { withFolder } from '../support/fixtures';
import { conceptOf, quickSettings, smallProbe } from '../support/smallProbe';
import { smallRule, writeSmallModel } from '../support/smallModel';
import { someHead } from '../support/someHead';

const reasons = ({ pairs }: ConceptResult): (string | null)[] =>
  pairs.map((pair) => dropReason(pair) ?? null);

describe('pairs of the same tokens', () => {
  const methods = createEngineMethods('no built-in models here');
  const probed = async (
    pairs: readonly CounterfactualPair[],
    tokens: TokenRule,
    settings = {},
  ): Promise<ProbeResult> =>
    methods.probe(
      {
        ...{ model: await builtInModel(), tokens, seed: 0 },
        concepts: [{ name: 'list', pairs }],
        settings: { ...quickSettings, permutations: 10_000, ...settings },
      },
      () => undefined,
    );
  const last: TokenRule = { policy: 'last', leadingSpace: true };
  const listed = (file: string) => fieldList('same-tokens', file).pairs;

  it('count once under a rule that makes them the same', async () => {
    const result = await probed(listed('all-the-same.txt'), last);
    const [concept] = result.concepts;
    const same = 'the same tokens as messy → messiest';
    assert.deepEqual([concept!.kept, concept!.given], [1, 6]);
    assert.deepEqual(reasons(concept!), [null, same, same, same, same, same]);
    assert.equal(concept!.causal!.leaveOneOut.mean, null);
    assert.match(probeText(result), /list: rusty → rustiest: the same tokens as messy → messiest/u);
    const pairs = resultTables(result).find(({ name }) => name === 'geometry.pairs.csv')!.text;
    assert.match(pairs, /rusty,rustiest,duplicate,the same tokens as messy → messiest/u);
    const [document] = resultDocument(result).concepts;
    assert.deepEqual(
      document!.pairs.map(({ reason }) => reason),
      reasons(concept!),
    );
    assert.deepEqual(document!.pairs[5]!.repeats, { base: 'messy', target: 'messiest' });
  });

  it('give the same results as the list without the repetition', async () => {
    const [twice] = (await probed(listed('two-the-same.txt'), last)).concepts;
    const [once] = (await probed(listed('two-the-same-once.txt'), last)).concepts;
    assert.deepEqual([twice!.kept, twice!.given, once!.kept], [4, 5, 4]);
    assert.equal(dropReason(twice!.pairs[1]!), 'the same tokens as messy → messiest');
    assert.deepEqual(twice!.causal, once!.causal);
    assert.equal(twice!.causal!.leaveOneOut.mean!.toFixed(3), '0.311');
    assert.equal(twice!.causal!.permutation!.p.toFixed(3), '0.042');
  });

  it('are the same in a mean whatever the order and the number of repetitions of their tokens', async () => {
    const mean: TokenRule = { policy: 'mean', leadingSpace: false };
    await withFolder(async (model) => {
      writeSmallModel(model, someHead(60, 12));
      const word = (...ids: number[]): string => String.fromCodePoint(...ids.map((id) => 0x4e00 + id));
      const pairs = [
        { base: word(1, 2), target: word(3) },
        { base: word(2, 1), target: word(3, 3) },
        { base: word(3, 3, 3), target: word(1, 2, 1, 2) },
        { base: word(4, 5), target: word(5, 4) },
        { base: word(6, 6), target: word(6) },
        { base: word(1, 1, 2), target: word(3) },
      ];
      const { concepts } = await methods.probe(
        { model, tokens: mean, seed: 0, concepts: [{ name: 'pieces', pairs }], settings: quickSettings },
        () => undefined,
      );
      const first = `${word(1, 2)} → ${word(3)}`;
      assert.deepEqual(reasons(concepts[0]!), [
        ...[null, `the same tokens as ${first}`, `the same tokens as ${first}, swapped`],
        ...['both words have the same tokens', 'both words have the same tokens', null],
      ]);
    });
  });

  it('are found with a tokenizer that normalizes', async () => {
    await withFolder(async (model) => {
      const letters = Array.from('éèêëáàñõ');
      writeSmallModel(model, someHead(letters.length, 6));
      const file = join(model, 'tokenizer.json');
      const definition = JSON.parse(readFileSync(file, 'utf8')) as { model: object };
      const vocab = Object.fromEntries(letters.map((letter, id) => [letter, id]));
      const normalised = {
        ...definition,
        normalizer: { type: 'NFC' },
        model: { ...definition.model, vocab },
      };
      writeFileSync(file, JSON.stringify(normalised));
      const composed = ['éè', 'êë', 'áà'].map(([base, target]) => ({ base: base!, target: target! }));
      const decomposed = composed.map(({ base, target }) => ({
        base: base.normalize('NFD'),
        target: target.normalize('NFD'),
      }));
      const concepts = [{ name: 'accents', pairs: [...composed, ...decomposed] }];
      const request = { model, tokens: smallRule, seed: 0, concepts, settings: quickSettings };
      const [concept] = (await methods.probe(request, () => undefined)).concepts;
      assert.equal(concept!.kept, 3);
      assert.deepEqual(
        reasons(concept!).slice(3),
        composed.map(({ base, target }) => `the same tokens as ${base} → ${target}`),
      );
    });
  });

  it('repeat and swap pairs that count; others are dropped for their own reason each time', async () => {
    const pairs = [
      ['king', 'queen'],
      ['king', 'queen'],
      ['queen', 'king'],
      ['prince', 'princess'],
      ['prince', 'princess'],
    ].map(([base, target]) => ({ base: base!, target: target! }));
    const [concept] = (await probed(pairs, { policy: 'single', leadingSpace: true })).concepts;
    const several = 'princess is 2 tokens (▁prin + cess), but Princess is one';
    assert.deepEqual(reasons(concept!), [
      ...[null, 'repeats king → queen', 'repeats king → queen, swapped'],
      ...[several, several],
    ]);
  });
});

describe('pairs without a difference', () => {
  it('do not count, nor do their repetitions, and change nothing else', async () => {
    const head = someHead(80, 10);
    const rows = [...head.rows];
    for (let j = 0; j < 10; j++) {
      rows[20 * 10 + j] = rows[j]!;
      rows[21 * 10 + j] = rows[10 + j]! * (1 + 3e-7);
      // Nearly equal, as untrained rows are, but not equal.
      rows[22 * 10 + j] = rows[20 + j]! * (1 + 1e-4);
    }
    const others = [3, 4, 5, 6, 7].map((id) => [id, id + 30] as const);
    const without = [
      [0, 20],
      [1, 21],
      [20, 0],
      [0, 20],
    ] as const;
    const results = await smallProbe(
      { ...head, rows },
      { concepts: [conceptOf('list', [...without, [2, 22], ...others])] },
      { concepts: [conceptOf('list', [[2, 22], ...others])] },
      { concepts: [conceptOf('list', without), conceptOf('rest', others)] },
    );
    const [full, rest, none] = results.map(({ concepts }) => concepts[0]!);
    const reason = 'the unembedding vectors of the two words are equal up to rounding';
    assert.deepEqual(
      reasons(full!).map((found) => found === reason),
      [true, true, true, true, false, false, false, false, false, false],
    );
    assert.deepEqual([full!.kept, rest!.kept, none!.kept], [6, 6, 0]);
    assert.deepEqual(full!.euclidean, rest!.euclidean);
    assert.deepEqual(full!.causal, rest!.causal);
    assert.deepEqual(results[2]!.directions.causal!.concepts, ['rest']);
  });
});
