import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import {
  pairOffset,
  parseConceptFile,
  placeOf,
  serializeConceptFile,
  versionOf,
  type ConceptFile,
} from '../../../src/concepts/conceptFile';
import { isSamePair, withLeftOut } from '../../../src/concepts/concept';
import { leaveOut } from '../../../src/concepts/editConcepts';
import { longestContext } from '../../../src/concepts/contexts';
import { pathOf } from '../../../src/concepts/fileSections';
import { inRoot } from '../../support/places';

const king = { base: 'king', target: 'queen' };
const example = inRoot('examples', 'royalty.concepts.json');

/** A context of the greatest length. */
function longest(): string {
  return 'x'.repeat(longestContext);
}

/** The problem of a text, as “line:column message”. */
function problemOf(text: string): string {
  const parsed = parseConceptFile(text);
  assert.ok(!parsed.ok, 'the text should have been refused');
  return `${parsed.problem.line}:${parsed.problem.column} ${parsed.problem.message}`;
}

describe('concept file', () => {
  it('reads the example', () => {
    const parsed = parseConceptFile(readFileSync(example, 'utf8'));
    assert.ok(parsed.ok);
    assert.ok(parsed.file.concepts.length >= 6);
    assert.deepEqual(parsed.file.concepts[0]!.pairs[0], { base: 'king', target: 'queen' });
  });

  it('writes the example back unchanged', () => {
    const text = readFileSync(example, 'utf8');
    const parsed = parseConceptFile(text);
    assert.ok(parsed.ok);
    assert.equal(serializeConceptFile(parsed.file), text);
  });

  it('formats files as prettier does, so that they do not undo each other', async () => {
    const text = readFileSync(example, 'utf8');
    assert.equal(await format(text, { ...(await resolveConfig(example)), filepath: example }), text);
  });

  const word = fc
    .string({ minLength: 1, maxLength: 20 })
    .filter((text) => text.trim() === text && text !== '');
  const text = fc
    .oneof(fc.string({ minLength: 1, maxLength: 40 }), fc.constantFrom(' a\n', '“→”\t', longest()))
    .filter((context) => context.trim() !== '');
  const pairsOf = (side: fc.Arbitrary<string>) =>
    fc.array(fc.record({ base: side, target: side }, { noNullPrototype: true }), { maxLength: 5 });
  /** Equal pairs are left out together. */
  const markedPairs = fc
    .tuple(pairsOf(word), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
    .map(([pairs, marks]) =>
      pairs.map((pair) => withLeftOut(pair, marks[pairs.findIndex((one) => isSamePair(one, pair))]!)),
    );
  const lists = (of: fc.Arbitrary<string>) =>
    fc.uniqueArray(
      fc.record({ name: word, pairs: of === word ? markedPairs : pairsOf(of) }, { noNullPrototype: true }),
      {
        selector: ({ name }) => name,
        maxLength: 5,
      },
    );
  const sets = fc.uniqueArray(
    fc.record({ label: word, texts: fc.array(text, { maxLength: 5 }) }, { noNullPrototype: true }),
    { selector: ({ label }) => label, maxLength: 5 },
  );
  const anyFile = fc
    .record(
      { concepts: lists(word), contextPairs: lists(text), contextSets: sets },
      { requiredKeys: ['concepts'], noNullPrototype: true },
    )
    .map((parts): ConceptFile => ({ version: versionOf(parts), ...parts }));

  it('reads back whatever it writes, in the first version that has what the file has', () => {
    fc.assert(
      fc.property(anyFile, (file) => {
        const written = serializeConceptFile(file);
        assert.deepEqual(parseConceptFile(written), { ok: true, file });
        const hasContexts = 'contextPairs' in file || 'contextSets' in file;
        const { concepts } = file;
        const isLeftOut = concepts.some(({ pairs }) => pairs.some(({ leftOut }) => leftOut));
        const version = isLeftOut ? 3 : hasContexts ? 2 : 1;
        assert.ok(written.includes(`\n  "version": ${version},\n`));
        const plain = serializeConceptFile({ version: 1, concepts });
        if (!hasContexts) assert.equal(written, plain);
        // The concepts are written the same, whatever follows them.
        else assert.ok(written.includes(plain.slice(plain.indexOf('"concepts"'), -'\n}\n'.length)));
      }),
    );
  });

  it('names the pairs that are left out a second time, so that they keep their places', () => {
    const text = `{
  "version": 3,
  "concepts": [
    {
      "name": "a",
      "pairs": [
        ["king", "queen"],
        ["man", "woman"]
      ],
      "leftOut": [
        ["king", "queen"]
      ]
    }
  ]
}
`;
    const parsed = parseConceptFile(text);
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.file.concepts[0]!.pairs, [
      { base: 'king', target: 'queen', leftOut: true },
      { base: 'man', target: 'woman' },
    ]);
    assert.equal(serializeConceptFile(parsed.file), text);
    const concepts = leaveOut(parsed.file.concepts, [{ concept: 'a', pair: king }], false);
    assert.equal(versionOf({ concepts }), 1);
    assert.deepEqual(concepts[0]!.pairs[0], king);
    assert.equal(
      problemOf(text.replace('"leftOut": [\n        ["king"', '"leftOut": [\n        ["kin"')),
      '11:9 "leftOut" names kin → queen, which is none of the concept’s pairs; correct or remove it',
    );
  });

  it('writes one pair of contexts or one text per line', () => {
    const file: ConceptFile = {
      version: 1,
      concepts: [{ name: 'a', pairs: [{ base: 'x', target: 'y' }] }],
      contextPairs: [{ name: 'a', pairs: [{ base: 'He was a', target: 'She was a' }] }],
      contextSets: [{ label: 'English', texts: ['One day', 'Once, '] }],
    };
    const lines = [
      '{',
      '  "version": 2,',
      '  "concepts": [',
      '    {',
      '      "name": "a",',
      '      "pairs": [',
      '        ["x", "y"]',
      '      ]',
      '    }',
      '  ],',
      '  "contextPairs": [',
      '    {',
      '      "name": "a",',
      '      "pairs": [',
      '        ["He was a", "She was a"]',
      '      ]',
      '    }',
      '  ],',
      '  "contextSets": [',
      '    {',
      '      "label": "English",',
      '      "texts": [',
      '        "One day",',
      '        "Once, "',
      '      ]',
      '    }',
      '  ]',
      '}',
      '',
    ];
    assert.equal(serializeConceptFile(file), lines.join('\n'));
  });

  it('reads contexts in either version, and finds where each is', () => {
    for (const version of [1, 2]) {
      const written = `{ "version": ${version}, "concepts": [], "contextPairs": [{ "name": " n ", "pairs": [["a b", " c"]] }], "contextSets": [{ "label": "l", "texts": ["x", "y z"] }] }`;
      const parsed = parseConceptFile(written);
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.file.contextPairs, [{ name: 'n', pairs: [{ base: 'a b', target: ' c' }] }]);
      const place = placeOf(written, pathOf('contextPairs', 0, 0))!;
      assert.equal(written.slice(place.start, place.end), '["a b", " c"]');
      const second = placeOf(written, pathOf('contextSets', 0, 1))!;
      assert.equal(written.slice(second.start, second.end), '"y z"');
      assert.equal(placeOf(written, pathOf('contextSets', 1)), undefined);
    }
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof parseConceptFile(text).ok === 'boolean'),
    );
  });

  const refused: [string, string, string][] = [
    ['an empty text', '', '1:1 it is empty; start with { "version": 1, "concepts": [] }'],
    ['comments', '{ // no\n}', '1:3 comments are not allowed; keep remarks in a concept’s "note"'],
    ['a missing version', '{ "concepts": [] }', '1:1 a concept file needs "version"'],
    [
      'a newer version',
      '{\n  "version": 5,\n  "concepts": []\n}',
      '2:3 this version reads concept files of "version": 1, 2, 3 and 4 only; update Concept Probe to read newer ones',
    ],
    [
      'an empty context',
      '{ "version": 2, "concepts": [], "contextPairs": [{ "name": "a", "pairs": [\n["x",\n " "]] }] }',
      '3:2 a context must not be empty',
    ],
    [
      'a pair of one context',
      '{ "version": 2, "concepts": [], "contextPairs": [{ "name": "a", "pairs": [\n["x"]] }] }',
      '2:1 a pair of contexts must be exactly two texts, ["base", "target"]',
    ],
    [
      'a context that is too long',
      `{ "version": 2, "concepts": [], "contextSets": [{ "label": "a", "texts": [\n"${longest()}x"] }] }`,
      '2:1 a context must not be longer than 20000 characters',
    ],
    [
      'a set without a label',
      '{ "version": 2, "concepts": [], "contextSets": [\n{ "texts": [] }] }',
      '2:1 a set of contexts needs "label"',
    ],
    [
      'a set of context pairs twice',
      '{ "version": 2, "concepts": [], "contextPairs": [{ "name": "a", "pairs": [] },\n{ "name": "a", "pairs": [] }] }',
      '2:3 the set of context pairs “a” appears twice; rename one or merge their pairs',
    ],
    [
      'a label twice',
      '{ "version": 2, "concepts": [], "contextSets": [{ "label": "a", "texts": [] },\n{ "label": "a", "texts": [] }] }',
      '2:3 the label “a” appears twice; rename one or merge their texts',
    ],
    ['a bare string', '"concepts"', '1:1 a concept file must be an object with "version" and "concepts"'],
    [
      'an unknown key',
      '{ "version": 1,\n "concept": [], "concepts": [] }',
      '2:2 a concept file has no key "concept"',
    ],
    [
      'a pair of three',
      '{ "version": 1, "concepts": [{ "name": "a", "pairs": [\n["x", "y", "z"]] }] }',
      '2:1 a pair must be exactly two words, ["base", "target"]',
    ],
    [
      'an empty word',
      '{ "version": 1, "concepts": [{ "name": "a", "pairs": [\n["x",\n " "]] }] }',
      '3:2 a word must not be empty',
    ],
    [
      'a key twice',
      '{ "version": 1, "concepts": [{ "name": "a", "pairs": [["x", "y"]],\n "pairs": [] }] }',
      '2:2 the key "pairs" appears twice; keep one',
    ],
    [
      'a list as the rule for tokens',
      '{ "version": 1,\n"tokens": [],\n"concepts": [] }',
      '2:1 "tokens" must be an object with "policy" and "leadingSpace"',
    ],
    ['nesting without end', '['.repeat(200_000), '1:1 its brackets are nested too deeply'],
    [
      'a name twice',
      '{ "version": 1, "concepts": [{ "name": "a", "pairs": [] },\n{ "name": "a", "pairs": [] }] }',
      '2:3 the concept “a” appears twice; rename one or merge their pairs',
    ],
  ];
  for (const [what, text, expected] of refused) {
    it(`rejects ${what} with line, column and reason`, () => {
      assert.equal(problemOf(text), expected);
    });
  }

  it('reads and keeps a complete or partial token rule', () => {
    const parsed = parseConceptFile('{ "version": 1, "tokens": { "policy": "mean" }, "concepts": [] }');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.file.tokens, { policy: 'mean', leadingSpace: true });
    assert.deepEqual(parseConceptFile(serializeConceptFile(parsed.file)), parsed);
    assert.match(
      problemOf('{ "version": 1,\n "tokens": { "policy": "all" }, "concepts": [] }'),
      /^2:14 "policy" must be one of single, first, last, mean$/u,
    );
  });

  it('finds where a pair is written', () => {
    const text = '{ "version": 1, "concepts": [{ "name": "a", "pairs": [["x", "y"], ["king", "queen"]] }] }';
    const place = pairOffset(text, 0, 1);
    assert.ok(place);
    assert.equal(text.slice(place.start, place.end), '["king", "queen"]');
    assert.equal(pairOffset(text, 0, 2), undefined);
  });
});
