import assert from 'node:assert/strict';
import { Model } from '../../../src/model/model';
import { assertClose } from '../support/assertClose';
import { withFolder } from '../support/fixtures';
import { readForms } from '../support/logitsForms';
import { hiddenSize, modelOf, runtimeUnembedding } from '../support/logitsTruth';
import { openOnnxHead, writeHead } from '../support/writeHead';

describe('supported operations between the head and the logits', () => {
  for (const form of readForms) {
    it(form.name, () =>
      withFolder(async (folder) => {
        writeHead(folder, modelOf(form));
        const { head, rows } = openOnnxHead(folder);
        const truth = Float32Array.from({ length: form.tokens * hiddenSize }, (_, i) =>
          form.truth(Math.floor(i / hiddenSize), i % hiddenSize),
        );
        assert.deepEqual([head.vocabSize, head.hiddenSize], [form.tokens, hiddenSize]);
        assertClose(rows, truth, 1e-7);
        assert.deepEqual(head.after, form.after ?? []);
        assert.equal(head.hiddenState, form.hiddenState ?? 'hidden');
        if (form.withoutRuntime === undefined) {
          const runtime = await runtimeUnembedding(form);
          assert.equal(runtime?.vocab, form.tokens);
          assertClose(rows, runtime.data, 2e-2);
        }
      }),
    );
  }

  it('tiles of any range are the same rows, also across parts', () => {
    withFolder((folder) => {
      for (const form of readForms) {
        writeHead(folder, modelOf(form));
        const model = new Model(folder);
        const { unembedding } = model;
        const { vocabSize, layout } = unembedding.head;
        const rows = unembedding.rows(Array.from({ length: vocabSize }, (_, id) => id)).data;
        for (const [first, tokens] of [
          [0, vocabSize],
          [3, 6],
          [5, 1],
          [vocabSize - 2, 2],
        ] as const) {
          const { data } = unembedding.tile(first, tokens);
          for (let t = 0; t < tokens; t++) {
            for (let j = 0; j < hiddenSize; j++) {
              const at = layout === '[vocab, hidden]' ? t * hiddenSize + j : j * tokens + t;
              assert.equal(data[at], rows[(first + t) * hiddenSize + j], `${form.name}: ${first} + ${t}`);
            }
          }
        }
        model.close();
      }
    });
  });
});
