import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { onnxDataType, serializeOnnx, type OnnxModel } from '../../../src/model/onnx/writer';
import { assertClose } from '../support/assertClose';
import { blockForms } from '../support/blockForms';
import { withFolder } from '../support/fixtures';
import { floatForms } from '../support/floatForms';
import { hidden, node, vocab, type HeadForm } from '../support/headForms';
import { integerForms, refusedIntegerForms } from '../support/integerForms';
import { openOnnxHead, writeHead } from '../support/writeHead';

/** What a form adds to the graph. */
type Graph = Pick<HeadForm, 'node' | 'initializer'>;

function modelOf({ node, initializer }: Graph): OnnxModel {
  return {
    irVersion: 10,
    opsetImport: { '': 21, 'com.microsoft': 1 },
    graph: {
      name: 'head',
      node,
      initializer,
      input: [{ name: 'hidden', elemType: onnxDataType.float, shape: ['n', hidden] }],
      output: [{ name: 'logits', elemType: onnxDataType.float }],
    },
  };
}

/**
 * U·x for each row x of the identity, that is Uᵀ, according to ONNX Runtime; operations after the product are not undone.
 */
async function runtimeRows(form: HeadForm): Promise<Float32Array> {
  const session = await InferenceSession.create(serializeOnnx(modelOf(form)), {
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 4,
  });
  const identity = new Float32Array(hidden * hidden);
  for (let i = 0; i < hidden; i++) identity[i * hidden + i] = 1;
  const { logits } = await session.run({ hidden: new Tensor('float32', identity, [hidden, hidden]) });
  const data = logits!.data as Float32Array;
  await session.release();
  return Float32Array.from(
    { length: vocab * hidden },
    (_, i) => data[(i % hidden) * vocab + Math.floor(i / hidden)]!,
  );
}

/** The same head with another axis before the others: the axes after it are known only if those of its product are. */
function unsqueezed({ node: nodes, initializer }: HeadForm): Graph {
  const renamed = nodes.map((each) => ({
    ...each,
    output: each.output.map((name) => (name === 'logits' ? 'flat logits' : name)),
  }));
  const axes = { name: 'axes', dims: [1], dataType: onnxDataType.int64, int64Data: [0n] };
  return {
    node: [...renamed, node('Unsqueeze', ['flat logits', 'axes'], 'logits')],
    initializer: [...initializer, axes],
  };
}

describe('head forms', () => {
  for (const form of [...floatForms, ...blockForms, ...integerForms]) {
    it(form.name, () =>
      withFolder(async (folder) => {
        const truth = Float32Array.from({ length: vocab * hidden }, (_, i) =>
          form.truth(Math.floor(i / hidden), i % hidden),
        );
        writeHead(folder, modelOf(form));
        const { head, rows } = openOnnxHead(folder);
        assertClose(rows, truth, 1e-7);
        assert.equal(head.elementType, form.elementType);
        assert.equal(head.layout, form.layout);
        assert.deepEqual(head.after, form.after ?? []);
        assert.equal(head.hiddenState, 'hidden');
        if (!form.after && form.withoutRuntime === undefined)
          assertClose(rows, await runtimeRows(form), 1e-5);
        writeHead(folder, modelOf(unsqueezed(form)));
        assert.deepEqual(openOnnxHead(folder).rows, rows);
      }),
    );
  }

  for (const { name, form, remedy, ...graph } of refusedIntegerForms)
    it(`${name}: refused`, () => {
      withFolder((folder) => {
        writeHead(folder, modelOf(graph));
        const message = `model.onnx: unsupported LM-head format: ${form}; ${remedy}.`;
        assert.throws(() => openOnnxHead(folder), {
          name: 'ModelError',
          message: new RegExp(`${message}$`, 'u'),
        });
      });
    });
});
