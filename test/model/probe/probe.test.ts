import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchCheckpoint } from '../../../scripts/checkpoint';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import type { Concept } from '../../../src/concepts/concept';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { defaultTokenRule, type TokenPolicy, type TokenRule } from '../../../src/concepts/tokenRule';
import { row } from '../../../src/geometry/matrix';
import {
  defaultProbeSettings,
  keptPairs,
  type ProbeResult,
  type ProbeSettings,
} from '../../../src/protocol/probeResult';
import { plainCosine, plainLeaveOneOut, plainMean, plainMeanPairwise } from '../../unit/support/plainMath';
import { builtInModel } from '../support/builtInModel';
import { inRoot } from '../../support/places';

const examples = inRoot('examples');

const gender: Concept = {
  name: 'male → female',
  pairs: [
    'king/queen',
    'man/woman',
    'boy/girl',
    'son/daughter',
    'uncle/aunt',
    'he/she',
    'his/her',
    'him/her',
  ].map(pairOf),
};

function pairOf(text: string): { base: string; target: string } {
  const [base, target] = text.split('/') as [string, string];
  return { base, target };
}

function near(actual: number | null, expected: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 1e-5, `${actual} is not ${expected}`);
}

/** Cosines only: see causal.test.ts and statistics.test.ts for the rest. */
const euclideanOnly: ProbeSettings = {
  ...defaultProbeSettings,
  products: ['euclidean'],
  ...{ randomPairs: 0, permutations: 0, bootstrap: 0 },
};

describe('a probe of the built-in model', () => {
  let model: string;
  let result: ProbeResult;
  let differencesOf: (concept: number) => number[][];
  const methods = createEngineMethods('no built-in models here');
  const probe = (
    concepts: readonly Concept[],
    tokens: TokenRule = defaultTokenRule,
    settings: ProbeSettings = euclideanOnly,
  ): Promise<ProbeResult> => methods.probe({ model, concepts, seed: 0, tokens, settings }, () => undefined);

  before(async function () {
    model = await builtInModel();
    const file = parseConceptFile(readFileSync(join(examples, 'royalty.concepts.json'), 'utf8'));
    assert.ok(file.ok);
    result = await probe([gender, ...file.file.concepts.filter(({ name }) => name !== gender.name)]);
    // Directly from the checkpoint, independent of the ONNX file and its reader.
    const { embedding, hiddenSize } = await checkpointEmbedding();
    const vector = (id: number): number[] => [...embedding.subarray(id * hiddenSize, (id + 1) * hiddenSize)];
    differencesOf = (concept) =>
      keptPairs(result.concepts[concept]!).map(({ baseIds, targetIds }) => {
        const base = vector(baseIds[0]!);
        return vector(targetIds[0]!).map((value, j) => value - base[j]!);
      });
  });

  it('keeps single tokens with different ids and explains why others are dropped', () => {
    const [concept] = result.concepts;
    assert.equal(concept!.given, 8);
    assert.equal(concept!.kept, 7);
    const [kingQueen] = concept!.pairs;
    assert.deepEqual([kingQueen!.baseIds, kingQueen!.targetIds], [[6989], [26624]]);
    assert.deepEqual([kingQueen!.basePieces, kingQueen!.targetPieces], [['▁king'], ['▁queen']]);
    const uncleAunt = concept!.pairs[4]!;
    assert.equal(uncleAunt.status, 'several-tokens');
    assert.deepEqual(uncleAunt.targetPieces, ['▁a', 'unt']);
  });

  it('has at least seven concepts and sixty pairs to compare', () => {
    assert.ok(result.concepts.length >= 7);
    assert.ok(result.concepts.reduce((sum, { kept }) => sum + kept, 0) >= 60);
  });

  it('agrees with plain float64 loops over the checkpoint, per concept', () => {
    result.concepts.forEach(({ euclidean }, index) => {
      const deltas = differencesOf(index);
      near(euclidean.meanCosine, plainMeanPairwise(deltas));
      const leaveOneOut = plainLeaveOneOut(deltas);
      leaveOneOut.forEach((expected, i) => {
        near(euclidean.leaveOneOut.cosines[i]!, expected);
      });
      near(euclidean.leaveOneOut.mean, leaveOneOut.reduce((sum, value) => sum + value, 0) / deltas.length);
      deltas.forEach((u, i) => {
        deltas.forEach((v, j) => {
          near(row(euclidean.pairwise, i)[j]!, plainCosine(u, v));
        });
      });
      deltas.forEach((delta, i) => {
        near(euclidean.withDirection[i]!, plainCosine(delta, plainMean(deltas)));
      });
    });
  });

  it('agrees with plain float64 loops over the checkpoint, across concepts', () => {
    const { concepts, cosine } = result.directions.euclidean;
    assert.deepEqual(
      concepts,
      result.concepts.map(({ name }) => name),
    );
    const means = concepts.map((_, index) => plainMean(differencesOf(index)));
    means.forEach((u, i) => {
      means.forEach((v, j) => {
        near(row(cosine, i)[j]!, plainCosine(u, v));
      });
    });
  });

  it('finds known results: male → female is parallel, languages it never saw are not', () => {
    const meanOf = (name: string): number =>
      result.concepts.find((concept) => concept.name === name)!.euclidean.leaveOneOut.mean!;
    assert.ok(meanOf('male → female') > 0.35);
    assert.ok(Math.abs(meanOf('French → German')) < 0.15);
  });

  it('keeps the position of duplicates, same tokens and words without a token', async () => {
    const pairs = ['king/queen', 'king/queen', 'king/king', ',/!', 'queen/king'].map(pairOf);
    const [concept] = (await probe([{ name: 'odd', pairs }])).concepts;
    assert.deepEqual(
      concept!.pairs.map(({ status }) => status),
      ['kept', 'duplicate', 'same-token', 'kept', 'swapped'],
    );
    assert.equal(concept!.given, 5);
    assert.equal(concept!.kept, 2);
  });

  it('does not treat special tokens as words', async () => {
    const pairs = [{ base: '<s>', target: '</s>' }];
    const [concept] = (await probe([{ name: 'special', pairs }])).concepts;
    assert.equal(concept!.pairs[0]!.status, 'unknown');
  });

  it('uses the first, the last or the mean of the tokens if the rule says so', async () => {
    const { embedding, hiddenSize } = await checkpointEmbedding();
    const vector = (id: number): number[] => [...embedding.subarray(id * hiddenSize, (id + 1) * hiddenSize)];
    const minus = (a: number[], b: number[]): number[] => a.map((value, j) => value - b[j]!);
    const pairs = ['uncle/aunt', 'man/woman'].map(pairOf);
    const idsOf = (ids: readonly number[], policy: TokenPolicy): readonly number[] =>
      policy === 'first' ? [ids[0]!] : policy === 'last' ? [ids.at(-1)!] : ids;
    for (const policy of ['first', 'last', 'mean'] as const) {
      const answer = await probe([{ name: 'family', pairs }], { policy, leadingSpace: true });
      assert.deepEqual(answer.tokens, { policy, leadingSpace: true });
      const [concept] = answer.concepts;
      assert.equal(concept!.kept, 2);
      const [first, second] = concept!.pairs.map(({ baseIds, targetIds }) => {
        const [base, target] = [baseIds, targetIds].map((ids) => plainMean(idsOf(ids, policy).map(vector)));
        return minus(target!, base!);
      });
      near(concept!.euclidean.meanCosine, plainCosine(first!, second!));
    }
  });

  it('tokenizes words without the space before them if the rule says so', async () => {
    const rule = { policy: 'single', leadingSpace: false } as const;
    const [concept] = (await probe([{ name: 'bare', pairs: [pairOf('king/man')] }], rule)).concepts;
    assert.deepEqual(concept!.pairs[0]!.basePieces, ['king']);
    assert.deepEqual(concept!.pairs[0]!.targetPieces, ['man']);
  });

  it('gives null, not NaN, for one pair and for none', async () => {
    const { concepts, directions } = await probe([
      { name: 'one', pairs: [pairOf('king/queen')] },
      { name: 'none', pairs: [pairOf('uncle/aunt')] },
      { name: 'empty', pairs: [] },
    ]);
    for (const { euclidean } of concepts) {
      assert.equal(euclidean.meanCosine, null);
      assert.equal(euclidean.leaveOneOut.mean, null);
    }
    assert.deepEqual(directions.euclidean.concepts, ['one']);
  });

  it('reads ten thousand pairs, with a map of means over blocks', async () => {
    const words = singleTokenWords();
    const pairs = Array.from({ length: 10_000 }, (_, i) => ({ base: words[i]!, target: words[i + 1]! }));
    const [concept] = (await probe([{ name: 'many', pairs }])).concepts;
    assert.equal(concept!.given, 10_000);
    assert.equal(concept!.kept, 10_000);
    assert.equal(concept!.euclidean.leaveOneOut.cosines.length, 10_000);
    assert.equal(concept!.euclidean.pairsPerCell, 10);
    assert.deepEqual([concept!.euclidean.pairwise.rows, concept!.euclidean.pairwise.columns], [1000, 1000]);
    assert.equal(concept!.euclidean.effectiveRank, null);
    // Neighbours in the vocabulary do not form a concept.
    assert.ok(Math.abs(concept!.euclidean.meanCosine!) < 0.01);
  });

  /** Words of the vocabulary that are one token each. */
  function singleTokenWords(): string[] {
    const text = readFileSync(join(model, 'tokenizer.json'), 'utf8');
    const { vocab } = (JSON.parse(text) as { model: { vocab: Record<string, number> } }).model;
    const pieces = Object.keys(vocab).filter((piece) => /^▁\p{L}+$/u.test(piece));
    return pieces.map((piece) => piece.slice(1));
  }
});

async function checkpointEmbedding(): Promise<{ embedding: Float32Array; hiddenSize: number }> {
  const checkpoint = await fetchCheckpoint();
  return { embedding: checkpoint.embedding, hiddenSize: checkpoint.config.hiddenSize };
}
