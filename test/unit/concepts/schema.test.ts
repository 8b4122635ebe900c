import assert from 'node:assert/strict';
import Ajv from 'ajv';
import fc from 'fast-check';
import { longestWord } from '../../../src/concepts/concept';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { tokenPolicies } from '../../../src/concepts/tokenRule';
import schema from '../../../media/concepts.schema.json';

/*
 * VS Code validates concept files with the schema while they are edited, and the extension reads them with
 * parseConceptFile.
 */
const validate = new Ajv({ strict: false }).compile(schema);

/** Keys without which an object is never valid. */
const isRequired = new Set(['version', 'concepts', 'name', 'pairs']);
const longest = 'x'.repeat(longestWord);
const noise = fc.constantFrom<unknown>(null, 0, 1, 2, true, 'x', '', ' ', [], {}, ['a', 'b'], { x: 1 });
const word = fc.oneof(
  { arbitrary: fc.constantFrom('king', ' queen ', '女王', 'New York'), weight: 8 },
  fc.constantFrom(longest, ` ${longest}\n`, `${longest}x`, '', ' \t', '\u00a0', '\ufeff'),
  fc.string({ maxLength: 4 }),
  noise,
);
const pair = fc.oneof(
  { arbitrary: fc.tuple(word, word), weight: 8 },
  fc.array(word, { maxLength: 3 }),
  noise,
);
const concept = record({
  name: fc.oneof({ arbitrary: fc.string({ minLength: 1 }), weight: 8 }, noise),
  note: fc.oneof(fc.string(), noise),
  pairs: fc.oneof({ arbitrary: fc.array(pair, { maxLength: 4 }), weight: 8 }, noise),
});
const tokens = record({
  policy: fc.oneof({ arbitrary: fc.constantFrom(...tokenPolicies), weight: 4 }, noise),
  leadingSpace: fc.oneof({ arbitrary: fc.boolean(), weight: 4 }, noise),
});
const document = record({
  $schema: fc.oneof({ arbitrary: fc.webUrl(), weight: 4 }, noise),
  version: fc.oneof({ arbitrary: fc.constant(1), weight: 8 }, noise),
  tokens: fc.oneof({ arbitrary: tokens, weight: 8 }, noise),
  concepts: fc.oneof({ arbitrary: fc.array(concept, { maxLength: 3 }), weight: 8 }, noise),
});

/** Objects that usually have the required keys, but sometimes lack one or have an additional one. */
function record(keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const optional = fc.record(keys, { requiredKeys: Object.keys(keys).filter((key) => isRequired.has(key)) });
  return fc.oneof(
    { arbitrary: optional, weight: 12 },
    fc.record(keys, { requiredKeys: [] }),
    optional.map((value) => ({ ...value, other: 1 })),
    noise,
  );
}

describe('the schema of concept files', () => {
  it('accepts and rejects the same files as the parser', () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(document, (value) => {
        const text = JSON.stringify(value);
        const parsed = parseConceptFile(text);
        // A schema cannot require different names.
        if (!parsed.ok && /^the concept “.*” is there twice/su.test(parsed.problem.message)) return;
        seen[parsed.ok ? 'accepted' : 'refused']++;
        const reason = parsed.ok ? 'reads it' : parsed.problem.message;
        assert.equal(validate(JSON.parse(text)), parsed.ok, `${text}\n${reason}`);
      }),
      { numRuns: 5000, seed: 1 },
    );
    assert.ok(seen.accepted > 500 && seen.refused > 500, JSON.stringify(seen));
  });

  it('offers the token policies that the parser knows', () => {
    assert.deepEqual(schema.properties.tokens.properties.policy.enum, tokenPolicies);
  });
});
