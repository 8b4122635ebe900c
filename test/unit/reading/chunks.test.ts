import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chunksOf } from '../../../src/reading/chunks';
import { randomSource } from '../../../src/geometry/random';

const words = ['the', 'king', 'and', 'queen', 'went', 'to', 'a', 'castle', 'über', '城', '👑'];

/** Lines of random words; `width` words a line at most. */
function textOf(lines: number, width: number, seed: number): string {
  const random = randomSource(seed);
  return Array.from({ length: lines }, () =>
    Array.from({ length: random.integer(width) }, () => words[random.integer(words.length)]).join(' '),
  ).join('.\n');
}

describe('chunks of a text', () => {
  it('cover it without a gap, none too long, each after the one before it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 4000 }),
        fc.integer({ min: 1, max: 5 }),
        (part, times) => {
          const text = part.repeat(times);
          const chunks = chunksOf(text);
          assert.equal(chunks.map(({ start, end }) => text.slice(start, end)).join(''), text);
          chunks.forEach(({ contextStart, start, end }, i) => {
            assert.equal(contextStart, chunks[Math.max(0, i - 1)]!.start);
            assert.ok(end > start && end - start <= 500);
            assert.ok(
              !/[\ud800-\udbff]$/.test(text.slice(start, end)) || !/^[\udc00-\udfff]/.test(text.slice(end)),
            );
          });
        },
      ),
    );
  });

  it('are the same before an edit and soon after it', () => {
    for (const width of [12, 60, 400]) {
      const text = textOf(200, width, width);
      const at = text.length >> 1;
      const edited = `${text.slice(0, at)}a word more ${text.slice(at)}`;
      const keys = (of: string): Set<string> =>
        new Set(
          chunksOf(of).map(
            ({ contextStart, start, end }) => `${of.slice(contextStart, start)}|${of.slice(start, end)}`,
          ),
        );
      const before = keys(text);
      const anew = [...keys(edited)].filter((key) => !before.has(key));
      assert.ok(
        anew.length > 0 && anew.length <= 8,
        `${anew.length} of ${before.size} chunks of width ${width}`,
      );
    }
  });

  it('are found in a line of a megabyte', () => {
    const line = 'x'.repeat(2 ** 20);
    assert.equal(chunksOf(line).length, Math.ceil(2 ** 20 / 500));
  });
});
