import assert from 'node:assert/strict';
import { row } from '../../../src/geometry/matrix';
import { logNormalizer, logOdds, topTokens } from '../../../src/geometry/steering';
import type { AlignRequest, ContextRequest } from '../../../src/protocol/contextResult';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { plainDot, plainProduct } from '../support/plainCovariance';
import { realProbe, type RealProbe } from '../support/realProbes';
import { near } from '../../unit/support/plainMath';

const silent = (): undefined => undefined;
const girls = [
  'Lily was a little girl. One day, she',
  'The queen was happy because she',
  'Her mom was proud of her. She',
  'Anna loved her doll and she',
  'The little girl said that she',
  'Sue went to the park with her sister. She',
];
const boys = [
  'Tom was a little boy. One day, he',
  'The king was happy because he',
  'His dad was proud of him. He',
  'Max loved his truck and he',
  'The little boy said that he',
  'Tim went to the park with his brother. He',
];

describe('reading contexts with the built-in model', () => {
  let real: RealProbe;
  const request = (product: InnerProduct): ContextRequest => ({
    ...{ model: real.folder, concepts: real.concepts, tokens: real.tokens, seed: 0 },
    ...{ settings: defaultProbeSettings, product },
  });
  /** λ at the last position, as `embed` has it. */
  const hiddenOf = async (texts: readonly string[]): Promise<Float64Array[]> => {
    const contexts = texts.map((text) => ({ text }));
    const { hidden } = await real.methods.embed(
      { model: real.folder, contexts, allPositions: false },
      silent,
    );
    return texts.map((_, i) => Float64Array.from(row(hidden, i)));
  };
  const meanOf = (name: string): Float64Array => {
    const own = real.own[real.concepts.findIndex((concept) => concept.name === name)]!;
    const mean = new Float64Array(real.model.hidden);
    for (const i of own) real.differences[i]!.forEach((value, j) => (mean[j]! += value / own.length));
    return mean;
  };
  /** γ̄_W at unit length, and the vector that steers. */
  const vectorsOf = (name: string, product: InnerProduct) => {
    const mean = meanOf(name);
    const back = product === 'causal' ? plainProduct(real.model.inverse, mean) : mean;
    const length = Math.sqrt(plainDot(mean, back));
    return { measure: mean.map((value) => value / length), steer: back.map((value) => value / length) };
  };
  const rowOf = (id: number): Float64Array => {
    const { rows, hidden } = real.model;
    return Float64Array.from(rows.subarray(id * hidden, (id + 1) * hidden));
  };
  const logits = (state: Float64Array): Float64Array =>
    Float64Array.from({ length: real.model.vocab }, (_, id) => plainDot(rowOf(id), state));

  before(async function () {
    real = await realProbe('stories15M');
  });

  for (const product of innerProducts) {
    it(`measures λᵀγ̄_W as plain loops do, ${product}`, async () => {
      const sets = [
        { label: 'boys', texts: boys },
        { label: 'girls', texts: [...girls, ''] },
      ];
      const result = await real.methods.measure({ ...request(product), sets }, silent);
      const states = [await hiddenOf(boys), await hiddenOf(girls)];
      for (const concept of result.concepts) {
        const { measure } = vectorsOf(concept.name, product);
        concept.sets.forEach(({ values }, set) => {
          states[set]!.forEach((state, i) => {
            near(values[i]!, plainDot(state, measure), 2e-4);
          });
        });
        const [first, second] = concept.sets.map(({ values }) =>
          [...values].filter((value) => !isNaN(value)),
        );
        let wins = 0;
        for (const a of first!) for (const b of second!) wins += b > a ? 1 : b === a ? 0.5 : 0;
        near(concept.separation!.auc.value, wins / 36, 1e-12);
      }
      assert.deepEqual(
        result.sets.map(({ given, empty, broken, windowed }) => [given, empty, broken, windowed]),
        [
          [6, 0, 0, 0],
          [7, 1, 0, 0],
        ],
      );
      const { separation } = result.concepts.find(({ name }) => name === 'male → female')!;
      assert.ok(separation!.auc.value > 0.9, String(separation!.auc.value));
    });

    it(`is a difference of log-probabilities, ${product}`, async () => {
      const { concepts } = await real.methods.measure(
        { ...request(product), sets: [{ label: 'all', texts: boys }] },
        silent,
      );
      const name = 'male → female';
      const { values } = concepts.find((concept) => concept.name === name)!.sets[0]!;
      const own = real.own[real.concepts.findIndex((concept) => concept.name === name)]!;
      const mean = meanOf(name);
      const back = product === 'causal' ? plainProduct(real.model.inverse, mean) : mean;
      const length = Math.sqrt(plainDot(mean, back));
      for (const [i, text] of boys.entries()) {
        const steered = await real.methods.steer({ ...request(product), concept: name, text }, silent);
        const pairs = steered.pairs.filter((pair) => pair.concept === name);
        assert.equal(pairs.length, own.length);
        const normalizer = logNormalizer(steered, 0);
        const log = (id: number): number => steered.logits[id]! - normalizer;
        const difference = pairs.reduce((sum, { baseId, targetId }) => sum + log(targetId) - log(baseId), 0);
        near(values[i]!, difference / pairs.length / length, 2e-4);
      }
    });

    it(`steers as a hidden state that was really moved, ${product}`, async () => {
      const text = 'Once upon a time there was a little';
      const name = 'male → female';
      const steered = await real.methods.steer({ ...request(product), concept: name, text }, silent);
      const [state] = await hiddenOf([text]);
      const { steer } = vectorsOf(name, product);
      near(steered.stepNorm / Math.sqrt(plainDot(steer, steer)), 1, 2e-4);
      near(steered.hiddenNorm, Math.sqrt(plainDot(state!, state!)), 1e-4);
      for (const alpha of [0, 0.1, 0.4, -0.2]) {
        const moved = logits(state!.map((value, j) => value + alpha * steer[j]!));
        const most = Math.max(...moved.map(Math.abs));
        moved.forEach((value, id) => {
          near((steered.logits[id]! + alpha * steered.shift[id]!) / most, value / most, 1e-4);
        });
        const best = [...moved.keys()].sort((a, b) => moved[b]! - moved[a]!)[0]!;
        assert.equal(topTokens(steered, alpha, 5)[0]!.id, best);
      }
      steered.concepts.forEach((concept, c) => {
        const { steer: step } = vectorsOf(concept, product);
        steered.pairs.forEach(({ baseId, targetId }, pair) => {
          const delta = rowOf(targetId).map((value, j) => value - rowOf(baseId)[j]!);
          near(row(steered.moves, c)[pair]!, plainDot(delta, step), 5e-3);
        });
      });
    });
  }

  it('moves girl over boy and leaves the plural alone', async () => {
    const text = 'Once upon a time there was a little';
    const call = { ...request('causal'), concept: 'male → female', text };
    const steered = await real.methods.steer(call, silent);
    const id = (word: string): number => steered.pieces.indexOf(`▁${word}`);
    const gender = { base: id('boy'), target: id('girl') };
    const plural = { base: id('boy'), target: id('boys') };
    const alphas = [0, 0.1, 0.2, 0.3, 0.4];
    const odds = alphas.map((alpha) => logOdds(steered, alpha, gender));
    for (let i = 1; i < odds.length; i++) assert.ok(odds[i]! > odds[i - 1]!);
    const [moved, apart] = [gender, plural].map(
      (pair) => logOdds(steered, 0.4, pair) - logOdds(steered, 0, pair),
    );
    assert.ok(moved! > 5 * Math.abs(apart!), `${moved} against ${apart}`);
  });

  it('continues a context as its likeliest tokens say, and otherwise when it is steered', async () => {
    const text = 'Once upon a time there was a little';
    const call = { ...request('causal'), concept: 'male → female', text, seed: 3 };
    const written = async (temperature: number, count = 12) =>
      (await real.methods.continue({ ...call, alphas: [0, 0.4], count, temperature }, silent)).continuations;
    const greedy = await written(0);
    const { pieces } = await real.methods.steer(call, silent);
    let context = text;
    for (const token of greedy[0]!.ids.slice(0, 4)) {
      const steered = await real.methods.steer({ ...call, text: context }, silent);
      assert.equal(topTokens(steered, 0, 1)[0]!.id, token);
      context += pieces[token]!.replaceAll('▁', ' ');
    }
    assert.ok(`${text}${greedy[0]!.text}`.startsWith(context));
    assert.notEqual(greedy[0]!.text, greedy[1]!.text);
    assert.deepEqual(await written(1), await written(1));
    assert.notEqual((await written(1))[0]!.text, greedy[0]!.text);
  });

  describe('alignment', () => {
    const sets = [
      { name: 'male → female', pairs: boys.map((base, i) => ({ base, target: girls[i]! })) },
      {
        name: 'with nothing',
        pairs: [
          { base: 'The', target: '' },
          { base: 'The dog', target: 'The dog' },
          { base: 'One', target: 'Two' },
          { base: 'Two', target: 'One' },
          { base: 'A cat', target: 'A dog' },
        ],
      },
    ];
    const call = (product: InnerProduct): AlignRequest => ({
      ...request(product),
      sets,
      settings: { ...defaultProbeSettings, randomPairs: 1000, permutations: 199, bootstrap: 200 },
    });

    for (const product of innerProducts) {
      it(`has the cosines of plain loops, ${product}`, async () => {
        const result = await real.methods.align(call(product), silent);
        const covariance = real.model.covariance;
        const map = (vector: ArrayLike<number>): Float64Array =>
          product === 'causal' ? plainProduct(covariance, vector) : Float64Array.from(vector);
        const states = [await hiddenOf(boys), await hiddenOf(girls)];
        const deltas = boys.map((_, i) => states[1]![i]!.map((value, j) => value - states[0]![i]![j]!));
        const mean = deltas[0]!.map((_, j) =>
          deltas.reduce((sum, delta) => sum + delta[j]! / deltas.length, 0),
        );
        const length = Math.sqrt(plainDot(mean, map(mean)));
        result.concepts.forEach((name, c) => {
          // Cov⁻¹γ̄_W and Δλ under Cov: the covariance cancels.
          const expected = plainDot(vectorsOf(name, product).measure, mean) / length;
          near(row(result.cosine, 0)[c]!, expected, 1e-3);
        });
        const cosine = (a: Float64Array, b: Float64Array): number =>
          plainDot(a, map(b)) / Math.sqrt(plainDot(a, map(a)) * plainDot(b, map(b)));
        const { geometry } = result.sets[0]!;
        let [sum, count] = [0, 0];
        deltas.forEach((a, i) => {
          deltas.slice(0, i).forEach((b) => {
            sum += cosine(a, b);
            count++;
          });
          const others = deltas.filter((_, other) => other !== i);
          const direction = mean.map((_, j) => others.reduce((total, delta) => total + delta[j]!, 0));
          near(geometry.leaveOneOut.cosines[i]!, cosine(deltas[i]!, direction), 1e-3);
        });
        near(geometry.meanCosine!, sum / count, 1e-3);
        assert.ok(geometry.permutation && geometry.random);
      });
    }

    it('finds the concept of the contexts, and says why pairs do not count', async () => {
      const result = await real.methods.align(call('causal'), silent);
      const cosines = [...row(result.cosine, 0)].map(Math.abs);
      assert.equal(result.concepts[cosines.indexOf(Math.max(...cosines))], 'male → female');
      const matching = result.concepts.indexOf('male → female');
      assert.ok(cosines[matching]! > result.random95[matching]!);
      // The smallest p of six pairs.
      assert.equal(row(result.p, 0)[matching], 1 / 32);
      assert.deepEqual(
        result.sets[1]!.pairs.map(({ dropped }) => dropped),
        ['empty', 'same', null, 'repeated', null],
      );
      assert.equal(result.sets[1]!.kept, 2);
    });

    it('is the same for the same seed', async () => {
      const [first, second] = [
        await real.methods.align(call('causal'), silent),
        await real.methods.align(call('causal'), silent),
      ];
      assert.deepEqual(first, second);
    });
  });

  describe('tint', () => {
    const text = `${girls.join(' ')}\n${boys.join(' ')}\nThe café — 👑 for “Zoë”!\n`;

    it('has the value of every token, whose texts make up the text', async () => {
      const call = { ...request('causal'), tinted: ['male → female', 'singular → plural'] };
      const { parts, window } = await real.methods.tint({ ...call, parts: [{ context: '', text }] }, silent);
      const [part] = parts;
      assert.equal(window, 256);
      assert.equal([...part!.starts].map((start, i) => text.slice(start, part!.ends[i])).join(''), text);
      const contexts = [{ text }];
      const { hidden } = await real.methods.embed(
        { model: real.folder, contexts, allPositions: true },
        silent,
      );
      assert.equal(hidden.rows, part!.ids.length + 1);
      call.tinted.forEach((name, concept) => {
        const { measure } = vectorsOf(name, 'causal');
        part!.values[concept]!.forEach((value, t) => {
          near(value, plainDot(Float64Array.from(row(hidden, t + 1)), measure), 5e-4);
        });
      });
    });

    it('of a part is what the whole has there, if the model reads the same before it', async () => {
      const call = { ...request('causal'), tinted: ['male → female'] };
      const at = text.indexOf('\n') + 1;
      const [whole, part] = (
        await real.methods.tint(
          {
            ...call,
            parts: [
              { context: '', text },
              { context: text.slice(0, at), text: text.slice(at) },
            ],
          },
          silent,
        )
      ).parts;
      const first = whole!.ids.length - part!.ids.length;
      part!.values[0]!.forEach((value, t) => {
        near(value, whole!.values[0]![first + t]!, 1e-3);
      });
      assert.deepEqual(
        [...part!.starts],
        [...whole!.starts.slice(first)].map((start) => start - at),
      );
    });

    it('reads a part longer than the window in halves, with what is before each', async () => {
      const long = `${text}${text}${text}`.replaceAll('\n', ' ');
      const call = { ...request('causal'), tinted: ['male → female'], parts: [{ context: '', text: long }] };
      const [part] = (await real.methods.tint(call, silent)).parts;
      assert.ok(part!.ids.length > 256);
      assert.ok(part!.values[0]!.every(Number.isFinite));
      const { measure } = vectorsOf('male → female', 'causal');
      // The last tokens are read after BOS and the 255 − 1 tokens before.
      const ids = [1, ...part!.ids.slice(-255)];
      const { hidden } = await real.methods.embed(
        { model: real.folder, contexts: [{ ids }], allPositions: false },
        silent,
      );
      near(part!.values[0]!.at(-1)!, plainDot(Float64Array.from(row(hidden, 0)), measure), 5e-4);
    });
  });

  it('says what is wrong in one sentence', async () => {
    const call = { ...request('causal'), concept: 'male → female' };
    await assert.rejects(real.methods.steer({ ...call, text: '  ' }, silent), {
      message: 'The context has no word; place the cursor after some text.',
    });
    await assert.rejects(
      real.methods.steer({ ...call, concept: 'no such', text: 'a' }, silent),
      /no concept “no such”/u,
    );
    await assert.rejects(
      real.methods.measure({ ...call, sets: [{ label: 'a', texts: ['', ' '] }] }, silent),
      {
        message: 'No text could be read; give each label at least one text.',
      },
    );
  });
});
