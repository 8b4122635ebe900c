import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addCategories,
  ancestorsOf,
  categoryProblem,
  withInheritedWords,
  type Category,
} from '../../../src/concepts/categories';
import { categoriesOf } from '../../../src/concepts/categoryLists';
import {
  parseConceptFile,
  serializeConceptFile,
  versionOf,
  type ConceptFile,
} from '../../../src/concepts/conceptFile';
import { conceptsFromFiles } from '../../../src/concepts/conceptSources';
import { addPairs } from '../../../src/concepts/editConcepts';
import { wordsFromText } from '../../../src/concepts/wordsFromText';
import { withSection } from '../../../src/concepts/fileSections';

const animals: readonly Category[] = [
  { name: 'animal', words: ['animal'] },
  { name: 'mammal', parent: 'animal', words: ['dog', 'cat'] },
  { name: 'bird', parent: 'animal', words: ['duck'] },
  { name: 'big cat', parent: 'mammal', words: ['lion', 'cat'] },
];
const file: ConceptFile = {
  version: 4,
  concepts: [{ name: 'a', pairs: [{ base: 'x', target: 'y' }] }],
  contextSets: [{ label: 'l', texts: ['t'] }],
  categories: animals,
};

describe('categories in a concept file', () => {
  it('are written one word per line, with the parent, and read back', () => {
    const text = `{
  "version": 4,
  "concepts": [],
  "categories": [
    {
      "name": "animal",
      "words": [
        "animal"
      ]
    },
    {
      "name": "mammal",
      "parent": "animal",
      "words": []
    },
    {
      "name": "dog",
      "parent": "mammal",
      "words": [
        "dog",
        "puppy"
      ]
    }
  ]
}
`;
    const parsed = parseConceptFile(text);
    assert.ok(parsed.ok);
    assert.equal(serializeConceptFile(parsed.file), text);
  });

  /** Forests: the parent of each category comes before it, and only a category with a child may be without words. */
  const forests = fc
    .array(
      fc.record({
        words: fc.array(fc.constantFrom('dog', 'cat', '女王', 'New York'), { minLength: 1, maxLength: 4 }),
        parent: fc.nat(),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((items) =>
      items.map(({ words, parent }, i): Category =>
        i > 0 && parent % 3 > 0
          ? { name: `c${i}`, parent: `c${parent % i}`, words }
          : { name: `c${i}`, words },
      ),
    );

  it('survive any edit of pairs and contexts', () => {
    fc.assert(
      fc.property(forests, (categories) => {
        const given = { ...file, categories };
        assert.equal(versionOf(given), 4);
        const pairs = addPairs(given.concepts, 'b', [{ base: 'king', target: 'queen' }]).concepts;
        const edited = withSection(withSection(given, 'concepts', pairs), 'contextSets', []);
        const parsed = parseConceptFile(serializeConceptFile(edited));
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.file.categories, categories);
      }),
    );
  });

  const refused: [string, string, string][] = [
    [
      'a parent that does not exist',
      '{ "name": "a",\n"parent": "b", "words": ["x"] }',
      '2:1 the parent “b” of the category “a” is no category of this file; add it or correct the name',
    ],
    [
      'a category that is its own parent',
      '{ "name": "a",\n"parent": "a", "words": ["x"] }',
      '2:1 the category “a” is its own ancestor (a → a); change one of these parents',
    ],
    [
      'a circle',
      '{ "name": "r", "parent": "a", "words": ["x"] }, { "name": "a",\n"parent": "b", "words": ["x"] }, { "name": "b", "parent": "a", "words": ["x"] }',
      '2:1 the category “a” is its own ancestor (a → b → a); change one of these parents',
    ],
    [
      'a name twice',
      '{ "name": "a", "words": ["x"] },\n{ "name": "a", "words": ["x"] }',
      '2:3 the category “a” appears twice; rename one or merge their words',
    ],
    [
      'an empty list',
      '{ "name": "a",\n"words": [] }',
      '2:1 the category “a” has no words, and no subcategory with words; add some or remove it',
    ],
    ['a missing list', '\n{ "name": "a" }', '2:1 a category needs "words"'],
    ['an empty word', '{ "name": "a", "words": [\n""] }', '2:1 a word must not be empty'],
    [
      'an empty parent',
      '{ "name": "a",\n"parent": " ", "words": ["x"] }',
      '2:1 "parent" must not be empty; remove it from a category without a parent',
    ],
    ['a category without a name', '{\n"name": "", "words": ["x"] }', '2:1 a category needs a name'],
  ];
  for (const [what, list, expected] of refused) {
    it(`refuse ${what} with its line`, () => {
      const parsed = parseConceptFile(`{ "version": 4, "concepts": [], "categories": [${list}] }`);
      assert.ok(!parsed.ok);
      assert.equal(`${parsed.problem.line}:${parsed.problem.column} ${parsed.problem.message}`, expected);
    });
  }

  it('of several files are read together, under names that differ', () => {
    const source = (path: string, categories: readonly Category[]) => ({
      path,
      bytes: new TextEncoder().encode(serializeConceptFile({ version: 4, concepts: [], categories })),
    });
    const fish = [{ name: 'fish', words: ['eel'] }];
    const read = conceptsFromFiles([source('a.concepts.json', animals), source('b.concepts.json', fish)]);
    assert.deepEqual(read.categories, [...animals, ...fish]);
    assert.throws(
      () => conceptsFromFiles([source('a.concepts.json', fish), source('b.concepts.json', fish)]),
      /^UserError: The category “fish” is in a\.concepts\.json and in b\.concepts\.json; rename one of them\.$/u,
    );
  });
});

describe('words of categories', () => {
  it('include those of all subcategories, each once', () => {
    const words = Object.fromEntries(withInheritedWords(animals).map((one) => [one.name, one.words]));
    assert.deepEqual(words, {
      animal: ['animal', 'dog', 'cat', 'duck', 'lion'],
      mammal: ['dog', 'cat', 'lion'],
      bird: ['duck'],
      'big cat': ['lion', 'cat'],
    });
    assert.deepEqual(ancestorsOf('big cat', new Map(animals.map((one) => [one.name, one]))), [
      'mammal',
      'animal',
    ]);
  });

  it('are added to known categories, whose parents stay', () => {
    const { categories, added } = addCategories(animals, [
      { name: 'bird', parent: 'mammal', words: ['duck', 'hen', 'hen'] },
      { name: 'fish', parent: 'animal', words: ['eel'] },
    ]);
    assert.equal(added, 2);
    assert.deepEqual(categories.slice(2), [
      { name: 'bird', parent: 'animal', words: ['duck', 'hen'] },
      animals[3],
      { name: 'fish', parent: 'animal', words: ['eel'] },
    ]);
    assert.throws(
      () => addCategories(animals, [{ name: 'fish', parent: 'water', words: ['eel'] }]),
      /^UserError: This cannot be added: the parent “water” of the category “fish” is no category of this file; add it or correct the name\.$/u,
    );
  });
});

describe('words of a selection', () => {
  it('are one in each selection, line or cell, each once', () => {
    assert.deepEqual(wordsFromText(['dog', ' cat\r\n cow; hen,dog\t', '\n', 'New York', 'x'.repeat(201)]), [
      'dog',
      'cat',
      'cow',
      'hen',
      'New York',
    ]);
  });
});

describe('tab files of categories', () => {
  const read = (text: string) => categoriesOf({ path: 'animals.tsv', text });

  it('have a category, a word and a parent on each line', () => {
    const { sets, notes } = read(
      '# from WordNet\ncategory\tword\tparent\nmammal\tdog\tanimal\r\nmammal\tcat\nbird\tduck\tanimal\nmammal\tdog\tanimal\nanimal\t\tliving thing\n\n',
    );
    assert.deepEqual(notes, []);
    assert.deepEqual(sets, [
      { name: 'mammal', parent: 'animal', words: ['dog', 'cat'] },
      { name: 'animal', parent: 'living thing', words: [] },
      { name: 'bird', parent: 'animal', words: ['duck'] },
      { name: 'living thing', words: [] },
    ]);
    assert.equal(categoryProblem(sets), undefined);
  });

  const skipped: [string, string][] = [
    ['dog', 'line 2 has no tab'],
    ['a\tb\tc\td', 'line 2 has 4 columns instead of three'],
    ['\tdog', 'line 2 has no category'],
    ['mammal\t', 'line 2 has no word'],
    ['mammal\tdog\tpet', 'line 2 gives “mammal” a second parent, “pet”; the first is “animal”'],
    ['animal\tdog\tmammal', 'line 2 would make “animal” its own ancestor'],
    ['dog\tdog\tdog', 'line 2 would make “dog” its own ancestor'],
    [`mammal\t${'x'.repeat(201)}`, 'line 2 has a word of more than 200 characters'],
  ];
  for (const [line, why] of skipped) {
    it(`skip a line that ${why.slice('line 2 '.length)}, and say so`, () => {
      const { sets, notes } = read(`mammal\tcat\tanimal\n${line}\n`);
      assert.deepEqual(sets, [
        { name: 'mammal', parent: 'animal', words: ['cat'] },
        { name: 'animal', words: [] },
      ]);
      assert.deepEqual(notes, [`animals.tsv: skipped a line; ${why}.`]);
    });
  }

  it('give valid categories, whatever their lines', () => {
    const cell = fc.constantFrom('a', 'b', 'c', 'd', '');
    const lines = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(lines, (rows) => {
        const text = ['a\tword', ...rows.map((row) => row.join('\t'))].join('\n');
        assert.equal(categoryProblem(read(text).sets), undefined, text);
      }),
    );
  });

  it('skip a category without words, and say so', () => {
    const { sets, notes } = read('a\tword\nb\t\tc\n');
    assert.deepEqual(sets, [{ name: 'a', words: ['word'] }]);
    assert.deepEqual(notes, [
      'animals.tsv: skipped “b”, which has no words.',
      'animals.tsv: skipped “c”, which has no words.',
    ]);
  });

  it('without a word are refused', () => {
    assert.throws(() => read('a\n'), {
      message:
        'animals.tsv has no categories: line 1 has no tab; write a category, a word and, if there is one, the category’s parent, with tabs between them on each line.',
    });
    assert.throws(() => read(''), /has no categories: it is empty;/u);
  });
});
