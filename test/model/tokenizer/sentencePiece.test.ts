import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentencePieceSource } from '../../../src/model/tokenizer/sentencePieceSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { inRoot } from '../../support/places';
import { withFolder } from '../support/fixtures';
import { hardTexts } from '../support/hardTexts';

/** Recorded by test/model/support/recordSentencePiece.ts: models in base64, and the ids of each text. */
type Recorded = Readonly<
  Record<string, { readonly model: string; readonly ids: readonly (readonly number[])[] }>
>;

/** Its own tools do not read the names of control and unknown tokens in a text, transformers and llama.cpp do. */
const hasNames = /<s>|<unk>/u;

describe('tokenizer.model', () => {
  const recorded = JSON.parse(
    readFileSync(inRoot('test', 'model', 'tokenizer', 'sentencePieceTokens.json'), 'utf8'),
  ) as Recorded;

  for (const [name, { model, ids }] of Object.entries(recorded))
    it(`cuts texts as SentencePiece does: ${name}`, () => {
      withFolder((folder) => {
        writeFileSync(join(folder, 'tokenizer.model'), Buffer.from(model, 'base64'));
        const { whole } = new WordTokenizer(sentencePieceSource(folder));
        hardTexts.forEach((text, i) => {
          if (hasNames.test(text)) return;
          const oneLine = text.replaceAll(/[\r\n\0]/gu, ' ');
          const { ids: own } = whole.encode(oneLine, { add_special_tokens: false });
          assert.deepEqual(own, ids[i], JSON.stringify(text));
        });
      });
    });
});
