import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pairFromLabel, pairLabel, type Concept } from '../../../src/concepts/concept';
import { isConceptSource, isSourceFolder } from '../../../src/concepts/conceptSources';
import {
  addConcept,
  addPairs,
  changePair,
  deleteAll,
  deletePair,
  leaveOut,
  movePair,
  renameConcept,
  restoreDeleted,
  setNote,
  swapPair,
  type Deleted,
} from '../../../src/concepts/editConcepts';
import { moveByOne, moveConcepts, movePairs } from '../../../src/concepts/moveRows';
import { findOccurrences } from '../../../src/concepts/occurrences';
import { smallestChange } from '../../../src/concepts/smallestChange';
import { conceptsOf } from '../support/plainMath';

const kingQueen = { base: 'king', target: 'queen' };
const manWoman = { base: 'man', target: 'woman' };
const gender: Concept = { name: 'gender', pairs: [kingQueen, manWoman] };
const number: Concept = { name: 'number', pairs: [{ base: 'king', target: 'kings' }] };
const both = [gender, number];

describe('editing concepts', () => {
  it('adds pairs to a known concept, each once', () => {
    const boyGirl = { base: 'boy', target: 'girl' };
    const { concepts, added } = addPairs(both, 'gender', [kingQueen, boyGirl, boyGirl]);
    assert.equal(added, 1);
    assert.deepEqual(concepts, [{ name: 'gender', pairs: [kingQueen, manWoman, boyGirl] }, number]);
  });

  it('creates a missing concept', () => {
    assert.deepEqual(addPairs([], 'gender', [kingQueen]), {
      concepts: [{ name: 'gender', pairs: [kingQueen] }],
      added: 1,
    });
  });

  it('leaves pairs out, in their places and through every other edit, until they are included again', () => {
    const row = { concept: 'gender', pair: kingQueen };
    const marked = leaveOut(both, [row], true);
    const out = { ...kingQueen, leftOut: true };
    assert.deepEqual(marked, [{ name: 'gender', pairs: [out, manWoman] }, number]);
    assert.deepEqual(leaveOut(marked, [row], false), both);
    const first = (concepts: readonly Concept[]): unknown => concepts[0]!.pairs[0];
    assert.deepEqual(first(swapPair(marked, 'gender', kingQueen)), {
      ...{ base: 'queen', target: 'king', leftOut: true },
    });
    assert.deepEqual(first(changePair(marked, 'gender', kingQueen, { base: 'a', target: 'b' })), {
      ...{ base: 'a', target: 'b', leftOut: true },
    });
    assert.deepEqual(movePair(marked, 'gender', kingQueen, 'number')[1]!.pairs.at(-1), out);
    const deleted = [{ concept: 'gender', pair: kingQueen }];
    assert.deepEqual(restoreDeleted(deleteAll(marked, deleted), marked, deleted), marked);
    assert.equal(addPairs(marked, 'gender', [kingQueen]).added, 0);
    assert.throws(() => leaveOut(both, [{ concept: 'number', pair: kingQueen }], true), {
      message: 'The pair king → queen is no longer in the concept file.',
    });
  });

  it('adds a concept without pairs, and sets, changes and removes its note', () => {
    assert.deepEqual(addConcept(both, ' past '), [...both, { name: 'past', pairs: [] }]);
    assert.throws(() => addConcept(both, 'gender'), { message: 'There is already a concept “gender”.' });
    assert.throws(() => addConcept(both, ' '), { message: 'A concept needs a name.' });
    const noted = setNote(both, 'gender', ' from BATS ');
    assert.deepEqual(noted, [{ ...gender, note: 'from BATS' }, number]);
    assert.deepEqual(setNote(noted, 'gender', ' '), both);
  });

  it('moves pairs to the place of another, to another concept, and never loses or doubles one', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((word) => ({ base: word, target: word.toUpperCase() }));
    const lists: Concept[] = [
      { name: 'x', pairs: [a!, b!, c!] },
      { name: 'y', pairs: [kingQueen, c!] },
    ];
    const from = (concept: string, ...pairs: (typeof a)[]) => pairs.map((pair) => ({ concept, pair: pair! }));
    const words = (concepts: readonly Concept[]): string[] =>
      concepts.map(({ pairs }) => pairs.map(({ base }) => base).join(' '));
    assert.deepEqual(words(movePairs(lists, from('x', a), 'x', c)), ['b c a', 'king c']);
    assert.deepEqual(words(movePairs(lists, from('x', c), 'x', a)), ['c a b', 'king c']);
    assert.deepEqual(words(movePairs(lists, from('x', a, b), 'x', c)), ['c a b', 'king c']);
    assert.deepEqual(words(movePairs(lists, from('x', b, a), 'y', c)), ['c', 'king a b c']);
    assert.deepEqual(words(movePairs(lists, from('x', a), 'y')), ['b c', 'king c a']);
    assert.deepEqual(words(movePairs(lists, from('x', c), 'y', kingQueen)), ['a b', 'king c']);
    assert.equal(movePairs(lists, from('x', a), 'x', a), lists);
    assert.equal(movePairs(lists, from('x', a), 'missing'), lists);
    assert.deepEqual(words(moveByOne(lists, { concept: 'x', pair: a! }, 1)), ['b a c', 'king c']);
    assert.deepEqual(words(moveByOne(lists, { concept: 'x', pair: c! }, -1)), ['a c b', 'king c']);
    assert.equal(moveByOne(lists, { concept: 'x', pair: a! }, -1), lists);
  });

  it('moves concepts to the place of another, and to the end', () => {
    const lists = ['a', 'b', 'c', 'd'].map((name): Concept => ({ name, pairs: [] }));
    const names = (concepts: readonly Concept[]): string => concepts.map(({ name }) => name).join('');
    assert.equal(names(moveConcepts(lists, ['a'], 'c')), 'bcad');
    assert.equal(names(moveConcepts(lists, ['d'], 'b')), 'adbc');
    assert.equal(names(moveConcepts(lists, ['c', 'a'], 'd')), 'bdac');
    assert.equal(names(moveConcepts(lists, ['b'])), 'acdb');
    assert.equal(moveConcepts(lists, ['b'], 'b'), lists);
    assert.equal(names(moveByOne(lists, { concept: 'b' }, 1)), 'acbd');
    assert.equal(moveByOne(lists, { concept: 'd' }, 1), lists);
  });

  it('leaves equal pairs out together, so that none counts in place of another', () => {
    const twice: Concept = { name: 'gender', pairs: [kingQueen, manWoman, kingQueen] };
    const [marked] = leaveOut([twice], [{ concept: 'gender', pair: kingQueen }], true);
    assert.deepEqual(
      marked!.pairs.map(({ leftOut }) => leftOut ?? false),
      [true, false, true],
    );
  });

  it('renames, but not to an existing or empty name', () => {
    assert.equal(renameConcept(both, 'gender', ' sex ')[0]!.name, 'sex');
    assert.throws(() => renameConcept(both, 'gender', 'number'), {
      message: 'There is already a concept “number”.',
    });
    assert.throws(() => renameConcept(both, 'gender', ' '), { message: 'A concept needs a name.' });
  });

  it('deletes concepts and pairs at once, and a pair with its concept', () => {
    assert.deepEqual(deleteAll(both, [{ concept: 'gender' }]), [number]);
    const rows: Deleted[] = [{ concept: 'gender', pair: kingQueen }, { concept: 'number' }];
    assert.deepEqual(deleteAll(both, rows), [{ name: 'gender', pairs: [manWoman] }]);
    assert.deepEqual(deleteAll(both, [{ concept: 'gender', pair: kingQueen }, { concept: 'gender' }]), [
      number,
    ]);
  });

  it('restores deleted concepts and pairs exactly', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const pairs = fc.array(fc.record({ base: word, target: word }, { noNullPrototype: true }), {
      maxLength: 4,
    });
    const concept = fc.record({ name: fc.string(), pairs }, { noNullPrototype: true });
    const concepts = fc.uniqueArray(concept, { selector: ({ name }) => name, maxLength: 4 });
    fc.assert(
      fc.property(concepts, fc.infiniteStream(fc.boolean()), (before, toss) => {
        const isChosen = (): boolean => toss.next().value === true;
        const deleted: Deleted[] = before.flatMap(({ name, pairs: own }) =>
          isChosen() ? [{ concept: name }] : own.filter(isChosen).map((pair) => ({ concept: name, pair })),
        );
        const left = deleteAll(before, deleted);
        const back = restoreDeleted(left, before, deleted);
        // The first of several equal pairs is deleted, so only the order of equal pairs may change.
        assert.deepEqual(back, before);
      }),
    );
  });

  it('restores deletions and keeps later changes', () => {
    const boyGirl = { base: 'boy', target: 'girl' };
    const deleted = [{ concept: 'gender', pair: kingQueen }];
    const left = deleteAll(both, deleted);
    const grown = addPairs(left, 'gender', [boyGirl]).concepts;
    assert.deepEqual(restoreDeleted(grown, both, deleted)[0]!.pairs, [kingQueen, manWoman, boyGirl]);
    assert.deepEqual(restoreDeleted([number], both, deleted), [
      { name: 'gender', pairs: [kingQueen] },
      number,
    ]);
    assert.equal(restoreDeleted(both, both, [{ concept: 'gender' }]), both);
  });

  it('changes the words of a pair in place, but not to those of an existing pair', () => {
    const boyGirl = { base: 'boy', target: 'girl' };
    assert.deepEqual(changePair(both, 'gender', kingQueen, boyGirl)[0]!.pairs, [boyGirl, manWoman]);
    assert.equal(changePair(both, 'gender', kingQueen, kingQueen), both);
    assert.throws(() => changePair(both, 'gender', kingQueen, manWoman), {
      message: 'gender already has the pair man → woman.',
    });
  });

  it('parses a pair in its written form, and nothing else', () => {
    assert.deepEqual(pairFromLabel(pairLabel(kingQueen)), kingQueen);
    assert.deepEqual(pairFromLabel(' mother-in-law->C, D '), { base: 'mother-in-law', target: 'C, D' });
    for (const text of ['', 'king', 'king →', '→ queen', 'a → b → c'])
      assert.throws(() => pairFromLabel(text), { message: 'Write two words, such as king → queen.' });
    assert.throws(() => pairFromLabel(`a → ${'b'.repeat(201)}`), /longer than 200/u);
  });

  it('deletes and swaps a pair in place', () => {
    assert.deepEqual(deletePair(both, 'gender', kingQueen)[0]!.pairs, [manWoman]);
    assert.deepEqual(swapPair(both, 'gender', kingQueen)[0]!.pairs, [
      { base: 'queen', target: 'king' },
      manWoman,
    ]);
  });

  it('says so when a pair is gone', () => {
    const gone = { message: 'The pair a → b is no longer in the concept file.' };
    assert.throws(() => deletePair(both, 'gender', { base: 'a', target: 'b' }), gone);
  });

  it('moves a pair to another concept', () => {
    const moved = movePair(both, 'gender', kingQueen, 'number');
    assert.deepEqual(
      moved.map(({ pairs }) => pairs.length),
      [1, 2],
    );
    assert.equal(movePair(both, 'gender', kingQueen, 'gender'), both);
  });
});

describe('occurrences', () => {
  const wordsAt = (text: string, concepts: readonly Concept[]): string[] =>
    findOccurrences(text, concepts).map(({ start, end }) => text.slice(start, end));

  it('finds whole words if both words of a pair are present', () => {
    assert.deepEqual(wordsAt('The king, the kingdom, a queen; a man.', [gender]), ['king', 'queen']);
  });

  it('finds nothing if only one word is present', () => {
    assert.deepEqual(wordsAt('The king and the man.', [gender]), []);
  });

  it('is case-sensitive, because tokens are', () => {
    assert.deepEqual(wordsAt('King and queen', [gender]), []);
  });

  it('returns every concept and role of a word', () => {
    const [first] = findOccurrences('king queen kings', both);
    assert.deepEqual(first?.ends, [
      { concept: 0, pair: 0, role: 'base' },
      { concept: 1, pair: 0, role: 'base' },
    ]);
  });

  it('finds words next to punctuation and words that contain it', () => {
    const family: Concept = { name: 'family', pairs: [{ base: 'mother', target: 'mother-in-law' }] };
    assert.deepEqual(wordsAt("mother's “mother-in-law”", [family]), ['mother', 'mother-in-law', 'mother']);
    assert.deepEqual(wordsAt('mother stepmother-in-laws', [family]), []);
  });

  it('finds words with combining marks', () => {
    const languages: Concept = { name: 'language', pairs: [{ base: 'C', target: 'C++' }] };
    assert.deepEqual(wordsAt('C, C++ and ABC++', [languages]), ['C', 'C++', 'C']);
  });

  it('finds 25,000 equal pairs as one, and pairs that share a word once for all its places', () => {
    const text = Array.from({ length: 1000 }, () => 'king and queen').join(' ');
    const equal: Concept = { name: 'equal', pairs: Array.from({ length: 25_000 }, () => kingQueen) };
    const found = findOccurrences(text, [equal]);
    assert.equal(found.length, 2000);
    assert.deepEqual(found[0]!.ends, [{ concept: 0, pair: 0, role: 'base' }]);
    assert.equal(found[0]!.ends, found[2]!.ends, 'the same list, not a copy for each place');
  });

  it('finds words of any script', () => {
    const greek: Concept = { name: 'greek', pairs: [{ base: 'βασιλιάς', target: 'βασίλισσα' }] };
    assert.deepEqual(wordsAt('Ο βασιλιάς και η βασίλισσα.', [greek]), ['βασιλιάς', 'βασίλισσα']);
  });
});

describe('concepts from files', () => {
  it('takes pair files and concept files together', () => {
    const { concepts, notes } = conceptsOf([
      { path: 'a/[male - female].txt', text: 'king\tqueen\nalone\n' },
      {
        path: 'b.concepts.json',
        text: '{ "version": 1, "concepts": [{ "name": "number", "pairs": [["a", "b"]] }] }',
      },
    ]);
    assert.deepEqual(
      concepts.map(({ name }) => name),
      ['male - female', 'number'],
    );
    assert.deepEqual(notes, [
      'a/[male - female].txt:2: skipped: no second word after an arrow, a tab, a comma, a semicolon, a table bar or a blank.',
    ]);
  });

  it('names both files of a duplicate concept', () => {
    const files = ['x/a.txt', 'y/a.txt'].map((path) => ({ path, text: 'king queen\nking, queen' }));
    assert.throws(() => conceptsOf(files), {
      message: 'The concept “a” is in x/a.txt and in y/a.txt; rename one of them.',
    });
  });

  it('skips a file without pairs among others, with a note', () => {
    const readme = { path: 'README.txt', text: 'Word pairs of ours.\n' };
    const binary = { path: 'b.txt', text: 'a,b\0', isFound: true };
    const { concepts, notes } = conceptsOf([readme, binary, { path: 'a.txt', text: 'a, b' }]);
    assert.deepEqual(
      concepts.map(({ name }) => name),
      ['a'],
    );
    assert.equal(notes.length, 2);
    assert.match(notes[0]!, /^README\.txt contains no pairs/u);
    assert.match(notes[1]!, /^b\.txt is binary/u);
  });

  it('rejects a file without pairs and an invalid concept file', () => {
    assert.throws(() => conceptsOf([{ path: 'a.txt', text: '\n' }]), /^UserError: a\.txt contains no pairs/u);
    assert.throws(
      () => conceptsOf([{ path: 'a.json', text: '{' }]),
      /^UserError: a\.json:1:2: the closing “\}”/u,
    );
  });

  it('knows which files of a folder may contain concepts', () => {
    const names = [
      'geometry.pairs.csv',
      'run.simulation.json',
      'a.txt',
      'a.TSV',
      'a.csv',
      'a.concepts.json',
      'pairs.json',
      'pairs.jsonl',
      'a.md',
    ];
    assert.deepEqual(names.filter(isConceptSource), names.slice(2, -1));
    const folders = ['BATS', '.git', 'node_modules', 'contexts'];
    assert.deepEqual(folders.filter(isSourceFolder), ['BATS']);
  });
});

describe('smallest change', () => {
  it('turns any text into any other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const { start, end, replacement } = smallestChange(before, after);
        assert.equal(before.slice(0, start) + replacement + before.slice(end), after);
      }),
    );
  });

  it('touches only what differs', () => {
    assert.deepEqual(smallestChange('abcd', 'abXcd'), { start: 2, end: 2, replacement: 'X' });
    assert.deepEqual(smallestChange('same', 'same'), { start: 4, end: 4, replacement: '' });
  });
});
