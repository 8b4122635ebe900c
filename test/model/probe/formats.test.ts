import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { defaultProbeSettings, type ProbeResult } from '../../../src/protocol/probeResult';
import { Model } from '../../../src/model/model';
import { inRoot } from '../../support/places';
import { builtInModel } from '../support/builtInModel';
import { withFolder } from '../support/fixtures';
import {
  ggufSentencePiece,
  piecesOf,
  sentencePieceModel,
  type TokenizerJson,
} from '../support/tokenizerForms';
import { writeGguf } from '../support/writeGguf';
import { writeSafetensors } from '../support/writeSafetensors';

const example = inRoot('examples', 'royalty.concepts.json');

/** Every number of a result, with the path to it. */
function numbersOf(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (ArrayBuffer.isView(value))
    return [...(value as Float64Array)].map((each, i): [string, number] => [`${path}[${i}]`, each]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbersOf(each, `${path}.${key}`));
}

describe('one model in three formats', () => {
  it('has the same tokens and the same numbers in both inner products', () =>
    withFolder(async (folder) => {
      const onnx = await builtInModel();
      const model = new Model(onnx);
      const { vocabSize, hiddenSize } = model.unembedding.head;
      const { data } = model.unembedding.rows(Array.from({ length: vocabSize }, (_, id) => id));
      model.close();
      const weights = new Uint8Array((data as Float32Array<ArrayBuffer>).buffer);
      const tokenizer = JSON.parse(readFileSync(join(onnx, 'tokenizer.json'), 'utf8')) as TokenizerJson;
      const special = { bos: 1, eos: 2, addBos: true };

      const gguf = join(folder, 'stories.gguf');
      writeGguf(gguf, {
        metadata: { 'general.architecture': 'llama', ...ggufSentencePiece(tokenizer, special) },
        tensors: [{ name: 'token_embd.weight', dimensions: [hiddenSize, vocabSize], type: 0, data: weights }],
      });
      const checkpoint = join(folder, 'checkpoint');
      mkdirSync(checkpoint);
      const tensor = { dtype: 'F32', shape: [vocabSize, hiddenSize], data: weights };
      writeSafetensors(join(checkpoint, 'model.safetensors'), { 'model.embed_tokens.weight': tensor });
      writeFileSync(join(checkpoint, 'tokenizer.model'), sentencePieceModel(piecesOf(tokenizer), special));
      copyFileSync(join(onnx, 'config.json'), join(checkpoint, 'config.json'));

      const methods = createEngineMethods(join(onnx, '..'));
      const parsed = parseConceptFile(readFileSync(example, 'utf8'));
      assert.ok(parsed.ok);
      const { concepts } = parsed.file;
      const settings = { ...defaultProbeSettings, randomPairs: 5000, permutations: 500, bootstrap: 200 };
      const probe = (path: string): Promise<ProbeResult> =>
        methods.probe(
          { model: path, concepts, seed: 3, tokens: defaultTokenRule, settings },
          () => undefined,
        );
      const [expected, ...others] = [await probe(onnx), await probe(gguf), await probe(checkpoint)];
      assert.deepEqual(
        others.map(({ model: { head } }) => [head.format, head.tensor, head.elementType, head.tied]),
        [
          ['GGUF', 'token_embd.weight', 'float32', true],
          ['safetensors', 'model.embed_tokens.weight', 'float32', true],
        ],
      );
      const given = new Map(numbersOf({ concepts: expected.concepts, directions: expected.directions }));
      assert.ok(given.size > 1000);
      for (const other of others) {
        const found = numbersOf({ concepts: other.concepts, directions: other.directions });
        assert.equal(found.length, given.size);
        for (const [path, value] of found) {
          const wanted = given.get(path)!;
          const isSame = Number.isNaN(value) ? Number.isNaN(wanted) : Math.abs(value - wanted) <= 1e-6;
          assert.ok(isSame, `${other.model.file}${path}: ${value}, not ${wanted}`);
        }
      }
    }));
});
