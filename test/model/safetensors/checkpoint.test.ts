import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../../../src/errors';
import { Model } from '../../../src/model/model';
import { withFolder } from '../support/fixtures';
import { openHead } from '../support/writeHead';
import { safetensorsBytes, writeSafetensors, type SafetensorsTensor } from '../support/writeSafetensors';

const [vocab, hidden] = [6, 4];
const numbers = Float32Array.from({ length: vocab * hidden }, (_, i) => (i - 11) / 4);

function f32(data: Float32Array = numbers, shape = [vocab, hidden]): SafetensorsTensor {
  return { dtype: 'F32', shape, data: new Uint8Array(data.buffer) };
}

const other = f32(numbers.map((value) => value + 100));

type Write = (folder: string) => void;

function opened(write: Write): ReturnType<typeof openHead> {
  let found: ReturnType<typeof openHead> | undefined;
  withFolder((folder) => {
    write(folder);
    found = openHead(folder);
  });
  return found!;
}

function refusal(write: Write): string {
  let message = '';
  assert.throws(
    () => opened(write),
    (error) => {
      assert.ok(error instanceof ModelError, String(error));
      message = error.message;
      return true;
    },
  );
  return message;
}

const model =
  (tensors: Readonly<Record<string, SafetensorsTensor>>, config?: unknown): Write =>
  (folder) => {
    writeSafetensors(join(folder, 'model.safetensors'), tensors, { format: 'pt' });
    if (config !== undefined) writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  };

/** A checkpoint of two shards, with the head in the second. */
const sharded =
  (map: Readonly<Record<string, string>>, isWhole = true): Write =>
  (folder) => {
    writeSafetensors(join(folder, 'model-00001-of-00002.safetensors'), {
      'model.embed_tokens.weight': other,
    });
    if (isWhole)
      writeSafetensors(join(folder, 'model-00002-of-00002.safetensors'), { 'lm_head.weight': f32() });
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
  };
const wholeMap = {
  'model.embed_tokens.weight': 'model-00001-of-00002.safetensors',
  'lm_head.weight': 'model-00002-of-00002.safetensors',
};

/** A number of 8 bits, from the definition of its format. */
function float8(code: number, exponentBits: number, bias: number): number {
  const fractionBits = 7 - exponentBits;
  const fraction = (code % 2 ** fractionBits) / 2 ** fractionBits;
  const exponent = Math.floor((code % 128) / 2 ** fractionBits);
  const size = exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias);
  return code > 127 ? -size : size;
}

describe('safetensors checkpoints', () => {
  it('reads every type of numbers', () => {
    const codes = Uint8Array.from(
      { length: vocab * hidden },
      (_, i) => ((i * 37) % 120) | (i % 3 === 0 ? 128 : 0),
    );
    const halves = new Uint16Array(vocab * hidden).map((_, i) => 0x3c00 + i);
    const scale = f32(Float32Array.of(0.5), [1]);
    const bytes = (of: ArrayBufferView): Uint8Array => new Uint8Array(of.buffer as ArrayBuffer);
    const cases: readonly (readonly [string, Uint8Array, (i: number) => number, boolean])[] = [
      ['F64', bytes(Float64Array.from(numbers)), (i) => numbers[i]!, false],
      ['F32', bytes(numbers), (i) => numbers[i]!, false],
      ['F16', bytes(halves), (i) => 1 + i / 1024, false],
      ['BF16', bytes(new Uint16Array(vocab * hidden).map((_, i) => 0x3f80 + i)), (i) => 1 + i / 128, false],
      ['F8_E4M3', codes, (i) => float8(codes[i]!, 4, 7), false],
      ['F8_E5M2', codes, (i) => float8(codes[i]!, 5, 15), false],
      ['F8_E4M3', codes, (i) => float8(codes[i]!, 4, 7) / 2, true],
      ['I8', codes, (i) => (codes[i]! > 127 ? codes[i]! - 256 : codes[i]!) / 2, true],
      ['U8', codes, (i) => codes[i]! / 2, true],
    ];
    for (const [dtype, data, value, isScaled] of cases) {
      const tensor = { dtype, shape: [vocab, hidden], data };
      const tensors = { 'lm_head.weight': tensor, ...(isScaled && { 'lm_head.weight_scale': scale }) };
      const { rows } = opened(model(tensors));
      assert.deepEqual(
        rows,
        Float32Array.from(rows, (_, i) => value(i)),
        `${dtype} ${isScaled}`,
      );
    }
  });

  it('applies scales per row and per block', () => {
    const codes = Uint8Array.from(numbers, (_, i) => i);
    const tensor = { dtype: 'I8', shape: [vocab, hidden], data: codes };
    const perRow = Float32Array.from({ length: vocab }, (_, row) => row + 1);
    const byRow = opened(
      model({ 'lm_head.weight': tensor, 'lm_head.weight_scale': f32(perRow, [vocab, 1]) }),
    );
    assert.deepEqual(
      byRow.rows,
      Float32Array.from(codes, (code, i) => code * perRow[Math.floor(i / hidden)]!),
    );
    assert.equal(byRow.head.elementType, 'int8, scales per 1 × 4');
    const perBlock = Float32Array.from({ length: 4 }, (_, block) => block + 1);
    const byBlock = opened(
      model({ 'lm_head.weight': tensor, 'lm_head.weight_scale_inv': f32(perBlock, [2, 2]) }),
    );
    assert.deepEqual(
      byBlock.rows,
      Float32Array.from(codes, (code, i) => {
        const [row, column] = [Math.floor(i / hidden), i % hidden];
        return code * perBlock[Math.floor(row / 3) * 2 + Math.floor(column / 2)]!;
      }),
    );
  });

  it('finds the head under the names of wrappers, and the embedding if they are tied', () => {
    const cases: readonly (readonly [
      tensors: readonly string[],
      config: unknown,
      name: string,
      tied: boolean,
    ])[] = [
      [['model.embed_tokens.weight', 'lm_head.weight'], {}, 'lm_head.weight', false],
      [['model.embed_tokens.weight', 'model.norm.weight'], {}, 'model.embed_tokens.weight', true],
      [
        ['model.embed_tokens.weight', 'lm_head.weight'],
        { tie_word_embeddings: true },
        'model.embed_tokens.weight',
        true,
      ],
      [['transformer.wte.weight', 'transformer.wpe.weight'], {}, 'transformer.wte.weight', true],
      [['gpt_neox.embed_in.weight', 'embed_out.weight'], {}, 'embed_out.weight', false],
      [['tok_embeddings.weight', 'output.weight'], {}, 'output.weight', false],
      [
        ['language_model.model.embed_tokens.weight', 'language_model.lm_head.weight'],
        {},
        'language_model.lm_head.weight',
        false,
      ],
      [
        ['model.language_model.embed_tokens.weight', 'model.vision_tower.embed_tokens.weight'],
        { text_config: { tie_word_embeddings: true } },
        'model.language_model.embed_tokens.weight',
        true,
      ],
      [['thinker.lm_head.weight', 'talker.lm_head.weight'], {}, 'thinker.lm_head.weight', false],
    ];
    for (const [names, config, name, tied] of cases) {
      const tensors = Object.fromEntries(names.map((each) => [each, each === name ? f32() : other]));
      const { head, rows } = opened(model(tensors, config));
      assert.deepEqual([head.parts[0]!.weight.values.tensor.name, head.tied], [name, tied]);
      assert.deepEqual(rows, numbers);
    }
  });

  it('reads shards, by the index, the folder, or any of the shards', () => {
    withFolder((folder) => {
      sharded(wholeMap)(folder);
      for (const name of ['', 'model.safetensors.index.json', 'model-00001-of-00002.safetensors']) {
        const path = join(folder, name);
        const { folder: found } = new Model(path);
        assert.deepEqual([found.file, found.otherFiles], ['model.safetensors.index.json', []]);
        assert.deepEqual(openHead(path).rows, numbers);
      }
    });
  });

  it('follows the links of the Hugging Face cache, but none of a chosen folder to elsewhere', () => {
    const names = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    withFolder((folder) => {
      const blobs = join(folder, 'models--meta-llama--Llama-2-7b-hf', 'blobs');
      const snapshot = join(blobs, '..', 'snapshots', 'c0ffee');
      mkdirSync(blobs, { recursive: true });
      mkdirSync(snapshot, { recursive: true });
      sharded(wholeMap)(blobs);
      for (const name of [...names, 'model.safetensors.index.json'])
        symlinkSync(join('..', '..', 'blobs', name), join(snapshot, name));
      assert.deepEqual(openHead(snapshot).rows, numbers);
      assert.equal(new Model(snapshot).folder.name, 'Llama-2-7b-hf');
    });
    const message = refusal((folder) => {
      sharded(wholeMap, false)(folder);
      const elsewhere = join(folder, 'elsewhere');
      mkdirSync(elsewhere);
      writeSafetensors(join(elsewhere, 'x'), { 'lm_head.weight': f32() });
      // The folder itself, so that the link leads out of it.
      mkdirSync(join(folder, 'onnx'));
      symlinkSync(join('..', '..', '..', 'etc', 'hostname'), join(folder, names[1]!));
    });
    assert.match(message, /model-00002-of-00002\.safetensors, (which is missing|a link to a file outside)/u);
  });

  it('says what the model does to the logits after the product', () => {
    const after = (config: unknown, tensors = {}): readonly string[] =>
      opened(model({ 'lm_head.weight': f32(), ...tensors }, config)).head.after;
    assert.deepEqual(after({}), []);
    assert.deepEqual(after({ text_config: { final_logit_softcapping: 30 } }), ['soft cap 30']);
    assert.deepEqual(after({ logits_scaling: 8 }), ['scale 0.125']);
    assert.deepEqual(after({ logit_scale: 0.0625 }), ['scale 0.0625']);
    assert.deepEqual(after({}, { 'lm_head.bias': f32(numbers, [24]) }), ['bias']);
  });

  const good = safetensorsBytes({ 'lm_head.weight': f32() });
  const written =
    (bytes: Buffer): Write =>
    (folder) => {
      writeFileSync(join(folder, 'model.safetensors'), bytes);
    };
  const withHeader = (header: string, length = Buffer.byteLength(header)): Write => {
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(length));
    return written(Buffer.concat([start, Buffer.from(header), Buffer.alloc(200)]));
  };
  const entry = (text: string): Write => withHeader(`{"lm_head.weight":${text}}`);
  const refused: readonly (readonly [what: string, write: Write, message: RegExp])[] = [
    ['a header of more than 100 MB', withHeader('{}', 100_000_001), /header of 100000001 bytes/u],
    ['a header beyond the file', withHeader('{}', 99_000_000), /the file is truncated/u],
    ['a header that is not JSON', withHeader('hello'), /has no valid header/u],
    ['a file cut in its data', written(good.subarray(0, -4)), /the file is truncated/u],
    ['an empty file', written(Buffer.alloc(0)), /ends at byte 0/u],
    [
      'a place before the data',
      entry('{"dtype":"F32","shape":[6,4],"data_offsets":[-8,88]}'),
      /impossible shape or place/u,
    ],
    [
      'a place that ends before it starts',
      entry('{"dtype":"F32","shape":[6,4],"data_offsets":[96,0]}'),
      /impossible shape or place/u,
    ],
    [
      'a shape of fractions',
      entry('{"dtype":"F32","shape":[1.5,4],"data_offsets":[0,24]}'),
      /impossible shape or place/u,
    ],
    [
      'a shape that its bytes do not fill',
      entry('{"dtype":"F32","shape":[6,4],"data_offsets":[0,95]}'),
      /stores 95 bytes for lm_head\.weight, but its shape needs 96/u,
    ],
    [
      'a shape beyond all numbers',
      entry('{"dtype":"F32","shape":[4503599627370496,4503599627370496],"data_offsets":[0,96]}'),
      /gives lm_head\.weight the shape/u,
    ],
    [
      'an unknown type',
      entry('{"dtype":"I4","shape":[6,4],"data_offsets":[0,12]}'),
      /stores lm_head\.weight as I4, which cannot be read/u,
    ],
    ['one dimension', model({ 'lm_head.weight': f32(numbers, [24]) }), /lm_head\.weight of shape \[24\]/u],
    [
      'integers without a scale',
      model({ 'lm_head.weight': { dtype: 'I8', shape: [2, 2], data: new Uint8Array(4) } }),
      /lm_head\.weight in int8 without a scale/u,
    ],
    [
      'scales that do not fit',
      model({ 'lm_head.weight': f32(), 'lm_head.weight_scale': f32(numbers, [4, 6]) }),
      /lm_head\.weight_scale of shape \[4, 6\] for 6 × 4/u,
    ],
    [
      'a model of images',
      model({ 'vision.patch.weight': f32() }),
      /has neither lm_head\.weight nor a token embedding/u,
    ],
    ['an adapter', model({ 'base.q_proj.lora_A.weight': f32() }), /is a LoRA adapter; merge it/u],
    [
      'two heads',
      model({ 'a.lm_head.weight': f32(), 'b.lm_head.weight': f32() }),
      /several tensors that may be the LM head \(a\.lm_head\.weight, b\.lm_head\.weight\)/u,
    ],
    [
      'GPTQ',
      model({ 'lm_head.qweight': f32() }, { quantization_config: { quant_method: 'gptq' } }),
      /quantized by gptq, which cannot be read/u,
    ],
    ['compressed-tensors', model({ 'lm_head.weight_packed': f32() }), /quantized by compressed-tensors/u],
    [
      'bitsandbytes',
      model({ 'lm_head.weight': f32(), 'lm_head.weight.absmax': f32() }),
      /quantized by bitsandbytes/u,
    ],
    [
      'a missing shard',
      sharded(wholeMap, false),
      /keeps lm_head\.weight in model-00002-of-00002\.safetensors, which is missing/u,
    ],
    [
      'an index that leads out of its folder',
      sharded({ 'lm_head.weight': '../secret.safetensors' }),
      /is not a \.safetensors file in its folder/u,
    ],
    [
      'an index without a map',
      (folder) => {
        writeFileSync(join(folder, 'model.safetensors.index.json'), '{}');
      },
      /has no weight_map/u,
    ],
    [
      'an index that names another tensor',
      sharded({ ...wholeMap, 'lm_head.weight': 'model-00001-of-00002.safetensors' }),
      /lacks lm_head\.weight, which the index names/u,
    ],
    [
      'pickles',
      (folder) => {
        writeFileSync(join(folder, 'pytorch_model.bin'), 'x');
      },
      /a pickle that cannot be read/u,
    ],
  ];
  for (const [what, write, message] of refused)
    it(`refuses ${what} in one sentence`, () => {
      assert.match(refusal(write), message);
    });
});
