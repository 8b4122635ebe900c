import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeModel } from '../../../src/probe/modelDetails';
import { describeHead } from '../../../src/format/headDescription';
import { Model } from '../../../src/model/model';
import { assertClose } from '../support/assertClose';
import { fieldFixtures, readNpy } from '../support/fixtures';
import { runHidden } from '../support/hiddenTruth';
import { openHead } from '../support/writeHead';

/** The expected result for each folder: U as in U.npy, or the sentence that says why it is rejected. */
const cases: Readonly<Record<string, string | RegExp>> = {
  'sliced-vocabulary/padding-cut-off': 'soft cap 15',
  'sliced-vocabulary/no-axes': /Slice of some tokens before the logits; export the model with the logits/u,
  'sliced-vocabulary/opset9-attributes': /Slice of some tokens before the logits; export the model with/u,
  'split-head/constant-halves': '',
  'split-head/split-in-the-graph': '',
  'remedy-text/conv-1x1': '',
  'remedy-text/einsum': '',
  'remedy-text/local-function': '',
  'remedy-text/sequence-first': '',
  'hidden-states-claimed/embeddings-in': '',
};

describe('heads from the field', () => {
  it('every folder of these kinds has a case', () => {
    const kinds = [...new Set(Object.keys(cases).map((name) => name.split('/')[0]!))];
    const folders = kinds.flatMap((kind) =>
      readdirSync(join(fieldFixtures, kind), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'capital-folder')
        .map((entry) => `${kind}/${entry.name}`),
    );
    assert.deepEqual(new Set(folders), new Set(Object.keys(cases)));
  });

  for (const [name, expected] of Object.entries(cases)) {
    const folder = join(fieldFixtures, name);
    if (typeof expected === 'string') {
      it(`${name}: every row is correct`, () => {
        const truth = readNpy(join(fieldFixtures, 'U.npy'));
        const { head, rows } = openHead(folder);
        assert.deepEqual([head.vocabSize, head.hiddenSize], [truth.rows, truth.columns]);
        assert.deepEqual(rows, truth.data);
        assert.equal(head.after.join(), expected);
      });
    } else {
      it(`${name}: rejected with a remedy that works`, () => {
        assert.throws(
          () => openHead(folder),
          (error: Error) => {
            assert.equal(error.name, 'ModelError');
            assert.match(error.message, expected);
            assert.doesNotMatch(error.message, /float32|float16/u);
            return true;
          },
        );
      });
    }
  }

  it('a head in parts says so', () => {
    const model = new Model(join(fieldFixtures, 'split-head/constant-halves'));
    const { head } = describeModel(model);
    model.close();
    assert.equal(describeHead(head!), 'MatMul in 2 parts, float32, stored [hidden, vocab]');
  });

  it('hidden states are offered only if the inputs are known', () => {
    assert.match(
      hiddenAbility('hidden-states-claimed/embeddings-in'),
      /^embeddings-in\/model\.onnx takes its hidden states from the input x; choose a file that computes/u,
    );
    assert.match(hiddenAbility('genai-pipeline/model/lm_head.onnx'), /from the input output_hidden_states/u);
    for (const name of ['sliced-vocabulary/padding-cut-off', 'remedy-text/conv-1x1'])
      assert.equal(hiddenAbility(name), 'works');
  });
});

describe('hidden states of heads from the field', () => {
  for (const [name, expected] of Object.entries(cases)) {
    if (expected !== '' || name.startsWith('hidden-states-claimed')) continue;
    it(`${name}: multiplied by U they are ONNX Runtime's logits`, async () => {
      const { rows, columns, data } = readNpy(join(fieldFixtures, 'U.npy'));
      const [states] = await runHidden(join(fieldFixtures, name), [[4, 11, 0]]);
      const { hidden, logits } = states!;
      assert.equal(hidden.length, 3 * columns);
      const products = Float32Array.from({ length: 3 * rows }, (_, i) => {
        const [position, token] = [Math.floor(i / rows), i % rows];
        let sum = 0;
        for (let j = 0; j < columns; j++) sum += hidden[position * columns + j]! * data[token * columns + j]!;
        return sum;
      });
      assertClose(logits!, products, 1e-5);
    });
  }
});

function hiddenAbility(name: string): string {
  const model = new Model(join(fieldFixtures, name));
  try {
    const ability = describeModel(model).abilities.find((each) => each.name.startsWith('hidden states'))!;
    assert.equal(ability.works, ability.why === undefined);
    return ability.why ?? 'works';
  } finally {
    model.close();
  }
}
