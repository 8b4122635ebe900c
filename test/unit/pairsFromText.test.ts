import assert from 'node:assert/strict';
import { conceptNameFromFile, looksLikePairs, pairsFromText, wordOf } from '../../src/concepts/pairsFromText';

const kingQueen = { base: 'king', target: 'queen' };

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
      assert.deepEqual(pairsFromText(text), { pairs: [kingQueen], rejected: [] });
      assert.ok(looksLikePairs(text));
    });
  }

  it('keeps commas inside words when there is an arrow', () => {
    assert.deepEqual(pairsFromText('1,000 → 2,000').pairs, [{ base: '1,000', target: '2,000' }]);
  });

  it('reads a table without its header and rule', () => {
    const table = '| male | female |\n| ---- | :----: |\n| king | queen |\n| man | woman |\n';
    assert.deepEqual(pairsFromText(table), {
      pairs: [kingQueen, { base: 'man', target: 'woman' }],
      rejected: [],
    });
  });

  it('passes blank lines over and reports every other line without two words', () => {
    const { pairs, rejected } = pairsFromText('king → queen\r\n\r\nprincess\r\na, b, c\r\nlonely →\r\n');
    assert.deepEqual(pairs, [kingQueen]);
    assert.deepEqual(
      rejected.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '3: no second word after an arrow, a tab, a comma, a semicolon or a table bar',
        '4: 3 words instead of two',
        '5: no second word after an arrow, a tab, a comma, a semicolon or a table bar',
      ],
    );
  });

  it('takes a line above a plain rule for a pair, not for a header', () => {
    assert.deepEqual(pairsFromText('king, queen\n---\n').pairs, [kingQueen]);
  });

  it('refuses what is too long for a word', () => {
    const [rejected] = pairsFromText(`king, ${'x'.repeat(201)}`).rejected;
    assert.equal(rejected?.reason, 'a word of more than 200 characters');
  });

  it('strips what a selection took along', () => {
    assert.deepEqual(['king,', '“king”', ' (king) ', '?!', "don't."].map(wordOf), [
      'king',
      'king',
      'king',
      '?!',
      "don't",
    ]);
    assert.ok(!looksLikePairs('king,'));
  });

  it('passes comments over, but not words with a hash', () => {
    assert.deepEqual(pairsFromText('# from a paper, 2024\nC# → F#'), {
      pairs: [{ base: 'C#', target: 'F#' }],
      rejected: [],
    });
  });

  it('reads marks as words', () => {
    assert.deepEqual(pairsFromText('! → ?').pairs, [{ base: '!', target: '?' }]);
    assert.deepEqual(pairsFromText('" → \'').pairs, [{ base: '"', target: "'" }]);
  });

  it('reads ten thousand lines', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `a${i}\tb${i}`).join('\n');
    assert.equal(pairsFromText(text).pairs.length, 10_000);
  });

  it('takes a single word for no pairs', () => {
    assert.ok(!looksLikePairs(' king '));
  });

  it('names a concept after its file', () => {
    assert.equal(conceptNameFromFile('folder/[male - female].txt'), 'male - female');
    assert.equal(conceptNameFromFile('C:\\words\\verb => past.v2.tsv'), 'verb => past.v2');
    assert.equal(conceptNameFromFile('plain'), 'plain');
    assert.equal(conceptNameFromFile('[].txt'), '[]');
  });
});
