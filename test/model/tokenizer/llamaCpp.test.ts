import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inRoot } from '../../support/places';
import { hardTexts } from '../support/hardTexts';
import { ggufTokenizer } from '../support/openedTokenizer';
import { tokenizerCases, type TokenizerCase } from '../support/tokenizerCases';

/** Recorded by test/model/support/recordTokens.ts: for each case, the ids of each text. */
type Recorded = Readonly<Record<string, readonly (readonly number[])[]>>;

describe('tokenizers of GGUF files', () => {
  const recorded = JSON.parse(
    readFileSync(inRoot('test', 'model', 'tokenizer', 'llamaCppTokens.json'), 'utf8'),
  ) as Recorded;
  let cases: readonly TokenizerCase[];

  before(async function () {
    cases = await tokenizerCases();
  });

  it('cut texts as llama.cpp does', () => {
    assert.deepEqual(
      cases.map(({ name }) => name),
      Object.keys(recorded),
    );
    for (const { name, metadata } of cases) {
      const { whole } = ggufTokenizer(metadata);
      hardTexts.forEach((text, i) => {
        const { ids } = whole.encode(text, { add_special_tokens: false });
        assert.deepEqual(ids, recorded[name]![i], `${name}: ${JSON.stringify(text)}`);
      });
    }
  });
});
