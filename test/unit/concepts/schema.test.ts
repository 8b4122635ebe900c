import assert from 'node:assert/strict';
import Ajv from 'ajv';
import fc from 'fast-check';
import { longestWord } from '../../../src/concepts/concept';
import { longestContext } from '../../../src/concepts/contexts';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { tokenPolicies } from '../../../src/concepts/tokenRule';
import schema from '../../../media/concepts.schema.json';

/*
 * VS Code validates concept files with the schema while they are edited, and the extension reads them with
 * parseConceptFile.
 */
const validate = new Ajv({ strict: false }).compile(schema);

/** Keys without which an object is never valid. */
const isRequired = new Set(['version', 'concepts', 'name', 'label', 'pairs', 'texts', 'words']);
const longest = 'x'.repeat(longestWord);
const noise = fc.constantFrom<unknown>(null, 0, 1, 2, 3, true, 'x', '', ' ', [], {}, ['a', 'b'], { x: 1 });
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
  leftOut: fc.oneof({ arbitrary: fc.array(pair, { maxLength: 2 }), weight: 8 }, noise),
});
const longestText = 'x'.repeat(longestContext);
const context = fc.oneof(
  { arbitrary: fc.constantFrom('Once upon a time', ' there was a little ', 'a\nb'), weight: 40 },
  fc.constantFrom(longestText, `${longestText}x`, '', ' \n', '\u00a0'),
  noise,
);
const contextPairs = record({
  name: fc.oneof({ arbitrary: fc.string({ minLength: 1 }), weight: 40 }, noise),
  pairs: fc.array(
    fc.oneof(
      { arbitrary: fc.tuple(context, context), weight: 40 },
      fc.array(context, { maxLength: 3 }),
      noise,
    ),
    { maxLength: 3 },
  ),
});
const contextSet = record({
  label: fc.oneof({ arbitrary: fc.string({ minLength: 1 }), weight: 40 }, noise),
  texts: fc.oneof({ arbitrary: fc.array(context, { maxLength: 3 }), weight: 40 }, noise),
});
const anyCategory = record({
  name: fc.oneof({ arbitrary: fc.string({ minLength: 1 }), weight: 40 }, noise),
  parent: fc.oneof({ arbitrary: fc.constantFrom('a', 'b'), weight: 4 }, noise),
  words: fc.array(fc.oneof({ arbitrary: fc.constantFrom('dog', ' cat '), weight: 40 }, word), {
    minLength: 1,
    maxLength: 3,
  }),
});
const category = fc.oneof(
  { arbitrary: fc.constant({ name: 'animal', words: ['dog'] }), weight: 3 },
  anyCategory,
);
const tokens = record({
  policy: fc.oneof({ arbitrary: fc.constantFrom(...tokenPolicies), weight: 4 }, noise),
  leadingSpace: fc.oneof({ arbitrary: fc.boolean(), weight: 4 }, noise),
});
const document = record({
  $schema: fc.oneof({ arbitrary: fc.webUrl(), weight: 4 }, noise),
  version: fc.oneof({ arbitrary: fc.constantFrom(1, 2, 3, 4), weight: 8 }, noise),
  tokens: fc.oneof({ arbitrary: tokens, weight: 8 }, noise),
  concepts: fc.oneof({ arbitrary: fc.array(concept, { maxLength: 3 }), weight: 8 }, noise),
  contextPairs: fc.oneof({ arbitrary: fc.array(contextPairs, { maxLength: 2 }), weight: 40 }, noise),
  contextSets: fc.oneof({ arbitrary: fc.array(contextSet, { maxLength: 2 }), weight: 40 }, noise),
  categories: fc.oneof({ arbitrary: fc.array(category, { maxLength: 1 }), weight: 40 }, noise),
});

const beyondSchema =
  /” appears twice; rename one|^"leftOut" names |^the category “|is no category of this file/u;

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
        // A schema cannot compare names or pairs.
        if (!parsed.ok && beyondSchema.test(parsed.problem.message)) return;
        seen[parsed.ok ? 'accepted' : 'refused']++;
        const reason = parsed.ok ? 'reads it' : parsed.problem.message;
        assert.equal(validate(JSON.parse(text)), parsed.ok, `${text}\n${reason}`);
      }),
      { numRuns: 10_000, seed: 1 },
    );
    assert.ok(seen.accepted > 500 && seen.refused > 500, JSON.stringify(seen));
  });

  it('offers the token policies that the parser knows', () => {
    assert.deepEqual(schema.properties.tokens.properties.policy.enum, tokenPolicies);
  });
});
