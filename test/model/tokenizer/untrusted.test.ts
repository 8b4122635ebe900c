import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { openModelFolder } from '../../../src/model/modelFolder';
import { boundTokenizer } from '../../../src/model/tokenizer/boundTokenizer';
import { findTokenizer } from '../../../src/model/tokenizer/findTokenizer';
import type { TokenizerDefinition } from '../../../src/model/tokenizer/tokenizerText';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { withFolder } from '../support/fixtures';

const regex = (pattern: string, content = ''): TokenizerDefinition => ({
  type: 'Replace',
  pattern: { Regex: pattern },
  content,
});
const replace = (from: string, to: string): TokenizerDefinition => ({
  type: 'Replace',
  pattern: { String: from },
  content: to,
});
const inOrder = (...normalizers: readonly TokenizerDefinition[]): TokenizerDefinition => ({
  type: 'Sequence',
  normalizers,
});
const withNormalizer = (normalizer: TokenizerDefinition): TokenizerDefinition => ({
  normalizer,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
  added_tokens: [],
  model: { type: 'BPE', vocab: { a: 0, b: 1, aa: 2 }, merges: ['a a'] },
});

describe('a tokenizer from anywhere', () => {
  for (const pattern of ['(▁?a+)+$', '(?:▁|[a-z]|[a-z])*!'])
    it(`may not take forever for ${pattern}`, () => {
      const definition = withNormalizer(regex(pattern));
      const make = (): Tokenizer => new Tokenizer(definition, {});
      const tokenizer = boundTokenizer(definition, 'tokenizer.json of x', make, 200);
      assert.deepEqual(tokenizer.encode('a').ids, make().encode('a').ids);
      assert.throws(() => tokenizer.encode('a'.repeat(50) + 'B'), {
        name: 'ModelError',
        message:
          'tokenizer.json of x has a regular expression that takes more than 0.2 s for a text; download it again.',
      });
      assert.deepEqual(tokenizer.encode('a').ids, make().encode('a').ids, 'usable afterwards');
    });

  it('may not make texts much longer, step by step or at once', () => {
    const doubling = inOrder(...Array.from({ length: 30 }, () => replace('a', 'aa')));
    for (const [normalizer, times] of [
      [doubling, '1.1e\\+9'],
      [replace('a', 'a'.repeat(5000)), '5.0e\\+3'],
      [inOrder(regex('[ab]', 'a'.repeat(40)), inOrder(replace('aa', 'b'.repeat(100)))), '2.0e\\+3'],
    ] as const)
      assert.throws(() => openTokenizer(withNormalizer(normalizer)).tokens('a'), {
        name: 'ModelError',
        message: new RegExp(
          `^tokenizer\\.json of model has replacements that make a text up to ${times} times as long`,
          'u',
        ),
      });
  });

  it('may replace as real ones do', () => {
    const usual = inOrder(replace('``', '"'), replace(' ', '▁'), regex(' {2,}', ' '), replace('a', 'aab'));
    assert.deepEqual(openTokenizer(withNormalizer(usual)).tokens('a', false).ids, [2, 1]);
  });

  it('is refused if a file of it is no file, without waiting for it', function () {
    if (process.platform === 'win32') this.skip();
    const pipe = (path: string): unknown => execFileSync('mkfifo', [path]);
    const zeros = (path: string): void => {
      symlinkSync('/dev/zero', path);
    };
    for (const name of ['tokenizer.json', 'tokenizer.model', 'tokenizer_config.json', 'config.json'])
      for (const put of [pipe, zeros])
        assert.throws(() => openWith((folder) => put(join(folder, name)), name), {
          name: 'ModelError',
          message: `${name} of model is not a regular file; replace it with the file itself.`,
        });
  });

  it('is refused if its configuration has gigabytes, or nothing but brackets', () => {
    assert.throws(
      () =>
        openWith((folder) => {
          writeFileSync(join(folder, 'config.json'), '');
          truncateSync(join(folder, 'config.json'), 2 ** 31);
        }),
      /^ModelError: config\.json of model has 2147483648 bytes, which is too large/u,
    );
    for (const bracket of ['[', '{"a":'])
      assert.throws(
        () =>
          openWith((folder) => {
            writeFileSync(join(folder, 'tokenizer.json'), bracket.repeat(1_000_000));
          }),
        /^ModelError: tokenizer\.json of model is not valid JSON/u,
      );
    const quoted = JSON.stringify({ ...withNormalizer(replace(' ', '▁')), note: '\\"['.repeat(1000) });
    assert.ok(
      openWith((folder) => {
        writeFileSync(join(folder, 'tokenizer.json'), quoted);
      }),
    );
  });
});

function openTokenizer(definition: TokenizerDefinition): WordTokenizer {
  return openWith((folder) => {
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(definition));
  });
}

/** The tokenizer of a model folder, read as a whole. @param damaged the file that `fill` writes */
function openWith(fill: (folder: string) => unknown, damaged = 'tokenizer.json'): WordTokenizer {
  let tokenizer: WordTokenizer | undefined;
  withFolder((parent) => {
    const folder = join(parent, 'model');
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.onnx'), '');
    fill(folder);
    if (!damaged.startsWith('tokenizer.'))
      writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(withNormalizer(replace(' ', '▁'))));
    tokenizer = new WordTokenizer(findTokenizer(openModelFolder(folder), null).source);
    // Everything is read while the file exists.
    tokenizer.tokens('a', false);
  });
  return tokenizer!;
}
