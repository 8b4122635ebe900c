import assert from 'node:assert/strict';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import type { FoundPair, FoundPairsResult } from '../../../src/protocol/vocabularyResult';
import { near } from '../../unit/support/plainMath';
import { plainDot, plainProduct } from '../support/plainCovariance';
import { realProbe, type RealProbe } from '../support/realProbes';

const silent = (): undefined => undefined;

describe('the whole vocabulary of the built-in model', () => {
  let real: RealProbe;
  before(async function () {
    real = await realProbe('stories15M');
  });

  const request = (product: InnerProduct, count = 10) => ({
    ...{ model: real.folder, concepts: real.concepts, tokens: real.tokens, seed: 0 },
    ...{ settings: defaultProbeSettings, product, count },
  });
  const image = (product: InnerProduct, vector: ArrayLike<number>): Float64Array =>
    product === 'causal' ? plainProduct(real.model.inverse, vector) : Float64Array.from(vector);
  const centred = (id: number): Float64Array => {
    const { rows, mean, hidden } = real.model;
    return mean.map((value, j) => rows[id * hidden + j]! - value);
  };
  /** One search per product. */
  const searches = new Map<InnerProduct, Promise<FoundPairsResult>>();
  const find = (product: InnerProduct): Promise<FoundPairsResult> => {
    const call = { ...request(product, 60), concept: 'verb → past' };
    const search = searches.get(product) ?? real.methods.findPairs(call, silent);
    searches.set(product, search);
    return search;
  };
  const indexOf = (name: string): number => real.concepts.findIndex((concept) => concept.name === name);
  /** Mean of a concept's differences. */
  const meanOf = (name: string): Float64Array => {
    const own = real.own[indexOf(name)]!;
    const mean = new Float64Array(real.model.hidden);
    for (const i of own) real.differences[i]!.forEach((value, j) => (mean[j]! += value / own.length));
    return mean;
  };

  for (const product of innerProducts) {
    /** ⟨γ(y) − mean, direction⟩ of every token. */
    const scoresOf = (name: string): Float64Array => {
      const mean = meanOf(name);
      const back = image(product, mean);
      const length = Math.sqrt(plainDot(mean, back));
      return Float64Array.from({ length: real.model.vocab }, (_, id) => plainDot(centred(id), back) / length);
    };

    it(`has the scores of plain loops on two directions, ${product}`, async () => {
      const [x, y] = ['male → female', 'singular → plural'];
      const found = await real.methods.vocabulary({ ...request(product), x, y }, silent);
      assert.deepEqual([found.product, found.x.concept, found.y!.concept], [product, x, y]);
      const expected = [scoresOf(x), scoresOf(y)] as const;
      [found.x, found.y!].forEach(({ scores, top, bottom }, axis) => {
        const truth = expected[axis]!;
        const largest = Math.max(...truth.map(Math.abs));
        assert.equal(scores.length, 32_000);
        for (let id = 0; id < truth.length; id++) near(scores[id]!, truth[id]!, 1e-4 * largest);
        const ids = Array.from(truth.keys()).sort((a, b) => scores[b]! - scores[a]!);
        assert.deepEqual(
          top.map(({ score }) => score),
          ids.slice(0, 10).map((id) => scores[id]),
        );
        assert.deepEqual(
          bottom.map(({ score }) => score),
          ids
            .slice(-10)
            .reverse()
            .map((id) => scores[id]),
        );
        for (const { id, piece, score } of [...top, ...bottom]) {
          assert.equal(score, scores[id]);
          assert.equal(piece, found.pieces[id]);
        }
      });
      assert.deepEqual([found.pieces[6989], found.pieces[26624]], ['▁king', '▁queen']);
      // Pearson's definition; the scores' means are 0.
      const [a, b] = expected;
      near(found.correlation!, plainDot(a, b) / Math.sqrt(plainDot(a, a) * plainDot(b, b)), 1e-4);
    });

    it(`has neighbours by the cosine of plain loops, ${product}`, async () => {
      const [concept, base] = ['male → female', 'king'];
      const found = await real.methods.neighbours({ ...request(product, 25), concept, base }, silent);
      const goal = centred(6989).map((value, j) => value + meanOf(concept)[j]!);
      const back = image(product, goal);
      const length = Math.sqrt(plainDot(goal, back));
      for (const { id, cosine } of found.neighbours) {
        const row = centred(id);
        near(cosine, plainDot(row, back) / length / Math.sqrt(plainDot(row, image(product, row))), 1e-4);
      }
      assert.deepEqual([found.product, found.concept, found.base], [product, concept, base]);
      assert.equal(found.neighbours.length, 25);
      assert.equal(new Set(found.neighbours.map(({ id }) => id)).size, 25);
      found.neighbours.forEach(({ cosine }, i) => {
        assert.ok(i === 0 || cosine <= found.neighbours[i - 1]!.cosine);
      });
      const pieces = found.neighbours.slice(0, 5).map(({ piece }) => piece);
      assert.ok(pieces.includes('▁queen'), pieces.join());
    });

    it(`contains more pairs of a concept, with the cosines of plain loops, ${product}`, async () => {
      const concept = 'verb → past';
      const { pairs, tokens, candidates } = await find(product);
      assert.ok(pairs.length >= 50, `${pairs.length} pairs`);
      assert.ok(tokens > 5000 && tokens < 32_000 && candidates > 100, `${tokens} ${candidates}`);
      const mean = meanOf(concept);
      const back = image(product, mean);
      const length = Math.sqrt(plainDot(mean, back));
      for (const { baseId, targetId, cosine, projection } of pairs) {
        const delta = centred(targetId).map((value, j) => value - centred(baseId)[j]!);
        const expected = plainDot(delta, back) / length;
        near(projection, expected, 1e-4 * length);
        near(cosine, expected / Math.sqrt(plainDot(delta, image(product, delta))), 1e-4);
      }
      pairs.forEach(({ cosine }, i) => {
        assert.ok(i === 0 || cosine <= pairs[i - 1]!.cosine);
      });
      sayNothingTwice(pairs);
      const own = real.concepts[indexOf(concept)]!.pairs.flatMap(({ base, target }) => [base, target]);
      const words = pairs.flatMap(({ base, target }) => [base, target]);
      assert.deepEqual(
        words.filter((word) => own.includes(word.toLowerCase())),
        [],
      );
    });
  }

  function sayNothingTwice(pairs: readonly FoundPair[]): void {
    const words = pairs.flatMap(({ base, target }) => [base.toLowerCase(), target.toLowerCase()]);
    assert.equal(new Set(words).size, words.length);
  }

  it('contains the past tense of verbs that were not given', async () => {
    const expected = 'take took, give gave, feel felt, sit sat, throw threw, tell told, get got, sing sang';
    const { pairs } = await find('causal');
    const found = pairs.map(({ base, target }) => `${base} ${target}`);
    const hits = expected.split(', ').filter((pair) => found.includes(pair));
    assert.ok(hits.length >= 5, `${hits.join()} of ${found.join(', ')}`);
  });

  it('yields whole words only, no pieces of longer words', async () => {
    const pieces =
      'prin fle mov accomp enc rap dec hab llam appe cyl prev purch fav tri acceler gam exha fib ven coord';
    for (const concept of ['male → female', 'singular → plural', 'verb → past']) {
      const { pairs, areWordsChecked } = await real.methods.findPairs(
        { ...request('causal', 40), concept },
        silent,
      );
      const words = pairs.flatMap(({ base, target }) => [base, target]);
      assert.deepEqual(
        [areWordsChecked, pieces.split(' ').filter((piece) => words.includes(piece))],
        [true, []],
      );
    }
  });

  it('yields words that have a form after a space if words are tokenized without one', async () => {
    const tokens = { ...real.tokens, leadingSpace: false };
    const { pairs } = await real.methods.findPairs(
      { ...request('euclidean', 40), tokens: { ...tokens, policy: 'first' }, concept: 'verb → -ing' },
      silent,
    );
    const { pieces } = await real.methods.vocabulary(
      { ...request('euclidean', 1), x: 'verb → past', y: null },
      silent,
    );
    assert.ok(pairs.length > 0);
    for (const { base, target, baseId, targetId } of pairs) {
      for (const [word, id] of [
        [base, baseId],
        [target, targetId],
      ] as const) {
        assert.equal(pieces[id], word);
        assert.ok(pieces.includes(`▁${word}`), word);
      }
    }
  });

  it('completes a word by words that are single tokens, its own capitals first', () => {
    for (const leadingSpace of [true, false]) {
      const words = real.methods.words(
        { model: real.folder, prefix: 'que', leadingSpace, count: 20 },
        silent,
      );
      assert.ok(words.length > 1);
      assert.ok(!leadingSpace || words.some(({ word }) => word === 'queen'));
      const cuts = real.methods.tokens(
        { model: real.folder, words: words.map(({ word }) => word), leadingSpace },
        silent,
      );
      assert.deepEqual(
        cuts.map(({ ids }) => [...ids]),
        words.map(({ id }) => [id]),
      );
    }
    const first = real.methods.words(
      { model: real.folder, prefix: 'Que', leadingSpace: true, count: 2 },
      silent,
    );
    for (const { word } of first) assert.match(word, /^Que/u);
  });

  it('yields the same pairs for the same seed, and the requested number', async () => {
    const again = await real.methods.findPairs({ ...request('causal', 7), concept: 'verb → past' }, silent);
    const { pairs, candidates } = await find('causal');
    assert.deepEqual([again.pairs, again.candidates], [pairs.slice(0, 7), candidates]);
  });

  it('has scores on a single direction', async () => {
    const found = await real.methods.vocabulary(
      { ...request('euclidean', 3), x: 'verb → past', y: null },
      silent,
    );
    assert.deepEqual(
      [found.y, found.correlation, found.x.top.length, found.x.bottom.length],
      [null, null, 3, 3],
    );
  });

  it('gives one sentence if a concept or word does not exist', async () => {
    const { methods, concepts } = real;
    const pairs = [{ base: 'princess', target: 'duchess' }];
    const odd = { ...request('causal'), concepts: [{ name: 'none', pairs }, ...concepts] };
    const isSentence = (pattern: RegExp) => (error: Error) => {
      assert.equal(error.name, 'UserError');
      assert.match(error.message, pattern);
      assert.match(error.message, /^[^\n]+\.$/u);
      return true;
    };
    const unknown = /There is no concept “nothing”; there are none, male → female, /u;
    await assert.rejects(methods.vocabulary({ ...odd, x: 'nothing', y: null }, silent), isSentence(unknown));
    await assert.rejects(
      methods.vocabulary({ ...odd, x: 'verb → past', y: 'nothing' }, silent),
      isSentence(unknown),
    );
    await assert.rejects(methods.findPairs({ ...odd, concept: 'nothing' }, silent), isSentence(unknown));
    await assert.rejects(
      methods.findPairs({ ...odd, concept: 'none' }, silent),
      isSentence(/“none” has no direction/u),
    );
    for (const base of ['princess', '<s>', '']) {
      await assert.rejects(
        methods.neighbours({ ...odd, concept: 'male → female', base }, silent),
        isSentence(/“.*” cannot be the base: .*; give another word\./u),
      );
    }
  });

  it('has the nearest tokens in both inner products, with the cosines of each', async () => {
    const [concept, base] = ['male → female', 'king'];
    const products = ['euclidean', 'causal'] as const;
    const both = await real.methods.nearest({ ...request('causal', 8), products, concept, base }, silent);
    for (const [at, product] of products.entries()) {
      const { neighbours } = await real.methods.neighbours({ ...request(product, 8), concept, base }, silent);
      for (const { id, piece, cosine } of neighbours) {
        const found = both.tokens.find((token) => token.id === id)!;
        assert.deepEqual([found.piece, found.cosines[at]], [piece, cosine]);
      }
    }
    assert.ok(both.tokens.length >= 8 && both.tokens.length <= 16);
    assert.equal(new Set(both.tokens.map(({ id }) => id)).size, both.tokens.length);
  });

  it('accepts any base word, including the concept’s own', async () => {
    for (const base of ['queen', 'tree', 'man']) {
      const concept = 'male → female';
      const { neighbours } = await real.methods.neighbours({ ...request('causal'), concept, base }, silent);
      assert.equal(neighbours.length, 10);
    }
  });
});
