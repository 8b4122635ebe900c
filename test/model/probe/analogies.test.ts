import assert from 'node:assert/strict';
import type { Concept } from '../../../src/concepts/concept';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import { near } from '../../unit/support/plainMath';
import { withFolder } from '../support/fixtures';
import { plainCovariance, plainDot, plainInverse, plainProduct } from '../support/plainCovariance';
import { realProbe } from '../support/realProbes';
import {
  smallRule,
  wordOf,
  writeSmallModel,
  writeSmallTokenizer,
  type SmallHead,
} from '../support/smallModel';
import { conceptOf } from '../support/smallProbe';
import { someHead } from '../support/someHead';

const settings = { direction: 'mean', ridge: null, allRows: false } as const;
const silent = (): undefined => undefined;

/** Each target is nearly the base plus one vector: rows 2i and 2i + 1 are a pair for the first `pairs`. */
function headWithPairs(vocab: number, hidden: number, pairs: number): SmallHead {
  const head = someHead(vocab, hidden);
  const rows = Array.from(head.rows);
  for (let i = 0; i < pairs; i++) {
    for (let j = 0; j < hidden; j++) {
      const noise = rows[(2 * i + 1) * hidden + j]!;
      rows[(2 * i + 1) * hidden + j] = rows[2 * i * hidden + j]! + (j % 3 === 0 ? 0.5 : 0) + noise;
    }
  }
  return { vocab, hidden, rows };
}

/** Accuracy by sorting all tokens for every question, in double precision throughout. */
function plainAnalogies(
  head: SmallHead,
  pairs: readonly (readonly [number, number])[],
  product: InnerProduct,
) {
  const { vocab, hidden } = head;
  const { mean, covariance } = plainCovariance(head.rows, hidden);
  const inverse = plainInverse(covariance);
  const centred = Array.from({ length: vocab }, (_, id) =>
    Float64Array.from(mean, (value, j) => head.rows[id * hidden + j]! - value),
  );
  const images = centred.map((v) => (product === 'causal' ? plainProduct(inverse, v) : v));
  const lengths = centred.map((v, id) => Math.sqrt(plainDot(v, images[id]!)));
  const cos = (x: number, y: number): number => plainDot(centred[x]!, images[y]!) / lengths[x]! / lengths[y]!;
  const shifted = (x: number, y: number): number => (cos(x, y) + 1) / 2;
  const scorers = {
    add: (y: number, a: number, b: number, c: number) => cos(y, b) - cos(y, a) + cos(y, c),
    multiply: (y: number, a: number, b: number, c: number) =>
      (shifted(y, b) * shifted(y, c)) / (shifted(y, a) + 0.001),
  };
  const tokens = Array.from({ length: vocab }, (_, id) => id);
  let skipped = 0;
  const ranks = { add: [] as number[][], multiply: [] as number[][] };
  pairs.forEach(([a, b], i) => {
    pairs.forEach(([c, d], j) => {
      if (i === j) return;
      if (new Set([a, b, c, d]).size < 4) {
        skipped++;
        return;
      }
      for (const method of ['add', 'multiply'] as const) {
        const order = tokens
          .map((y) => ({ y, score: scorers[method](y, a, b, c) }))
          .sort((s, t) => t.score - s.score)
          .map(({ y }) => y);
        const others = order.filter((y) => y !== a && y !== b && y !== c);
        ranks[method].push([others.indexOf(d) + 1, order.indexOf(d) + 1]);
      }
    });
  });
  const share = (values: readonly number[][], is: (rank: readonly number[]) => boolean): number =>
    values.filter(is).length / values.length;
  const scoreOf = (values: readonly number[][]) => ({
    accuracy: share(values, ([own]) => own === 1),
    inFirstFive: share(values, ([own]) => own! <= 5),
    reciprocalRank: values.reduce((sum, [own]) => sum + 1 / own!, 0) / values.length,
    accuracyWithGiven: share(values, ([, all]) => all === 1),
  });
  return {
    questions: ranks.add.length,
    skipped,
    add: scoreOf(ranks.add),
    multiply: scoreOf(ranks.multiply),
  };
}

describe('analogy accuracy', () => {
  const head = headWithPairs(400, 24, 14);
  const parallel = Array.from({ length: 14 }, (_, i) => [2 * i, 2 * i + 1] as const);
  /** Shares bases and targets. */
  const sharing = [...parallel.slice(0, 8), [0, 7], [9, 2], [100, 15]] as const;
  const concepts: readonly Concept[] = [conceptOf('parallel', parallel), conceptOf('sharing', sharing)];

  for (const product of innerProducts) {
    it(`is that of a plain loop over all tokens, ${product}`, () =>
      withFolder(async (model) => {
        writeSmallModel(model, head);
        const methods = createEngineMethods('no built-in models here');
        const request = { model, concepts, tokens: smallRule, seed: 0, settings, product };
        const result = await methods.analogies(request, silent);
        assert.deepEqual([result.product, result.tokens], [product, 400]);
        for (const [i, pairs] of [parallel, sharing].entries()) {
          const found = result.concepts[i]!;
          const expected = plainAnalogies(head, pairs, product);
          assert.deepEqual([found.given, found.pairs], [pairs.length, pairs.length]);
          assert.deepEqual([found.questions, found.skipped], [expected.questions, expected.skipped]);
          for (const method of ['add', 'multiply'] as const) {
            const { accuracy, accuracyWithGiven, inFirstFive, reciprocalRank } = expected[method];
            near(found[method]!.accuracy, accuracy);
            near(found[method]!.accuracyWithGiven, accuracyWithGiven);
            near(found[method]!.inFirstFive, inFirstFive);
            near(found[method]!.reciprocalRank, reciprocalRank, 1e-6);
          }
        }
        const [first, second] = result.concepts;
        assert.equal(first!.questions, 14 * 13);
        assert.equal(first!.skipped, 0);
        assert.ok(second!.skipped > 0);

        assert.ok(first!.add!.accuracy > 0.2 && first!.add!.accuracy < 1, 'neither 0 nor 1');
        assert.ok(first!.add!.accuracyWithGiven < first!.add!.accuracy);
      }));
  }

  it('does not change if a norm is folded into the rows (causal only) or they are shifted by one vector', () =>
    withFolder(async (model) => {
      const { vocab, hidden } = head;
      const gain = (j: number): number => 2 ** ((j % 7) - 3);
      const heads = {
        plain: head,
        moved: { vocab, hidden, rows: Array.from(head.rows, (value, at) => value + (at % hidden) / 8) },
        folded: { vocab, hidden, rows: Array.from(head.rows, (value, at) => value * gain(at % hidden)) },
      };
      const found: Record<string, unknown> = {};
      for (const [name, one] of Object.entries(heads)) {
        for (const product of innerProducts) {
          writeSmallModel(model, one);
          const methods = createEngineMethods('no built-in models here');
          const request = { model, concepts, tokens: smallRule, seed: 0, settings, product };
          const { concepts: scores } = await methods.analogies(request, silent);
          found[`${name} ${product}`] = scores.map(({ add, multiply }) => [
            add!.accuracy,
            multiply!.accuracy,
          ]);
        }
      }
      assert.deepEqual(found['moved euclidean'], found['plain euclidean']);
      assert.deepEqual(found['moved causal'], found['plain causal']);
      assert.deepEqual(found['folded causal'], found['plain causal']);
      assert.notDeepEqual(found['folded euclidean'], found['plain euclidean']);
    }));

  it('leaves rows without a token out of the answers, unless they are requested', () =>
    withFolder(async (model) => {
      const { vocab, hidden } = head;
      // Copies of the expected answers, which would rank equally high.
      const copies = parallel.flatMap(([, target]) =>
        Array.from(head.rows).slice(target * hidden, (target + 1) * hidden),
      );
      const scores = async (padded: boolean, allRows: boolean, product: InnerProduct) => {
        const rows = padded ? [...head.rows, ...copies] : head.rows;
        writeSmallModel(model, { vocab: rows.length / hidden, hidden, rows });
        writeSmallTokenizer(model, vocab);
        const methods = createEngineMethods('no built-in models here');
        const request = { model, concepts, tokens: smallRule, seed: 0, settings: { ...settings, allRows } };
        return methods.analogies({ ...request, product }, silent);
      };
      for (const product of innerProducts) {
        const whole = await scores(false, false, product);
        const { padding, ...padded } = await scores(true, false, product);
        assert.deepEqual(padding, { rows: 14, counted: false });
        assert.deepEqual(padded, whole);
        const all = await scores(true, true, product);
        assert.deepEqual([all.tokens, all.padding], [vocab + 14, { rows: 14, counted: true }]);
        assert.equal(all.concepts[0]!.add!.accuracy, 0, 'the copies are as good');
      }
    }));

  it('counts pairs whose words are one chosen token, and is undefined for one pair', () =>
    withFolder(async (model) => {
      writeSmallModel(model, head);
      const methods = createEngineMethods('no built-in models here');
      const two = { base: wordOf(50) + wordOf(51), target: wordOf(52) };
      const given: readonly Concept[] = [
        { name: 'one', pairs: [...conceptOf('', [[1, 2]]).pairs, two] },
        { name: 'mixed', pairs: [...conceptOf('', parallel.slice(0, 3)).pairs, two] },
      ];
      for (const policy of ['single', 'mean', 'last'] as const) {
        const request = { model, concepts: given, tokens: { ...smallRule, policy }, seed: 0, settings };
        const { concepts: found } = await methods.analogies({ ...request, product: 'euclidean' }, silent);
        const more = policy === 'last' ? 1 : 0;
        assert.deepEqual(
          found.map(({ given: all, pairs, questions }) => [all, pairs, questions]),
          [
            [2, 1 + more, 2 * more],
            [4, 3 + more, 6 + 6 * more],
          ],
        );
        if (more === 0) assert.deepEqual([found[0]!.add, found[0]!.multiply], [null, null]);
      }
    }));

  it('does not depend on the other requested concepts', async () => {
    const real = await realProbe('stories15M');
    const { folder: model, concepts: all, tokens } = real;
    const request = { model, tokens, seed: 0, settings, product: 'causal' as const };
    const together = await real.methods.analogies({ ...request, concepts: all.slice(0, 2) }, silent);
    for (const [i, concept] of all.slice(0, 2).entries()) {
      const alone = await real.methods.analogies({ ...request, concepts: [concept] }, silent);
      assert.deepEqual(alone.concepts, [together.concepts[i]]);
    }
    const [gender] = together.concepts;
    assert.deepEqual([gender!.given, gender!.pairs, gender!.questions], [14, 12, 132]);
  });

  it('reports its progress', () =>
    withFolder(async (model) => {
      writeSmallModel(model, head);
      const fractions: number[] = [];
      const methods = createEngineMethods('no built-in models here');
      await methods.analogies(
        { model, concepts, tokens: smallRule, seed: 0, settings, product: 'euclidean' },
        ({ message, fraction }) => {
          if (message.startsWith('Answering')) fractions.push(fraction!);
        },
      );
      assert.equal(fractions.length, parallel.length + sharing.length);
      assert.ok(fractions.every((value, i) => value >= (fractions[i - 1] ?? 0) && value < 1));
    }));
});
