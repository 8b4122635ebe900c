import assert from 'node:assert/strict';
import { wordOf } from '../../../src/concepts/lists/words';
import {
  conceptNameFromFile,
  looksLikePairs,
  pairsFromLine,
  pairsFromText,
} from '../../../src/concepts/pairsFromText';

const kingQueen = { base: 'king', answers: ['queen'] };

describe('pairs from text', () => {
  const oneLine: [string, string][] = [
    ['an arrow', 'king → queen'],
    ['an arrow without spaces', 'king→queen'],
    ['an ASCII arrow', 'king -> queen'],
    ['a fat arrow', 'king => queen'],
    ['the arrow of the papers', 'king ⇒ queen'],
    ['a comma', 'king, queen'],
    ['a semicolon', 'king;queen'],
    ['a tab', 'king\tqueen'],
    ['a table row', '| king | queen |'],
    ['a table row without outer bars', 'king | queen'],
    ['a list item', '- king → queen'],
    ['a numbered item', '12. king → queen'],
    ['quotes', '“king”, “queen”'],
    ['a line of a concept file', '        ["king", "queen"],'],
    ['emphasis', '**king** → *queen*'],
    ['spaces around', '   king → queen   '],
  ];
  for (const [what, text] of oneLine) {
    it(`reads ${what}`, () => {
      assert.deepEqual(pairsFromText(text), { pairs: [kingQueen], rejected: [], refusal: null });
      assert.ok(looksLikePairs(text));
    });
  }

  it('keeps commas inside words if there is an arrow', () => {
    assert.deepEqual(pairsFromText('1,000 → 2,000').pairs, [{ base: '1,000', answers: ['2,000'] }]);
  });

  it('reads a table without its header and rule', () => {
    const table = '| male | female |\n| ---- | :----: |\n| king | queen |\n| man | woman |\n';
    assert.deepEqual(pairsFromText(table), {
      pairs: [kingQueen, { base: 'man', answers: ['woman'] }],
      rejected: [],
      refusal: null,
    });
  });

  it('skips blank lines and reports every other line without two words', () => {
    const { pairs, rejected } = pairsFromText('king → queen\r\n\r\nprincess\r\na, b, c\r\nlonely →\r\n');
    assert.deepEqual(pairs, [kingQueen]);
    assert.deepEqual(
      rejected.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '3: no second word after an arrow, a tab, a comma, a semicolon, a table bar or a blank',
        '4: 3 words instead of two',
        '5: no second word after an arrow, a tab, a comma, a semicolon, a table bar or a blank',
      ],
    );
  });

  it('reads a line above a plain rule as a pair, not as a header', () => {
    assert.deepEqual(pairsFromText('king, queen\n---\n').pairs, [kingQueen]);
  });

  it('rejects text that is too long for a word', () => {
    const [rejected] = pairsFromText(`king, ${'x'.repeat(201)}`).rejected;
    assert.equal(rejected?.reason, 'a word of more than 200 characters');
  });

  const selected: [string, string][] = [
    ['king,', 'king'],
    ['“king”', 'king'],
    ["'king'", 'king'],
    ['‘don’t’', 'don’t'],
    [' (king) ', 'king'],
    ['king”.', 'king'],
    ['"king', 'king'],
    ['king)', 'king'],
    ['king...', 'king'],
    ['- king', 'king'],
    ['— king —', 'king'],
    ['?!', '?!'],
    ["don't.", "don't"],
    ['C#', 'C#'],
    ['C++,', 'C++'],
    ['.NET', '.NET'],
    ["'s", "'s"],
    ['’s', '’s'],
    ["the kings'", "the kings'"],
    ["rock 'n' roll", "rock 'n' roll"],
    ['1,000', '1,000'],
    ['1,000.', '1,000'],
    ['3.14', '3.14'],
    ['50%', '50%'],
    ['$5', '$5'],
    ['#tag', '#tag'],
    ['-ing', '-ing'],
    ['U.S.', 'U.S.'],
    ['U.S.,', 'U.S.'],
    ['Ph.D.', 'Ph.D.'],
    ['Washington, D.C.', 'Washington, D.C.'],
    ['word(s)', 'word(s)'],
    ['(un)known', '(un)known'],
    ['"king" or "queen"', '"king" or "queen"'],
    ['男。', '男。'],
  ];
  for (const [text, word] of selected) {
    it(`reads ${JSON.stringify(text)} as the word ${word}`, () => {
      assert.equal(wordOf(text), word);
      assert.ok(!looksLikePairs(text));
    });
  }

  it('distinguishes a selected pair from a word that contains punctuation', () => {
    const texts = [
      'king, queen',
      'king,queen',
      'New York, Boston',
      '1,000 → 2,000',
      'king\tqueen',
      'a\nb',
      'king | queen',
    ];
    const words = [
      '1,000',
      '1,000,000',
      'Washington, D.C.',
      'king/queen',
      'a|b',
      'New York',
      'x;',
      'New York - Boston',
    ];
    assert.deepEqual(
      texts.filter((text) => !looksLikePairs(text)),
      [],
    );
    assert.deepEqual(
      words.filter((text) => looksLikePairs(text)),
      [],
    );
    // With two selections each is a word, even if it contains commas.
    assert.ok(!looksLikePairs('Portland, Oregon', false));
    assert.ok(looksLikePairs('king → queen', false));
  });

  it('handles long runs of punctuation quickly', () => {
    for (const text of [
      '"'.repeat(20_000),
      '('.repeat(60_000),
      `a${' '.repeat(60_000)}b`,
      '-'.repeat(60_000) + 'x',
    ]) {
      assert.ok(wordOf(text).length > 0);
      pairsFromText(`${text}\nking → queen`);
    }
  });

  it('skips comments, but not words with a hash', () => {
    assert.deepEqual(pairsFromText('# from a paper, 2024\nC# → F#'), {
      pairs: [{ base: 'C#', answers: ['F#'] }],
      rejected: [],
      refusal: null,
    });
  });

  it('reads punctuation as words', () => {
    assert.deepEqual(pairsFromText('! → ?').pairs, [{ base: '!', answers: ['?'] }]);
    assert.deepEqual(pairsFromText('" → \'').pairs, [{ base: '"', answers: ["'"] }]);
  });

  it('reads ten thousand lines', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `a${i}\tb${i}`).join('\n');
    assert.equal(pairsFromText(text).pairs.length, 10_000);
  });

  it('reads no pairs from a single word', () => {
    assert.ok(!looksLikePairs(' king '));
  });

  it('reads several pairs of one line only if each part is a pair', () => {
    const read = (line: string): string =>
      pairsFromLine(line)
        .pairs.map(({ base, answers }) => `${base}>${answers.join('/')}`)
        .join(' ');
    assert.equal(read('king → queen'), 'king>queen');
    assert.equal(read('king -> queen, man => woman; boy girl'), 'king>queen man>woman boy>girl');
    assert.equal(read('king queen'), 'king>queen');
    assert.equal(read('king, queen'), 'king>queen');
    assert.equal(read('New York → Paris,'), 'New York>Paris');
    assert.equal(read('king'), '');
    assert.equal(read(''), '');
    assert.equal(pairsFromLine('king → queen, man → woman, boy').rejected.length, 1);
  });

  it('names a concept after its file', () => {
    assert.equal(conceptNameFromFile('folder/[male - female].txt'), 'male - female');
    assert.equal(conceptNameFromFile('C:\\words\\verb => past.v2.tsv'), 'verb => past.v2');
    assert.equal(conceptNameFromFile('plain'), 'plain');
    assert.equal(conceptNameFromFile('[].txt'), '[]');
  });
});
