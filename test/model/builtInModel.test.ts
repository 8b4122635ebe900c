import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor as OnnxRuntimeTensor } from 'onnxruntime-node';
import { type Checkpoint, fetchCheckpoint } from '../../scripts/checkpoint';
import { builtInModel } from './support/builtInModel';
import { llamaForward } from './support/llamaForward';
import { sentencePieceMerge } from './support/sentencePieceMerge';

const story =
  'Once upon a time, there was a little girl named Lily. She loved to play outside in the sunshine.';

describe('the built-in model', () => {
  let folder: string;
  let checkpoint: Checkpoint;

  before(async function () {
    folder = await builtInModel();
    checkpoint = await fetchCheckpoint();
  });

  describe('its logits', () => {
    let session: InferenceSession;

    before(async () => {
      session = await InferenceSession.create(join(folder, 'onnx', 'model.onnx'));
    });
    after(() => session.release());

    /** Rows of `[batch][sequence]` in, logits `[batch][sequence][vocab]` out. */
    async function logitsOf(
      ids: number[][],
      mask: number[][],
      positions: number[][],
    ): Promise<Float32Array[][]> {
      const dims = [ids.length, ids[0]!.length];
      const tensor = (rows: number[][]) =>
        new OnnxRuntimeTensor('int64', BigInt64Array.from(rows.flat(), BigInt), dims);
      const { logits } = await session.run({
        input_ids: tensor(ids),
        attention_mask: tensor(mask),
        position_ids: tensor(positions),
      });
      const vocabSize = checkpoint.config.vocabSize;
      assert.deepEqual(logits!.dims, [...dims, vocabSize]);
      const data = logits!.data as Float32Array;
      return ids.map((row, batch) =>
        row.map((_, at) => {
          const start = (batch * row.length + at) * vocabSize;
          return data.subarray(start, start + vocabSize);
        }),
      );
    }

    /** Within 1e-4 of each logit, or within 1e-4 if the logit is below 1. */
    function assertAgree(found: readonly Float32Array[], ids: readonly number[]): void {
      llamaForward(checkpoint, ids).forEach((expected, position) => {
        expected.forEach((logit, id) => {
          const off = Math.abs(found[position]![id]! - logit);
          const at = `position ${position}, token ${id}`;
          if (!(off <= 1e-4 * Math.max(1, Math.abs(logit))))
            assert.fail(`${at}: ${found[position]![id]}, not ${logit}`);
        });
      });
    }

    const first = [1, 9038, 2501, 263, 931, 29892, 727, 471, 263, 2217, 7826, 4257, 365, 2354, 29889];
    const second = [1, 450, 6989, 322, 278, 26624, 6350];
    const ones = (length: number) => Array<number>(length).fill(1);
    const zeros = (length: number) => Array<number>(length).fill(0);
    const count = (length: number) => Array.from({ length }, (_, i) => i);

    it('agree with llama2.c’s own forward pass at every position', async () => {
      const [found] = await logitsOf([first], [ones(first.length)], [count(first.length)]);
      assertAgree(found!, first);
    });

    const padding = first.length - second.length;
    for (const side of ['left', 'right'] as const) {
      it(`agree in a batch of two of which one is padded on the ${side}`, async () => {
        const padded = (row: number[], fill: number[]) =>
          side === 'left' ? [...fill, ...row] : [...row, ...fill];
        const found = await logitsOf(
          [first, padded(second, zeros(padding))],
          [ones(first.length), padded(ones(second.length), zeros(padding))],
          [count(first.length), padded(count(second.length), ones(padding))],
        );
        const start = side === 'left' ? padding : 0;
        assertAgree(found[0]!, first);
        assertAgree(found[1]!.slice(start, start + second.length), second);
        assert.ok(found.flat().every((logits) => logits.every(Number.isFinite)));
      });
    }
  });

  describe('in transformers.js', () => {
    let model: PreTrainedModel;
    let tokenizer: PreTrainedTokenizer;

    before(async () => {
      env.localModelPath = dirname(folder);
      env.allowLocalModels = true;
      env.allowRemoteModels = false;
      model = await AutoModelForCausalLM.from_pretrained(basename(folder), { dtype: 'fp32' });
      tokenizer = await AutoTokenizer.from_pretrained(basename(folder));
    });
    after(() => model.dispose());

    /**
     * Not `model.generate`: after the first step it passes only the new token and relies on a key-value cache, which this
     * export does not have. So each token needs a pass over the whole text.
     */
    it('loads and continues its story', async () => {
      const ids = tokenizer.encode('Once upon a time');
      let text = '';
      while (text.length < story.length && ids.length < 64) {
        const input_ids = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
        const attention_mask = new Tensor(
          'int64',
          BigInt64Array.from(ids, () => 1n),
          [1, ids.length],
        );
        const { logits } = (await model({ input_ids, attention_mask })) as { logits: Tensor };
        const last = (logits.data as Float32Array).subarray(-logits.dims.at(-1)!);
        ids.push(last.indexOf(last.reduce((highest, logit) => Math.max(highest, logit))));
        text = tokenizer.decode(ids, { skip_special_tokens: true });
      }
      assert.equal(text, story);
    });

    it('begins with BOS unless told otherwise', () => {
      assert.deepEqual(tokenizer.encode('king'), [1, 6989]);
      assert.deepEqual(tokenizer.encode('king', { add_special_tokens: false }), [6989]);
    });
  });

  describe('its tokenizer', () => {
    let tokenizer: Tokenizer;
    let merge: (text: string) => number[];

    before(async () => {
      const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as object;
      tokenizer = new Tokenizer(await json('tokenizer.json'), await json('tokenizer_config.json'));
      merge = sentencePieceMerge(checkpoint.vocabulary);
    });

    const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false });

    it('has king and queen as single pieces', () => {
      assert.deepEqual([encode('king').ids, encode('queen').ids], [[6989], [26624]]);
      assert.deepEqual([encode('king').tokens, encode('queen').tokens], [['▁king'], ['▁queen']]);
    });

    const hardCases: Record<string, string[]> = {
      nothing: [''],
      spaces: [
        ' ',
        '  ',
        '       ',
        ' king',
        '  king',
        'king ',
        'king  queen',
        ' '.repeat(37),
        'a   b    c     d',
      ],
      capitals: ['King', 'KING', 'kInG', 'USA', 'McDonald'],
      digits: ['7', '42', '2026', '3.14159', '1,000,000', 'h2o', '007 agents'],
      accents: ['café', 'naïve', 'Ångström', 'Straße', 'cafe\u0301', 'Łódź'],
      'other scripts': [
        'ελληνικά',
        'русский',
        'עברית',
        'हिन्दी',
        '王様',
        '女王',
        '日本語のテキスト',
        '한국어',
        '中文，标点。',
      ],
      emoji: ['🙂', '👩‍👩‍👧', '👍🏽 ok', '𝓝𝓾𝓵𝓵'],
      'control characters': [
        '\n',
        '\t',
        'a\nb',
        'a\tb',
        '\r\n',
        'one\n\ntwo\n',
        '\u0000',
        '\u00a0',
        '\u2028',
        '\ufeffking',
      ],
      'words of several pieces': [
        'unembedding',
        'antidisestablishmentarianism',
        'counterfactual',
        'xyzzy',
        'e-mail',
      ],
      repetition: ['aaaa', 'aaaaaaaaaaa', '----------', '!!!???...', '==='.repeat(9)],
      punctuation: ['don’t', "don't", '#$%^&*()', '\\n', '“quoted”', '…'],
      'its own spellings': ['<0x0A>', '▁', '▁king', 'king▁queen'],
      prose: [story],
    };
    for (const [kind, texts] of Object.entries(hardCases)) {
      it(`merges ${kind} as SentencePiece does`, () => {
        for (const text of texts) assert.deepEqual(encode(text).ids, merge(text), JSON.stringify(text));
      });
    }

    it('merges 200 random words as SentencePiece does', () => {
      for (const word of randomWords(200))
        assert.deepEqual(encode(word).ids, merge(word), JSON.stringify(word));
    });

    it('decodes what it encoded', () => {
      // An empty text has no tokens to decode, and the library rejects an empty list.
      for (const text of Object.values(hardCases).flat().filter(Boolean)) {
        assert.equal(tokenizer.decode(encode(text).ids), text.replaceAll('▁', ' '));
      }
    });
  });
});

/** Words of 1 to 12 characters, most of them ordinary; the same ones every time (a linear congruential generator). */
function randomWords(count: number): string[] {
  const alphabet = Array.from(
    "eeetttaaaooiinnsshhrrddllccuummwwffggyyppbbvkjxqzABCDEST0123456789äéñøžящ王日🙂 '-",
  );
  let state = 20261120;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(12) }, () => alphabet[below(alphabet.length)]!).join(''),
  );
}
