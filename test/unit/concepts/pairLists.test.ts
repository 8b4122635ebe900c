import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseAnswers } from '../../../src/concepts/lists/chooseAnswers';
import { decodeText } from '../../../src/concepts/lists/decodeText';
import type { ListOptions } from '../../../src/concepts/lists/listedConcept';
import { readList } from '../../../src/concepts/lists/readList';
import { conceptsFromFiles } from '../../../src/concepts/conceptSources';
import { resultDocument } from '../../../src/export/resultDocument';
import { conceptsOf } from '../support/plainMath';
import { sampleResult } from '../support/sampleResult';
import { inRoot } from '../../support/places';

const field = inRoot('..', 'shared', 'fixtures', 'field');

/** The contents of a list, one concept per line: "name: king>queen man>woman/lady". */
function taken(text: string, path = 'list.txt', options: ListOptions = {}): string[] {
  return conceptsOf([{ path, text }], options).concepts.map(
    ({ name, pairs }) =>
      `${name}: ${pairs.map(({ base, answers }) => `${base}>${answers.join('/')}`).join(' ')}`,
  );
}

function notes(text: string, path = 'list.txt', options: ListOptions = {}): readonly string[] {
  return conceptsOf([{ path, text }], options).notes;
}

const refused = (text: string, message: RegExp, path = 'list.txt', options: ListOptions = {}): void => {
  assert.throws(() => conceptsOf([{ path, text }], options), { name: 'UserError', message });
};

describe('lists of pairs in JSON', () => {
  const kings = 'king>queen man>woman';
  const forms: [string, string, string][] = [
    ['a list of lists', '[["king", "queen"], ["man", "woman"]]', 'list.json'],
    ['the same in a text file', '[["king", "queen"], ["man", "woman"]]', 'list.txt'],
    ['a pair a line', '[["king", "queen"],\n ["man", "woman"]]', 'list.txt'],
    ['a part of such a list', '[["king", "queen"],\n ["man", "woman"],', 'list.txt'],
    ['tuples of Python', "[('king', 'queen'),\n ('man', 'woman')]", 'list.txt'],
    ['JSON lines of lists', '["king", "queen"]\n["man", "woman"]\n', 'list.jsonl'],
    [
      'JSON lines of two keys',
      '{"base": "king", "target": "queen"}\n{"base": "man", "target": "woman"}\n',
      'list.jsonl',
    ],
    ['keys of any name', '{"x": "king", "y": "queen"}\n{"x": "man", "y": "woman"}\n', 'list.txt'],
    [
      'objects with more keys',
      '[{"id": 1, "base": "king", "why": "a", "target": "queen"}, {"id": 2, "base": "man", "why": "b", "target": "woman"}]',
      'list.json',
    ],
    ['a map from word to word', '{"king": "queen", "man": "woman"}', 'list.json'],
    ['two columns of words', '{"male": ["king", "man"], "female": ["queen", "woman"]}', 'male → female.json'],
    [
      'columns as pandas writes them',
      '{"male": {"0": "king", "1": "man"}, "female": {"0": "queen", "1": "woman"}}',
      'list.json',
    ],
    ['an object with pairs', '{"pairs": [["king", "queen"], ["man", "woman"]]}', 'list.json'],
  ];
  for (const [what, text, path] of forms) {
    it(`reads ${what}`, () => {
      assert.deepEqual(taken(text, path), [`${path.replace(/\.\w+$/u, '')}: ${kings}`]);
    });
  }

  it('reads a list for each name, with a note about other entries', () => {
    const text = '{"gender": [["king", "queen"]], "number": {"cat": "cats"}, "about": "mine"}';
    assert.deepEqual(taken(text, 'a.json'), ['gender: king>queen', 'number: cat>cats']);
    assert.deepEqual(notes(text, 'a.json'), ['a.json: no pairs under “about”.']);
    assert.deepEqual(taken('[{"name": "gender", "pairs": [["king", "queen"]]}]', 'a.json'), [
      'gender: king>queen',
    ]);
  });

  it('reads Concept Probe’s own results', () => {
    const text =
      '{"schema": 1, "version": "0.1.0", "concepts": [{"name": "gender", "pairs": [{"base": "king", "target": "queen", "status": "kept"}]}]}';
    assert.deepEqual(taken(text, 'result.json'), ['gender: king>queen']);
    const now = JSON.stringify(resultDocument(sampleResult));
    assert.deepEqual(taken(now, 'result.json'), [
      'male, "female": king>queen prince>princess =SUM(1)></script>',
      'single: a>b',
    ]);
  });

  it('takes several answers in a list', () => {
    assert.deepEqual(taken('[["man", ["woman", "lady"]]]', 'a.json'), ['a: man>woman/lady']);
  });

  it('says which entries are not pairs', () => {
    assert.deepEqual(notes('[["king", "queen"], ["man"], "boy", ["a", ""]]', 'a.json'), [
      'a.json, entry 2: skipped: no ["base", "target"].',
      'a.json, entry 3: skipped: no ["base", "target"].',
      'a.json, entry 4: skipped: no second word after an arrow, a tab, a comma, a semicolon, a table bar or a blank.',
    ]);
  });

  it('rejects other forms and names them', () => {
    refused(
      '["he", "his", "himself"]',
      /^a\.json contains no pairs: it is a list of 3 single words, not of pairs; write/u,
      'a.json',
    );
    refused('[["actor", 1.0, 0.2], ["maid", -1, 0]]', /only one of its columns contains words/u, 'a.json');
    refused('{"a": 1}', /^a\.json contains no pairs: it has “a”, but no list of pairs/u, 'a.json');
    refused('[]', /it is an empty list/u, 'a.json');
    refused('[["king", "queen"]', /^a\.json:1:19: the closing “\]”/u, 'a.json');
    refused('{"version": 1}', /^a\.json:1:1: a concept file needs "concepts"/u, 'a.json');
  });

  it('treats the first entry as a pair, unless it names columns', () => {
    assert.deepEqual(taken('[["female", "male"], ["her", "his"]]', 'a.json'), ['a: female>male her>his']);
    assert.deepEqual(taken('[["base", "target"], ["her", "his"]]', 'a.json'), ['a: her>his']);
    assert.deepEqual(taken('[["Mann", "Frau"], ["a", "b"], ["c", "d"], ["e", "f"]]', 'a.json').length, 1);
  });

  it('names every list in an object that is not a list of pairs', () => {
    refused(
      '{"a": [["he"]], "b": [{"x": 1}]}',
      /a: none of its entries is a pair.*; b: its objects do not have two words/u,
      'a.json',
    );
  });

  it('never leaves a bracket, a quote or a brace in a word', () => {
    const lines = [
      '["king", queen',
      '{"base": "king", "target"',
      'king, "queen',
      '“king, queen',
      'king) → queen',
      '{king → queen',
    ];
    for (const line of lines) {
      const { sections, rejected } = readList(`${line}\nman → woman`);
      assert.deepEqual(
        sections.flatMap(({ pairs }) => pairs),
        [{ base: 'man', answers: ['woman'] }],
        line,
      );
      assert.equal(rejected.length, 1, line);
    }
    assert.deepEqual(taken('( → )\n:-) → :-(\n'), ['list: (>) :-)>:-(']);
  });
});

describe('lists of pairs in CSV', () => {
  const gender = 'king>queen man>woman boy>girl';
  const rows = 'king,queen\nman,woman\nboy,girl\n';

  it('does not count a header, and says so', () => {
    for (const header of [
      'male,female',
      'Male,Female',
      'base,target',
      'word1,word2',
      'word_1,word_2',
      'singular,plural',
      'country,capital',
    ]) {
      assert.deepEqual(taken(`${header}\n${rows}`, 'a.csv'), [`a: ${gender}`], header);
      const [note] = notes(`${header}\n${rows}`, 'a.csv');
      assert.equal(
        note,
        `a.csv: the first line (${header.replace(',', ', ')}) contains the column names and is not counted.`,
      );
    }
    assert.deepEqual(taken(`male,female\n${rows}`, 'a.csv', { header: false }), [`a: male>female ${gender}`]);
  });

  it('counts first lines that are pairs, and points out doubtful ones', () => {
    for (const first of ['small,big', 'man,lady', 'a,A', 'past,present', 'up,down'])
      assert.equal(taken(`${first}\n${rows}`, 'a.csv')[0], `a: ${first.replace(',', '>')} ${gender}`);
    assert.deepEqual(notes(`Mann,Frau\n${rows}`, 'a.csv'), [
      'a.csv: its first pair, Mann → Frau, may consist of column names; delete it if it does.',
    ]);
    assert.deepEqual(notes('Athens,Greece\nBerlin,Germany\nBern,Switzerland\nRome,Italy\n', 'a.csv'), []);
  });

  it('skips the index column of pandas', () => {
    for (const text of [
      ',male,female\n0,king,queen\n1,man,woman\n2,boy,girl\n',
      '\tm\tf\n0\tking\tqueen\n1\tman\twoman\n2\tboy\tgirl\n',
    ])
      assert.deepEqual(taken(text, 'a.csv'), [`a: ${gender}`]);
  });

  it('detects two of several columns, or uses the user’s choice', () => {
    const text = 'male,female,source\nking,queen,list A\nman,woman,list A\n';
    assert.deepEqual(taken(text, 'a.csv'), ['a: king>queen man>woman']);
    assert.ok(
      notes(text, 'a.csv').includes('a.csv: took the columns male and female of male, female, source.'),
    );
    assert.deepEqual(taken(text, 'a.csv', { columns: ['female', 'male'] }), ['a: queen>king woman>man']);
    assert.deepEqual(taken(text, 'a.csv', { columns: ['2', '1'] }), ['a: queen>king woman>man']);
    refused(text, /there is no column “wife”; it has male, female, source/u, 'a.csv', {
      columns: ['wife', 'male'],
    });
    const relation = 'relation,word1,word2,score\ngender,king,queen,0.5\ngender,man,woman,0.7\n';
    assert.deepEqual(taken(relation, 'a.csv'), ['a: king>queen man>woman']);
    const reverse = 'target,note,base\nqueen,x,king\nwoman,"y, z",man\n';
    assert.deepEqual(taken(reverse, 'a.csv'), ['a: king>queen man>woman']);
  });

  it('keeps quoted text together (RFC 4180)', () => {
    const text = '"Washington, D.C.",USA\n"a ""big"" one",small\n"London;UK";\'s\n';
    assert.deepEqual(taken(text, 'a.csv'), [`a: Washington, D.C.>USA a "big" one>small London;UK>'s`]);
    assert.deepEqual(taken('"Washington, D.C.";"United States"\nParis;France\n', 'a.csv'), [
      'a: Washington, D.C.>United States Paris>France',
    ]);
    assert.deepEqual(taken('word1,word2,note\nking,queen,"two\nlines"\nman,woman,x\n', 'a.csv'), [
      'a: king>queen man>woman',
    ]);
  });

  it('keeps the reasons if no line counts', () => {
    refused(
      'a, b, c\n',
      /^list\.txt contains no pairs: 3 words instead of two \(line 1\); write one per line/u,
    );
    refused('king\nqueen\n["man\n', /no second word .* \(line 1 and 2 more\)/u);
    refused('"king, queen\n', /contains no pairs: “"king” has an unmatched " \(line 1\)/u);
  });

  it('reads words separated by spaces, unless the text is prose', () => {
    assert.deepEqual(taken('king queen\nman woman\n'), ['list: king>queen man>woman']);
    assert.deepEqual(taken('New York    Boston\nking    queen\n'), ['list: New York>Boston king>queen']);
    refused('Word pairs of ours.\nSee the paper.\n', /contains no pairs/u);
    assert.deepEqual(taken('Some words\nking → queen\nman → woman\n'), ['list: king>queen man>woman']);
  });
});

describe('analogy questions', () => {
  it('become one concept per section, with each pair once', () => {
    const text =
      ': people\nboy girl brother sister\nboy girl man woman\n: size\nbig bigger small smaller\n: people\nking queen man woman\n';
    assert.deepEqual(taken(text), [
      'people: boy>girl brother>sister man>woman king>queen',
      'size: big>bigger small>smaller',
    ]);
    assert.match(notes(text)[0]!, /^list\.txt: read as analogy questions/u);
  });

  it('may have no sections, and may have comments and irregular lines', () => {
    const text = '//Copyright\ngood better big bigger\nsmall smaller big bigger\nonly three words\n';
    assert.deepEqual(taken(text, 'msr.txt'), ['msr: good>better big>bigger small>smaller']);
    assert.ok(
      notes(text, 'msr.txt').includes('msr.txt:4: skipped: not the four words of an analogy question.'),
    );
  });

  it('can be as long as Google’s', () => {
    const lines = Array.from({ length: 14 }, (_, s) => [
      `: section ${s}`,
      ...Array.from(
        { length: 1406 },
        (_, i) => `a${s}x${i % 38} b${s}x${i % 38} a${s}x${i % 37} b${s}x${i % 37}`,
      ),
    ]).flat();
    const { concepts } = conceptsOf([{ path: 'questions.txt', text: lines.join('\n') }]);
    assert.equal(concepts.length, 14);
    assert.ok(concepts.every(({ pairs }) => pairs.length === 38));
  });
});

describe('word sets of WEAT', () => {
  const sets = {
    targ1: { category: 'Math', examples: ['algebra', 'geometry'] },
    targ2: { category: 'Arts', examples: ['poetry', 'dance'] },
    attr1: { category: 'Male', examples: ['man', 'boy'] },
    attr2: { category: 'Female', examples: ['woman', 'girl'] },
  };
  const expected = ['Math → Arts: algebra>poetry geometry>dance', 'Male → Female: man>woman boy>girl'];

  it('are paired in their order, with a note', () => {
    assert.deepEqual(taken(JSON.stringify(sets, null, 2), 'weat.jsonl'), expected);
    assert.match(
      notes(JSON.stringify(sets), 'weat.json')[0]!,
      /word sets \(Math → Arts, Male → Female\), paired in their order/u,
    );
    const tabs = Object.entries(sets).map(([key, { category, examples }]) =>
      [key, category, ...examples].join('\t'),
    );
    assert.deepEqual(taken(tabs.join('\n'), 'weat.txt'), expected);
  });

  it('are named by reference in another form', () => {
    const test = {
      X_key: 'Math',
      Y_key: 'Arts',
      Math: ['algebra', 'geometry'],
      Arts: ['poetry', 'dance'],
      A_key: 'Male',
      B_key: 'Female',
      Male: ['man', 'boy'],
      Female: ['woman', 'girl'],
    };
    assert.deepEqual(taken(JSON.stringify({ one: test, two: test }), 'weat.json'), expected);
  });

  it('of unequal size form no pairs, and are reported', () => {
    const unequal = { ...sets, targ2: { category: 'Arts', examples: ['poetry'] } };
    assert.ok(
      notes(JSON.stringify(unequal), 'w.json').includes(
        'w.json: Math → Arts are sets of 2 and 1 words, which cannot be paired.',
      ),
    );
    refused(
      JSON.stringify({ targ1: unequal.targ1, targ2: unequal.targ2 }),
      /sets of 2 and 1 words/u,
      'w.json',
    );
  });

  it('with more than two names require a choice', () => {
    const named = { male: ['he', 'man'], female: ['she', 'woman'], other: ['x', 'y', 'z'] };
    const {
      concepts,
      choices,
      notes: [note],
    } = conceptsOf([{ path: 'a.json', text: JSON.stringify(named) }]);
    assert.deepEqual([concepts, choices.length], [[], 1]);
    assert.match(note!, /3 sets of words rather than pairs: male \(2\), female \(2\), other \(3\)/u);
    assert.deepEqual(taken(JSON.stringify(named), 'a.json', { columns: ['female', 'male'] }), [
      'female → male: she>he woman>man',
    ]);
  });

  it('that are repeated in another file are one concept', () => {
    const other = { ...sets, targ1: { category: 'Science', examples: ['physics', 'nasa'] } };
    const files = [sets, other, { ...sets, attr2: { category: 'Female', examples: ['she', 'her'] } }];
    const { concepts } = conceptsOf(
      files.map((one, i) => ({ path: `w${i}.json`, text: JSON.stringify(one) })),
    );
    assert.deepEqual(
      concepts.map(({ name }) => name),
      ['Math → Arts', 'Male → Female', 'Science → Arts', 'Male → Female (w2)'],
    );
  });
});

describe('several answers', () => {
  it('are distinguished from words with a slash', () => {
    assert.deepEqual(taken('man\twoman/lady\nhe\tA/B\nhalf\t1/2\nkm/h\tmph\n男\t女/母\n'), [
      'list: man>woman/lady he>A/B half>1/2 km/h>mph 男>女/母',
    ]);
  });

  it('are reduced to the first that counts under the rule, with a note', async () => {
    const ids: Record<string, number[]> = {
      man: [1],
      lady: [2],
      woman: [3, 4],
      boy: [5],
      girl: [6],
      lass: [7],
      sir: [8],
      dame: [8],
      madam: [8, 1],
    };
    const pairs = [
      { base: 'man', answers: ['woman', 'lady'] },
      { base: 'boy', answers: ['girl', 'lass'] },
      { base: 'king', answers: ['queen'] },
      { base: 'sir', answers: ['dame', 'madam'] },
    ];
    const asked: string[] = [];
    const choose = (policy: 'single' | 'last') =>
      chooseAnswers([{ name: 'E10', pairs }], { policy, leadingSpace: true }, (words) => {
        asked.push(...words);
        return Promise.resolve(words.map((word) => ids[word] ?? []));
      });
    const { concepts, notes: said } = await choose('single');
    assert.deepEqual(
      concepts[0]!.pairs.map(({ target }) => target),
      ['lady', 'girl', 'queen', 'dame'],
    );
    assert.deepEqual(said, [
      'E10: took the first counted of several answers: man → lady of woman/lady, boy → girl of girl/lass, sir → dame of dame/madam.',
    ]);
    assert.ok(!asked.includes('king'));
    const last = await choose('last');
    assert.deepEqual(
      last.concepts[0]!.pairs.map(({ target }) => target),
      ['woman', 'girl', 'queen', 'madam'],
    );
  });
});

describe('encodings', () => {
  const bytes = (...parts: (number | string)[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === 'number' ? [part] : [...new TextEncoder().encode(part)])),
    );

  it('are detected by their byte order mark', () => {
    const utf16 = Buffer.from('père\tmère', 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    assert.equal(decodeText(bytes(0xff, 0xfe, ...utf16), 'a'), 'père\tmère');
    assert.equal(decodeText(bytes(0xfe, 0xff, ...swapped), 'a'), 'père\tmère');
    assert.equal(decodeText(bytes(0xef, 0xbb, 0xbf, 'père'), 'a'), 'père');
    assert.equal(decodeText(bytes('père'), 'a'), 'père');
  });

  it('other than Unicode are rejected in one sentence', () => {
    const message = 'a.csv is not valid UTF-8; save it as UTF-8 (in Excel: “CSV UTF-8”) and try again.';
    assert.throws(() => decodeText(bytes('p', 0xe8, 're'), 'a.csv'), { name: 'UserError', message });
    assert.throws(() => decodeText(bytes(0xff, 0xfe, 0x61), 'a.csv'), /not valid UTF-16/u);
    assert.throws(
      () => decodeText(Buffer.from('ab', 'utf16le'), 'a.csv'),
      /binary, or UTF-16 without a byte order mark/u,
    );
    const file = { path: 'a.csv', bytes: bytes('p', 0xe8, 're,m', 0xe8, 're') };
    assert.throws(() => conceptsFromFiles([file]), { message });
    const list = { path: 'b.txt', bytes: bytes('a, b') };
    assert.deepEqual(conceptsFromFiles([{ ...file, isFound: true }, list]).notes, [message]);
  });
});

describe('published lists', () => {
  const names = ['king>queen', 'man>woman', 'boy>girl', 'son>daughter', 'father>mother'];
  const definitional = 'woman>man girl>boy she>he mother>father daughter>son her>his';
  const cases: [string, string[]][] = [
    [
      'alternatives/E10.txt',
      ['E10: king>queen man>woman/lady boy>girl/lass son>daughter father>mother/mum he>she'],
    ],
    [
      'analogy-questions/questions.txt',
      ['people: boy>girl brother>sister man>woman', 'size: big>bigger small>smaller long>longer'],
    ],
    ['csv-shapes/header.csv', [`header: ${names.join(' ')}`]],
    ['csv-shapes/no-header.csv', [`no-header: ${names.join(' ')}`]],
    ['csv-shapes/three-columns.csv', [`three-columns: ${names.join(' ')}`]],
    ['encodings/utf16.txt', [`utf16: ${names.join(' ')}`]],
    ['json-pairs/a-pair-a-line.txt', [`a-pair-a-line: ${definitional}`]],
    ['json-pairs/list-of-pairs-in-a-txt.txt', [`list-of-pairs-in-a-txt: ${definitional}`]],
    ['json-pairs/list-of-pairs.json', [`list-of-pairs: ${definitional}`]],
    ['no-space-languages/zh.txt', ['zh: 男>女 父>母 子>女 兄>妹']],
  ];
  for (const [path, expected] of cases) {
    it(`reads ${path}`, () => {
      const { concepts } = conceptsFromFiles([{ path, bytes: readFileSync(join(field, path)) }]);
      const shown = concepts.map(
        ({ name, pairs }) =>
          `${name}: ${pairs.map(({ base, answers }) => `${base}>${answers.join('/')}`).join(' ')}`,
      );
      assert.deepEqual(shown, expected);
    });
  }

  it('handles long lines quickly', () => {
    const lines = [
      '"'.repeat(20_000),
      `a${' '.repeat(60_000)}b`,
      '-'.repeat(60_000) + 'x',
      ',"'.repeat(20_000),
      '['.repeat(60_000),
      'a/'.repeat(20_000),
    ];
    const { sections } = readList(`${lines.join('\n')}\nking → queen\n${'"a\n'.repeat(20_000)}`);
    assert.ok(sections[0]!.pairs.some(({ base }) => base === 'king'));
  });
});
