import assert from 'node:assert/strict';
import { plainText } from '../../../src/editor/plainText';
import { randomSource } from '../../../src/geometry/random';

/**
 * Text that VS Code turns into a link in notifications and input boxes, or into an icon in labels; rather too much than too
 * little.
 */
const alive = /\[[^\]]*\]\(|\$\([^)]/u;

/** Parts of links and icons, and text that may separate them. */
const pieces = [
  ...['[', ']', '(', ')', '](', '[]', '$', '$(', '\\', '\\$(', '`', '<', '>', '!', ' ', '\n', '"', '\u200B'],
  ...[
    'Open the docs',
    'command:workbench.action.quit',
    'https://example.org',
    'trash',
    'sync~spin',
    'κ',
    '👑',
    '王',
  ],
];

describe('untrusted text in notifications and labels', () => {
  const examples: readonly string[] = [
    '[Open the docs](command:workbench.action.quit)',
    'Passed over “[a](command:x "title")” and 3 more: no pair.',
    '[[nested](command:a)](command:b)',
    '![image](https://example.org/a.png)',
    '[](command:x)',
    '$(trash) Remove $(sync~spin)',
  ];
  for (const text of examples) {
    it(`does not turn ${text} into a link or icon, and still reads the same`, () => {
      assert.match(text, alive, 'the example is one');
      const plain = plainText(text);
      assert.doesNotMatch(plain, alive);
      assert.equal(plain.replaceAll('\u200B', ''), text);
    });
  }

  it('is otherwise unchanged', () => {
    for (const text of [
      'king → queen',
      '[male - female].txt:3: no pair',
      'cost $5 (about)',
      'f(x)[0] (y)',
      '',
    ])
      assert.equal(plainText(text), text);
  });

  it('is safe for any combination of pieces', () => {
    const random = randomSource(0, 0);
    let living = 0;
    for (let i = 0; i < 20_000; i++) {
      const length = 1 + random.integer(12);
      const text = Array.from({ length }, () => pieces[random.integer(pieces.length)]!).join('');
      if (alive.test(text)) living++;
      const plain = plainText(text);
      assert.doesNotMatch(plain, alive);
      assert.equal(plain.replaceAll('\u200B', ''), text.replaceAll('\u200B', ''));
      assert.equal(plainText(plain), plain, 'once is enough');
    }
    assert.ok(living > 500, 'enough of them would have been links or icons');
  });
});
