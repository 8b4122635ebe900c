import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import type { ContextRequest } from '../../../src/protocol/contextResult';
import { innerProducts, type InnerProduct } from '../../../src/protocol/geometryResult';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { inRoot } from '../../support/places';
import { builtInGguf } from '../support/builtInGguf';
import { builtInModel } from '../support/builtInModel';
import { needsLlama } from '../support/llamaBuild';

const silent = (): undefined => undefined;
const concept = 'male → female';
const [boys, girls] = [
  ['Tom was a little boy. One day, he', 'The king was happy because he', 'His dad was proud of him. He'],
  [
    'Lily was a little girl. One day, she',
    'The queen was happy because she',
    'Her mom was proud of her. She',
  ],
];

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    assert.ok(Object.is(a, b) || Math.abs(a - b) <= tolerance, `${i}: ${a}, not ${b}`);
  }
}

describe('contexts in a GGUF model give the numbers of its ONNX export', () => {
  const methods = createEngineMethods('no built-in models here');
  let models: readonly [onnx: string, gguf: string];
  before(async function () {
    needsLlama(this);
    models = [await builtInModel(), await builtInGguf()];
  });

  const { file } = (() => {
    const parsed = parseConceptFile(readFileSync(inRoot('examples', 'royalty.concepts.json'), 'utf8'));
    assert.ok(parsed.ok);
    return parsed;
  })();
  const request = (model: string, product: InnerProduct): ContextRequest => ({
    ...{ model, concepts: file.concepts, tokens: file.tokens ?? defaultTokenRule, seed: 0 },
    ...{ settings: defaultProbeSettings, product },
  });
  /** What both models answer. */
  async function both<T>(ask: (model: string) => Promise<T>): Promise<[onnx: T, gguf: T]> {
    return [await ask(models[0]), await ask(models[1])];
  }

  for (const product of innerProducts) {
    it(`measure, ${product}`, async () => {
      const sets = [
        { label: 'boys', texts: boys },
        { label: 'girls', texts: girls },
      ];
      const [onnx, gguf] = await both((model) =>
        methods.measure({ ...request(model, product), sets }, silent),
      );
      onnx.concepts.forEach(({ name, sets: own, separation }, i) => {
        assert.equal(gguf.concepts[i]!.name, name);
        own.forEach(({ values }, set) => {
          assertNear(gguf.concepts[i]!.sets[set]!.values, values, 1e-3);
        });
        assert.equal(gguf.concepts[i]!.separation!.auc.value, separation!.auc.value);
      });
    });

    it(`align, ${product}`, async () => {
      const pairs = boys.map((base, i) => ({ base, target: girls[i]! }));
      const sets = [{ name: concept, pairs }];
      const [onnx, gguf] = await both((model) =>
        methods.align({ ...request(model, product), sets, settings: defaultProbeSettings }, silent),
      );
      assertNear(gguf.cosine.data, onnx.cosine.data, 1e-3);
      assertNear(gguf.p.data, onnx.p.data, 1e-3);
    });

    it(`tint, ${product}`, async () => {
      const story = [...boys, ...girls].join(' ');
      // The second part does not fit the window with all that is before it.
      const parts = [
        { context: '', text: story },
        { context: story.repeat(6), text: ` ${story}` },
      ];
      const [onnx, gguf] = await both((model) =>
        methods.tint({ ...request(model, product), tinted: [concept], parts }, silent),
      );
      onnx.parts.forEach(({ ids, starts, values }, i) => {
        const own = gguf.parts[i]!;
        assert.deepEqual([own.ids, own.starts], [ids, starts]);
        assertNear(own.values[0]!, values[0]!, 1e-3);
      });
    });

    it(`steer, ${product}`, async () => {
      const text = 'Once upon a time, there was a';
      const [onnx, gguf] = await both((model) =>
        methods.steer({ ...request(model, product), concept, text }, silent),
      );
      assertNear(gguf.logits, onnx.logits, 1e-3);
      assertNear(gguf.shift, onnx.shift, 1e-4);
    });

    it(`continue, ${product}`, async () => {
      const ask = {
        alphas: [0, 2],
        count: 12,
        temperature: 0,
        concept,
        text: 'Once upon a time, there was a',
      };
      const [onnx, gguf] = await both((model) =>
        methods.continue({ ...request(model, product), ...ask }, silent),
      );
      assert.deepEqual(gguf.continuations, onnx.continuations);
      assert.notEqual(gguf.continuations[0]!.text, '');
    });
  }
});
