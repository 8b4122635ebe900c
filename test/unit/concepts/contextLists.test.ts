import assert from 'node:assert/strict';
import { contextPairsOf, contextSetsOf } from '../../../src/concepts/contextLists';

const file = (text: string, path = 'contexts/male - female.tsv') => ({ path, text });

describe('lists of context pairs', () => {
  it('are lines of a name and two contexts, or two contexts named after the file', () => {
    const { sets, notes } = contextPairsOf(
      file(
        'name\tbase\ttarget\nfr → de\tIl est\tEr ist\n\nfr → de\tLe roi\tDer König\r\nen → fr\tHe is\tIl est\n',
      ),
    );
    assert.deepEqual(sets, [
      {
        name: 'fr → de',
        pairs: [
          { base: 'Il est', target: 'Er ist' },
          { base: 'Le roi', target: 'Der König' },
        ],
      },
      { name: 'en → fr', pairs: [{ base: 'He is', target: 'Il est' }] },
    ]);
    assert.deepEqual(notes, []);
    assert.deepEqual(contextPairsOf(file('He was\tShe was\n')).sets, [
      { name: 'male - female', pairs: [{ base: 'He was', target: 'She was' }] },
    ]);
  });

  it('are JSON lines with names, without, and with keys that name them', () => {
    const lines = [
      '{"name": "a", "base": "x y", "target": "x z"}',
      '["He was", "She was"]',
      '{"fr": "Il est", "es": "Él es"}',
    ];
    assert.deepEqual(
      contextPairsOf(file(lines.join('\n'))).sets.map(({ name, pairs }) => [
        name,
        pairs[0]!.base,
        pairs[0]!.target,
      ]),
      [
        ['a', 'x y', 'x z'],
        ['male - female', 'He was', 'She was'],
        ['fr → es', 'Il est', 'Él es'],
      ],
    );
  });

  it('skip what is no pair, and say so once; a file without a pair is refused', () => {
    const { sets, notes } = contextPairsOf(file('He was\tShe was\nno tab here\na\t\n'));
    assert.equal(sets[0]!.pairs.length, 1);
    assert.deepEqual(notes, ['contexts/male - female.tsv: skipped 2 lines; line 2 has no tab.']);
    assert.throws(() => contextPairsOf(file('')), /has no contexts: it is empty; write a name/u);
    assert.throws(() => contextPairsOf(file('one\n')), {
      message:
        'contexts/male - female.tsv has no contexts: line 1 has no tab; write a name, a base context and a target context, with tabs between them on each line.',
    });
    assert.throws(() => contextPairsOf(file(`${'x'.repeat(20_001)}\ty\n`)), /more than 20000 characters/u);
    assert.throws(() => contextPairsOf(file('{"lang0": "fr", "contexts0": ["a"]}')), /labelled contexts/u);
  });
});

describe('lists of labelled contexts', () => {
  it('are lines of a label and a text, whose tabs are its own', () => {
    const { sets } = contextSetsOf(file('label\ttext\ngirl\tShe\twas\nboy\tHe\ngirl\tHer\n'));
    assert.deepEqual(sets, [
      { label: 'girl', texts: ['She\twas', 'Her'] },
      { label: 'boy', texts: ['He'] },
    ]);
  });

  it('are JSON lines, and those of the paper end before their word', () => {
    const lines = [
      { label: 1, text: 'one' },
      { fr: 'Il est', es: 'Él es' },
      {
        ...{ lang0: 'fr', lang1: 'es', word0: 'Paris', word1: 'París' },
        ...{ contexts0: ['né à Paris', 'un or'], contexts1: ['nacido en París'] },
      },
    ];
    const { sets } = contextSetsOf(file(lines.map((line) => JSON.stringify(line)).join('\n')));
    assert.deepEqual(sets, [
      { label: '1', texts: ['one'] },
      { label: 'fr', texts: ['Il est', 'né à', 'un or'] },
      { label: 'es', texts: ['Él es', 'nacido en'] },
    ]);
  });

  it('are refused without a text', () => {
    assert.throws(() => contextSetsOf(file('just text\n', 'x.tsv')), {
      message: 'x.tsv has no contexts: line 1 has no tab; write a label, a tab and a text on each line.',
    });
  });
});
