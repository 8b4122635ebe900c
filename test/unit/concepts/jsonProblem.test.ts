import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { inRoot } from '../../support/places';

const around = (pairs: string): string => `{
  "version": 1,
  "concepts": [
    { "name": "a", "pairs": [
      ${pairs}
    ] }
  ]
}
`;

function problemOf(text: string): string {
  const parsed = parseConceptFile(text);
  assert.ok(!parsed.ok, `refused: ${text}`);
  const { line, column, message } = parsed.problem;
  return `${line}:${column} ${message}`;
}

/** Text while a user is typing a pair, and the resulting message. */
const halfTyped: readonly (readonly [string, string])[] = [
  ['["king", ]', '5:14 nothing follows the comma; add a value or remove it'],
  ['["king", "queen"],', '5:24 nothing follows the comma; add a value or remove it'],
  ['["king",', '5:14 nothing follows the comma; add a value or remove it'],
  ['["king" "queen"]', '5:14 a comma or “]” is missing after "king"'],
  ['["king", "queen"\n["man", "woman"]', '5:23 a comma or “]” is missing after "queen"'],
  ['["king", "queen"]\n["man", "woman"]', '5:24 a comma or “]” is missing after “]”'],
  ['["king", "queen"', '6:7 the “[” of line 4 is not closed before “}”'],
  ['[', '6:7 the “[” of line 4 is not closed before “}”'],
  ['["king", "queen"]}', '5:24 the “[” of line 4 is not closed before “}”'],
  ['["king", ,"queen"]', '5:15 a value is missing after the comma'],
  ['["king", "que]', '5:16 the closing quote of "que] is missing'],
  ['[king, "queen"]', '5:8 “king” must be in double quotes, "…"'],
  ['[\'king\', "queen"]', '5:8 “king” must be in double quotes, "…"'],
  ['["king", “queen”]', '5:16 “queen” must be in double quotes, "…"'],
  ['"king" → "queen"', '5:14 “→” does not belong here'],
  ['["a\\x", "b"]', '5:8 a backslash in a word must be written twice, \\\\'],
  ['["a\\u12", "b"]', '5:8 \\u must be followed by four hexadecimal digits'],
  ['["a\tb", "b"]', '5:8 a word contains a tab or another control character; remove it'],
  ['["a", 1.]', '5:13 the number “1.” is incomplete'],
  ['["king"]', '5:7 a pair must be exactly two words, ["base", "target"]'],
  ['["king", ""]', '5:16 a word must not be empty'],
];

const broken: readonly (readonly [string, string])[] = [
  ['{\n  "version": 1,\n  "concepts":\n}', '3:14 a value is missing after the colon'],
  ['{ "concepts": [{ "name":\n "pairs": [] }] }', '1:25 a value is missing after the colon'],
  ['{ "version" 1 }', '1:12 a colon is missing after "version"'],
  ['{ "version": 1, }', '1:15 nothing follows the comma; remove it'],
  ['{ "version": 1,\n,"concepts": [] }', '1:16 a key in double quotes is missing after the comma'],
  ['{ "version": 1 "concepts": [] }', '1:15 a comma or “}” is missing after “1”'],
  ['{ version: 1 }', '1:3 “version” must be in double quotes, "…"'],
  ['{', '1:2 the closing “}” for the “{” of line 1 is missing'],
  ['{ "version": 1, "concepts": [', '1:30 the closing “]” for the “[” of line 1 is missing'],
  ['{\n  "version": 1,\n  "concepts": [}\n', '3:16 the “[” of line 3 is not closed before “}”'],
  ['{ "version": 1, "concepts": [] }}', '1:33 nothing may follow the end of the concepts, but here is “}”'],
  ['{\n<<<<<<< HEAD\n  "version": 1', '2:1 a merge conflict is not resolved here'],
  ['[1, 2\n=======\n]', '2:1 a merge conflict is not resolved here'],
  ['{ /* no', '1:3 comments are not allowed; keep remarks in a concept’s "note"'],
];

describe('what is wrong with a concept file, in words', () => {
  for (const [typed, expected] of halfTyped) {
    it(`says of ${JSON.stringify(typed)}: ${expected}`, () => {
      assert.equal(problemOf(around(typed)), expected);
    });
  }

  for (const [text, expected] of broken) {
    it(`says of ${JSON.stringify(text)}: ${expected}`, () => {
      assert.equal(problemOf(text), expected);
    });
  }

  it('names a word before 100,000 quotation marks', () => {
    for (const mark of ["'", '“'])
      assert.equal(problemOf(`a${mark.repeat(100_000)}b`), '1:1 “a” must be in double quotes, "…"');
  });

  it('shows no parser code wherever the example is cut off, loses a character or gains one', () => {
    const text = readFileSync(inRoot('examples', 'royalty.concepts.json'), 'utf8');
    const last = text.split('\n').length;
    const start = text.slice(0, 1200);
    for (let at = 0; at < start.length; at++) {
      const cut = [start.slice(0, at), text.slice(0, at) + text.slice(at + 1)];
      const more = ['"', ',', ':', '[', '}', 'x', '\\', '\t', '/'].map(
        (mark) => text.slice(0, at) + mark + text.slice(at),
      );
      for (const changed of [...cut, ...more]) {
        const parsed = parseConceptFile(changed);
        if (parsed.ok) continue;
        const { line, column, message } = parsed.problem;
        assert.ok(line >= 1 && line <= last && column >= 1, `${line}:${column}`);
        assert.ok(!/valid JSON|[a-z][A-Z][a-z]+Expected|Invalid|Unexpected/u.test(message), message);
      }
    }
  });
});
