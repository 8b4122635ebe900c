import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineMethods, type EngineMethods } from '../../../src/engine/engineMethods';
import { manyModelsDocument, manyModelsTables } from '../../../src/export/manyModelsFiles';
import { Model } from '../../../src/model/model';
import { checkManyModels } from '../../../src/protocol/checkManyModels';
import { innerProducts } from '../../../src/protocol/geometryResult';
import type { ManyModels } from '../../../src/protocol/manyModels';
import { near } from '../../unit/support/plainMath';
import { plainCovariance, plainInverse } from '../support/plainCovariance';
import { plainConcept, plainGram } from '../support/plainGeometry';
import { smallRule, writeSmallModel, type SmallHead } from '../support/smallModel';
import { conceptOf, quickSettings, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

/** The config.json of a LLaMA model with this many layers, which decides its number of parameters. */
function llamaConfig(layers: number) {
  return {
    ...{ architectures: ['LlamaForCausalLM'], vocab_size: 300, hidden_size: 20, num_hidden_layers: layers },
    ...{ intermediate_size: 30, num_attention_heads: 2, tie_word_embeddings: true },
  };
}

const parametersOf = (layers: number): number =>
  300 * 20 + layers * (4 * 20 * 20 + 3 * 20 * 30 + 2 * 20) + 20;

describe('many models on the same concepts', () => {
  /** The third has fewer tokens, so it does not keep pairs with other words. */
  const heads: readonly SmallHead[] = [
    someHead(300, 20),
    someHead(300, 24),
    someHead(200, 20),
    someHead(300, 22),
  ];
  const layers = [1, 4, null, 16];
  const pairs = Array.from({ length: 12 }, (_, i) => [i, (i < 7 ? 40 : 260) + 2 * i] as const);
  const concepts = [
    conceptOf('some', pairs),
    ...someConcepts(200, [8, 6, 9, 7, 8], 5),
    conceptOf('none', [[1, 270]]),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
  const paths = heads.map((_, i) => join(folder, `model ${i}`));
  const named = [...paths.slice(0, 2), join(folder, 'nowhere'), ...paths.slice(2)];
  const request = { concepts, seed: 0, tokens: smallRule, settings: quickSettings };
  const messages: string[] = [];
  let methods: EngineMethods;
  let result: ManyModels;
  /** Models that are open now, and the most at a time. */
  let [open, most] = [0, 0];

  before(async () => {
    heads.forEach((head, i) => {
      writeSmallModel(paths[i]!, head);
      const count = layers[i];
      if (count) writeFileSync(join(paths[i]!, 'config.json'), JSON.stringify(llamaConfig(count)));
    });
    methods = createEngineMethods('no built-in models here');
    const { unembedding, close } = Object.getOwnPropertyDescriptors(Model.prototype);
    const opened = new WeakSet<Model>();
    Object.defineProperty(Model.prototype, 'unembedding', {
      configurable: true,
      get(this: Model) {
        if (!opened.has(this)) {
          opened.add(this);
          most = Math.max(most, ++open);
        }
        return unembedding.get!.call(this) as unknown;
      },
    });
    Model.prototype.close = function (this: Model) {
      if (opened.delete(this)) open--;
      close.value!.call(this);
    };
    try {
      // One that was used before must not stay open either.
      await methods.probe({ ...request, model: paths[0]! }, () => undefined);
      result = await methods.compareMany({ ...request, models: named }, ({ message }) =>
        messages.push(message),
      );
    } finally {
      Object.defineProperty(Model.prototype, 'unembedding', unembedding);
      Object.defineProperty(Model.prototype, 'close', close);
    }
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are opened one after the other, and closed', () => {
    assert.deepEqual([most, open], [1, 0]);
  });

  it('are named in progress', () => {
    assert.ok(messages.includes('Model 1 of 5, model 0: Opening'), messages.join('\n'));
    assert.ok(messages.some((message) => message.startsWith('Model 5 of 5, model 3: ')));
  });

  it('are compared on the pairs that all keep, in agreement with plain loops', () => {
    checkManyModels(result);
    assert.deepEqual(
      result.concepts.map(({ pairs: count }) => count),
      [7, 8, 6, 9, 7, 8, 0],
    );
    for (const product of innerProducts)
      heads.forEach(({ rows, hidden }, i) => {
        const line = i < 2 ? i : i + 1;
        const { common, own } = result[product]!;
        const inverse = product === 'causal' ? plainInverse(plainCovariance(rows, hidden).covariance) : null;
        const mean = (kept: typeof pairs): number => {
          const deltas = kept.map(([base, target]) =>
            Float64Array.from(
              { length: hidden },
              (_, j) => rows[target * hidden + j]! - rows[base * hidden + j]!,
            ),
          );
          const { cosines } = plainConcept(
            plainGram(deltas, inverse),
            kept.map((_, k) => k),
          );
          return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
        };
        near(common.data[line * common.columns]!, mean(pairs.slice(0, 7)), 1e-5);
        near(own.data[line * own.columns]!, mean(i === 2 ? pairs.slice(0, 7) : pairs), 1e-5);
        assert.ok(Number.isNaN(common.data[line * common.columns + 6]!));
      });
  });

  it('have the numbers of their own probes', async () => {
    for (const line of [0, 3]) {
      const probed = await methods.probe({ ...request, model: named[line]! }, () => undefined);
      for (const product of innerProducts) {
        const { own, common, low, high } = result[product]!;
        probed.concepts.forEach((concept, index) => {
          const { mean, interval } = concept[product]!.leaveOneOut;
          const at = line * own.columns + index;
          assert.equal(own.data[at], mean ?? NaN);
          if (concept.kept !== result.concepts[index]!.pairs) return;
          assert.deepEqual([common.data[at], low.data[at]], [mean ?? NaN, interval?.low ?? NaN]);
          assert.equal(high.data[at], interval?.high ?? NaN);
        });
      }
      const { summary, concepts: kept } = result.models[line]!;
      assert.deepEqual(summary, probed.model);
      probed.concepts.forEach(({ pairs: all }, index) => {
        const dropped = all.filter(({ status }) => status !== 'kept');
        assert.deepEqual(kept[index]!.dropped, dropped);
      });
    }
  });

  it('have a row with the reason if one cannot be opened', () => {
    const [missing, ...others] = result.models.filter(({ problem }) => problem !== null);
    assert.equal(others.length, 0);
    assert.match(missing!.problem!, /There is no model folder .*nowhere/u);
    assert.equal(missing!.summary, null);
    const { common } = result.euclidean;
    assert.ok(common.data.subarray(2 * common.columns, 3 * common.columns).every(Number.isNaN));
  });

  it('have maps that agree with themselves, and a trend over known sizes', () => {
    assert.deepEqual(
      result.models.map(({ parameters }) => parameters),
      [parametersOf(1), parametersOf(4), null, null, parametersOf(16)],
    );
    for (const product of innerProducts) {
      const { agreement, trend, common, mean } = result[product]!;
      assert.deepEqual([agreement.concepts, agreement.permutations, mean.concepts], [6, 200, 6]);
      const { rho, p } = agreement;
      for (let i = 0; i < 5; i++)
        for (let j = 0; j < 5; j++) {
          const at = i * 5 + j;
          assert.equal(rho.data[at], rho.data[j * 5 + i]);
          assert.equal(Number.isNaN(p.data[at]!), i === j || i === 2 || j === 2);
        }
      assert.deepEqual(trend!.models, [0, 1, 4]);
      const x = [1, 4, 16].map((count) => Math.log10(parametersOf(count)));
      const centre = (x[0]! + x[1]! + x[2]!) / 3;
      let [xy, xx] = [0, 0];
      trend!.models.forEach((line, i) => {
        xy += (x[i]! - centre) * common.data[line * common.columns + 1]!;
        xx += (x[i]! - centre) ** 2;
      });
      const { slope, interval } = trend!.concepts[1]!;
      near(slope, xy / xx, 1e-9);
      assert.ok(interval!.low < slope && slope < interval!.high);
      assert.equal(trend!.concepts[6], null);
      near(mean.values[0]!, [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + common.data[i]!, 0) / 6, 1e-9);
      const slopes = [0, 1, 2, 3, 4, 5].map((i) => trend!.concepts[i]!.slope);
      near(trend!.mean!.slope, slopes.reduce((a, b) => a + b, 0) / 6, 1e-9);
    }
  });

  it('are exported with every number', () => {
    const document = manyModelsDocument(result) as unknown as Record<
      string,
      { leaveOneOut: { common: unknown[][] } }
    >;
    assert.equal(document['causal']!.leaveOneOut.common.length, 5);
    const tables = manyModelsTables(result);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['models', 'models-about', 'models-dropped', 'models-agreement', 'models-trend'].map(
        (name) => `geometry.${name}.csv`,
      ),
    );
    const lines = tables.map(({ text }) => text.trimEnd().split('\r\n').length - 1);
    assert.deepEqual(lines, [5 * 7, 5, 1 + 5 + 4 * 0, 20, 16]);
  });

  it('find a model with itself in full agreement', async () => {
    const twice = await methods.compareMany({ ...request, models: [paths[0]!, paths[0]!] }, () => undefined);
    near(twice.causal!.agreement.rho.data[1]!, 1, 1e-12);
    assert.equal(twice.causal!.trend, null);
  });

  it('are refused if none can be opened', async () => {
    const models = ['nowhere', 'elsewhere'].map((name) => join(folder, name));
    assert.ok(models.every((path) => !existsSync(path)));
    await assert.rejects(
      methods.compareMany({ ...request, models }, () => undefined),
      /There is no model folder .*nowhere/u,
    );
  });
});
