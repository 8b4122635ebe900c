import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextEncoder } from '../../../src/model/hidden/contexts';
import { Model } from '../../../src/model/model';
import { inRoot } from '../../support/places';
import { seconds, seed } from '../support/attack';
import { withFolder } from '../support/fixtures';
import { hardTexts } from '../support/hardTexts';
import { learnedBytePairs } from '../support/learnedBytePairs';
import { mutate, seededRandom } from '../support/mutations';
import { ggufByteLevel, ggufSentencePiece } from '../support/tokenizerForms';
import { ggufBytes, type MetadataValue } from '../support/writeGguf';

const longestMilliseconds = 5000;

const bytePairs = learnedBytePairs(hardTexts.slice(0, 6), 60);
const pieces = { ...bytePairs, model: { ...bytePairs.model, unk_token: '<|start|>' } };

const head = { name: 'output.weight', dimensions: [2, 400], type: 0, data: new Uint8Array(400 * 8) };
const gguf = (metadata: Readonly<Record<string, MetadataValue>>): Buffer =>
  ggufBytes({ metadata: { 'general.architecture': 'llama', ...metadata }, tensors: [head] });

const trained = Object.values(
  JSON.parse(
    readFileSync(inRoot('test', 'model', 'tokenizer', 'sentencePieceTokens.json'), 'utf8'),
  ) as Record<string, { readonly model: string }>,
);

/** The file that is damaged, and the others beside it. */
const victims: Readonly<Record<string, { readonly file: string; readonly bytes: Buffer }>> = {
  'SentencePiece in GGUF': { file: 'model.gguf', bytes: gguf(ggufSentencePiece(pieces)) },
  'byte-level BPE in GGUF': { file: 'model.gguf', bytes: gguf(ggufByteLevel(bytePairs, 'llama-bpe')) },
  'BPE of SentencePiece': { file: 'tokenizer.model', bytes: Buffer.from(trained[2]!.model, 'base64') },
  'unigram of SentencePiece': { file: 'tokenizer.model', bytes: Buffer.from(trained[3]!.model, 'base64') },
};

/** Everything that is done with a tokenizer. @throws ModelError */
function use(folder: string): void {
  const model = new Model(folder);
  try {
    const { tokenizer } = model;
    tokenizer.prepare(['king', 'café']);
    const { ids, pieces: spelled } = tokenizer.tokens('king');
    assert.equal(ids.length, spelled.length);
    tokenizer.tokens('king', false);
    assert.equal(tokenizer.pieces(400).length, 400);
    tokenizer.tokenIds(400);
    const encode = contextEncoder(model);
    for (const text of hardTexts)
      assert.ok(
        encode(text).every((id) => Number.isInteger(id) && id >= 0),
        text,
      );
  } finally {
    model.close();
  }
}

describe('damaged tokenizers', function () {
  this.timeout((seconds + 120) * 1000);
  for (const [name, { file, bytes }] of Object.entries(victims))
    it(`${name}: rejected in a sentence, or used`, () => {
      withFolder((folder) => {
        if (file !== 'model.gguf') writeFileSync(join(folder, 'model.gguf'), gguf({}));
        const path = join(folder, file);
        writeFileSync(path, bytes);
        use(folder);
        const random = seededRandom(seed);
        const deadline = performance.now() + (seconds * 1000) / 4;
        for (let tried = 0; performance.now() < deadline; tried++) {
          // A file may be damaged in several places.
          let damaged = bytes;
          for (let times = 1 + random(2); times > 0 && damaged.length > 0; times--) {
            const mutation = mutate(damaged, random(damaged.length), random, true);
            if ('whole' in mutation) damaged = mutation.whole;
            else {
              damaged = Buffer.from(damaged);
              mutation.data.copy(damaged, mutation.at);
            }
          }
          writeFileSync(path, damaged);
          const start = performance.now();
          try {
            use(folder);
          } catch (error) {
            const context = `Seed ${seed}, number ${tried}`;
            assert.equal((error as Error).name, 'ModelError', `${context}: ${(error as Error).stack}`);
            assert.match((error as Error).message, /^[^\n\r]{10,600}\.$/u, context);
            assert.match((error as Error).message, /model\.gguf|tokenizer\.model/u, context);
          }
          assert.ok(
            performance.now() - start < longestMilliseconds,
            `Seed ${seed}, number ${tried} took long`,
          );
        }
      });
    });
});
