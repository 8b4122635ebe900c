import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../../../src/errors';
import { Model } from '../../../src/model/model';
import { withFolder } from '../support/fixtures';
import { openHead } from '../support/writeHead';
import { ggufBytes, writeGguf, type GgufContents, type WrittenTensor } from '../support/writeGguf';

const numbers = Float32Array.from({ length: 3 * 4 }, (_, i) => i / 4 - 1);

function f32Tensor(name: string, data: Float32Array = numbers, dimensions = [4, 3]): WrittenTensor {
  return { name, dimensions, type: 0, data: new Uint8Array(data.buffer) };
}

/** The message of the ModelError that opening throws. */
function refusal(write: (folder: string) => void, path = 'model.gguf'): string {
  let message = '';
  withFolder((folder) => {
    write(folder);
    assert.throws(
      () => openHead(join(folder, path)),
      (error) => {
        assert.ok(error instanceof ModelError, String(error));
        message = error.message;
        return true;
      },
    );
  });
  return message;
}

describe('GGUF files', () => {
  const head = f32Tensor('output.weight');
  const other = f32Tensor(
    'token_embd.weight',
    numbers.map((value) => value + 100),
  );

  it('reads versions 2 and 3, any alignment, and metadata of every type before the tensors', () => {
    const metadata = {
      'general.architecture': 'llama',
      'llama.rope.freq_base': 10000,
      'llama.context_length': { u32: 2048 },
      'tokenizer.ggml.add_bos_token': true,
      'tokenizer.ggml.tokens': ['a', '▁b', ''],
      'tokenizer.ggml.scores': { f32: [0, -1, -2] },
      'tokenizer.ggml.token_type': { i32: [1, 1, 3] },
    };
    for (const version of [2, 3])
      for (const alignment of [8, 32, 64])
        withFolder((folder) => {
          writeGguf(join(folder, 'm.gguf'), { version, alignment, metadata, tensors: [other, head] });
          assert.deepEqual(openHead(folder).rows, numbers);
          const model = new Model(folder);
          const { first } = model.gguf;
          assert.deepEqual(first.strings('tokenizer.ggml.tokens'), ['a', '▁b', '']);
          assert.deepEqual(first.numbers('tokenizer.ggml.scores'), [0, -1, -2]);
          assert.deepEqual(first.numbers('tokenizer.ggml.token_type'), [1, 1, 3]);
          assert.equal(first.boolean('tokenizer.ggml.add_bos_token'), true);
          assert.equal(first.number('llama.context_length'), 2048);
          assert.equal(first.string('general.architecture'), 'llama');
          assert.equal(model.architecture, 'llama');
          assert.equal(first.string('llama.context_length'), undefined);
          model.close();
        });
  });

  it('uses the token embedding if there is no head, and says that they are tied', () => {
    withFolder((folder) => {
      writeGguf(join(folder, 'm.gguf'), { tensors: [other] });
      const { head: found, rows } = openHead(folder);
      assert.equal(found.tied, true);
      assert.equal(rows[0], 99);
    });
  });

  it('says what the model does to the logits after the product', () => {
    const after = (metadata: NonNullable<GgufContents['metadata']>, tensors = [head]): readonly string[] => {
      let found: readonly string[] = [];
      withFolder((folder) => {
        writeGguf(join(folder, 'm.gguf'), { metadata, tensors });
        found = openHead(folder).head.after;
      });
      return found;
    };
    assert.deepEqual(after({ 'general.architecture': 'llama' }), []);
    const gemma = { 'general.architecture': 'gemma2', 'gemma2.final_logit_softcapping': 30 };
    assert.deepEqual(after(gemma), ['soft cap 30']);
    const command = { 'general.architecture': 'command-r', 'command-r.logit_scale': 0.0625 };
    assert.deepEqual(after(command), ['scale 0.0625']);
    const granite = { 'general.architecture': 'granite', 'granite.logit_scale': 8 };
    assert.deepEqual(after(granite), ['scale 0.125']);
    const phi = { 'general.architecture': 'phi2' };
    assert.deepEqual(after(phi, [head, f32Tensor('output.bias', numbers, [12])]), ['bias']);
  });

  it('reads a split model from any of its parts, and says which part is missing', () => {
    const name = (part: number): string => `big-0000${part}-of-00003.gguf`;
    const write = (folder: string, parts: readonly number[]): void => {
      const tensors = [[other], [], [head]];
      for (const part of parts) writeGguf(join(folder, name(part)), { tensors: tensors[part - 1]! });
    };
    withFolder((folder) => {
      write(folder, [1, 2, 3]);
      for (const path of [folder, join(folder, name(1)), join(folder, name(3))]) {
        const model = new Model(path);
        assert.deepEqual([model.folder.file, model.folder.otherFiles], [name(1), []]);
        model.close();
        assert.deepEqual(openHead(path).rows, numbers);
      }
    });
    assert.match(
      refusal((folder) => {
        write(folder, [1, 2]);
      }, name(1)),
      /\/big-00001-of-00003\.gguf continues in big-00003-of-00003\.gguf, which is missing; copy that file next to the first part\.$/u,
    );
  });

  it('follows the links of the Hugging Face cache, but no part that is a link to elsewhere', () => {
    withFolder((folder) => {
      const snapshot = join(folder, 'models--org--tiny', 'snapshots', 'a1b2');
      const blobs = join(folder, 'models--org--tiny', 'blobs');
      mkdirSync(snapshot, { recursive: true });
      mkdirSync(blobs);
      const names = ['tiny-00001-of-00002.gguf', 'tiny-00002-of-00002.gguf'];
      [other, head].forEach((tensor, i) => {
        writeGguf(join(blobs, `blob${i}`), { tensors: [tensor] });
        symlinkSync(join('..', '..', 'blobs', `blob${i}`), join(snapshot, names[i]!));
      });
      assert.deepEqual(openHead(snapshot).rows, numbers);
      assert.equal(new Model(snapshot).folder.name, 'tiny');
    });
    const message = refusal((folder) => {
      mkdirSync(join(folder, 'chosen'));
      writeGguf(join(folder, 'chosen', 'a-00001-of-00002.gguf'), { tensors: [other] });
      writeGguf(join(folder, 'secret.gguf'), { tensors: [head] });
      symlinkSync(join('..', 'secret.gguf'), join(folder, 'chosen', 'a-00002-of-00002.gguf'));
    }, 'chosen');
    assert.match(message, /a link to a file outside the model folder/u);
  });

  it('opens a file by its content if its name has no ending, as in Ollama', () => {
    withFolder((folder) => {
      writeGguf(join(folder, 'sha256-0123'), { tensors: [head] });
      writeFileSync(join(folder, 'sha256-4567'), 'a template');
      const path = join(folder, 'sha256-0123');
      assert.deepEqual(openHead(path).rows, numbers);
      const { files } = new Model(path).folder;
      assert.deepEqual(
        files.map((file) => file.path),
        ['sha256-0123'],
      );
      assert.throws(
        () => new Model(join(folder, 'sha256-4567')),
        /is not an \.onnx, \.safetensors or \.gguf file/u,
      );
    });
  });

  it('chooses the most precise file, and never a projector or a later part', () => {
    withFolder((folder) => {
      const names = ['mmproj-F32', 'm.Q4_K_M', 'm.IQ4_XS', 'm-Q8_0', 'm.Q2_K', 'm.Q6_K'];
      for (const name of names) writeGguf(join(folder, `${name}.gguf`), { tensors: [head] });
      const { file, otherFiles } = new Model(folder).folder;
      assert.deepEqual(
        [file, ...otherFiles],
        ['m-Q8_0.gguf', 'm.Q6_K.gguf', 'm.Q4_K_M.gguf', 'm.IQ4_XS.gguf', 'm.Q2_K.gguf'],
      );
    });
  });

  const good = ggufBytes({ metadata: { 'general.architecture': 'llama' }, tensors: [head] });
  const written = (bytes: Buffer) => (folder: string) => {
    writeFileSync(join(folder, 'model.gguf'), bytes);
  };
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(good);
    change(bytes);
    return written(bytes);
  };
  const of = (contents: GgufContents) => written(ggufBytes(contents));
  const stored = (dimensions: readonly number[], type: number, bytes: number) =>
    of({ tensors: [{ name: 'output.weight', dimensions, type, data: new Uint8Array(bytes) }] });
  const refused: readonly (readonly [what: string, write: (folder: string) => void, message: RegExp])[] = [
    ['another file', written(Buffer.from('GGML and more')), /is not a GGUF file/u],
    ['an empty file', written(Buffer.alloc(0)), /ends at byte 0/u],
    ['version 1', changed((bytes) => bytes.writeUInt32LE(1, 4)), /of version 1; only versions 2 and 3/u],
    ['version 4', changed((bytes) => bytes.writeUInt32LE(4, 4)), /of version 4; only versions 2 and 3/u],
    ['a big-endian file', changed((bytes) => bytes.writeUInt32BE(3, 4)), /is a big-endian GGUF file/u],
    [
      'too many tensors',
      changed((bytes) => bytes.writeBigUInt64LE(2n ** 40n, 8)),
      /states 1099511627776 tensors/u,
    ],
    [
      'sizes beyond all files',
      changed((bytes) => bytes.fill(0xff, 16, 24)),
      /the size 18446744073709551615/u,
    ],
    ['a file cut in its data', written(good.subarray(0, -20)), /the file is truncated/u],
    ['a file cut in its header', written(good.subarray(0, 60)), /the file is truncated/u],
    [
      'no head',
      of({ metadata: { 'general.architecture': 'bert' } }),
      /\(architecture bert\) has neither output\.weight/u,
    ],
    ['an adapter', of({ metadata: { 'general.type': 'adapter' } }), /is a LoRA adapter; merge it/u],
    [
      'a format that is rare for heads',
      stored([256, 1], 39, 136),
      /output\.weight in MXFP4; choose another/u,
    ],
    ['an unknown format', stored([4, 3], 4000, 8), /output\.weight in type 4000/u],
    ['rows of incomplete blocks', stored([48, 4], 2, 108), /output\.weight of shape \[48, 4\] in Q4_0/u],
    ['a head of three dimensions', stored([2, 2, 3], 0, 48), /of shape \[2, 2, 3\] in F32/u],
    ['a tensor twice', of({ tensors: [head, head] }), /contains output\.weight twice/u],
    ['an impossible alignment', of({ alignment: 2 ** 30 }), /states an alignment of 1073741824 bytes/u],
  ];
  for (const [what, write, message] of refused)
    it(`refuses ${what} in one sentence`, () => {
      assert.match(refusal(write), message);
    });
});
