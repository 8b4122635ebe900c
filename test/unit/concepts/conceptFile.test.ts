import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { format, resolveConfig } from 'prettier';
import {
  pairOffset,
  parseConceptFile,
  serializeConceptFile,
  type ConceptFile,
} from '../../../src/concepts/conceptFile';
import { inRoot } from '../../support/places';

const example = inRoot('examples', 'royalty.concepts.json');

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

  it('reads back whatever it writes', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() === text && text !== '');
    const pair = fc.record({ base: word, target: word }, { noNullPrototype: true });
    const fields = { name: word, pairs: fc.array(pair, { maxLength: 5 }) };
    const concept = fc.record(fields, { noNullPrototype: true });
    const concepts = fc.uniqueArray(concept, { selector: ({ name }) => name, maxLength: 5 });
    fc.assert(
      fc.property(concepts, (given) => {
        const file: ConceptFile = { version: 1, concepts: given };
        assert.deepEqual(parseConceptFile(serializeConceptFile(file)), { ok: true, file });
      }),
    );
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
      '{\n  "version": 2,\n  "concepts": []\n}',
      '2:3 this version reads concept files of "version": 1 only; update Concept Probe to read newer ones',
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
