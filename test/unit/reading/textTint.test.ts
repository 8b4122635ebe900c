import assert from 'node:assert/strict';
import { chunksOf } from '../../../src/reading/chunks';
import {
  TextTint,
  tokenAt,
  tokensWithin,
  type MeasuredPart,
  type MissingChunk,
} from '../../../src/reading/textTint';

/** A token for each word with the space before it, whose value is the length of the context and of the text up to its end. */
function measured({ context, text }: Pick<MissingChunk, 'context' | 'text'>): MeasuredPart {
  const words = [...text.matchAll(/\s*\S+|\s+$/gu)].map(({ index, 0: word }) => [index, index + word.length]);
  return {
    starts: Int32Array.from(words, ([start]) => start!),
    ends: Int32Array.from(words, ([, end]) => end!),
    values: [Float64Array.from(words, ([, end]) => 1000 * context.length + end!)],
  };
}

function measureAll(tint: TextTint): MissingChunk[] {
  const asked: MissingChunk[] = [];
  for (let some = tint.missing([], 16); some.length > 0; some = tint.missing([], 16)) {
    tint.take(some, some.map(measured));
    asked.push(...some);
  }
  return asked;
}

function novel(sentences: number): string {
  return Array.from(
    { length: sentences },
    (_, i) => `Sentence ${i} tells of a king, of a queen and of ${i % 7} birds.`,
  ).join('\n');
}

describe('the tint of a text', () => {
  it('has every token of the text once, at its place and with its value', () => {
    const text = novel(300);
    const tint = new TextTint(1);
    tint.read(text);
    assert.equal(tint.share, 0);
    measureAll(tint);
    assert.equal(tint.share, 1);
    const { starts, ends, values } = tint.tokens;
    const expected = chunksOf(text).flatMap(({ contextStart, start, end }) => {
      const part = measured({ context: text.slice(contextStart, start), text: text.slice(start, end) });
      return [...part.starts].map((at, i) => [start + at, start + part.ends[i]!, part.values[0]![i]!]);
    });
    assert.deepEqual(
      [...starts].map((start, i) => [start, ends[i]!, values[0]![i]!]),
      expected,
    );
    assert.equal([...starts].map((start, i) => text.slice(start, ends[i])).join(''), text);
  });

  it('asks for what is visible first, and then for what is closest to it', () => {
    const text = novel(600);
    const tint = new TextTint(1);
    tint.read(text);
    const visible = { start: 20_000, end: 22_000 };
    const places = tint
      .missing([visible], 16)
      .map(({ context, text: own }) => text.indexOf(context + own) + context.length);
    const count = chunksOf(text).filter(
      ({ start, end }) => start <= visible.end && end >= visible.start,
    ).length;
    assert.ok(count > 3 && count < 16);
    places.slice(0, count).forEach((place, i) => {
      assert.ok(place > visible.start - 500 && place <= visible.end, `${i}: ${place}`);
    });
    const distances = places.map((place) => Math.max(0, visible.start - 500 - place, place - visible.end));
    assert.ok(Math.max(...distances) < 4000);
    assert.equal(tint.isMeasured(visible), false);
    tint.take(...batch(tint, visible));
    assert.equal(tint.isMeasured(visible), true);
    assert.ok(tint.share < 0.2);
  });

  it('measures again after an edit only what the edit changed, and knows what was undone', () => {
    const text = novel(2000);
    const tint = new TextTint(1);
    tint.read(text);
    const all = measureAll(tint).length;
    const at = text.indexOf('Sentence 1000 ');
    const edited = `${text.slice(0, at)}Here is more. ${text.slice(at)}`;
    tint.read(edited);
    assert.ok(tint.tokens.starts.length > 0, 'the values of unchanged chunks stay');
    const again = measureAll(tint);
    assert.ok(again.length > 0 && again.length < 12 && all > 200, `${again.length} of ${all}`);
    const { starts, ends } = tint.tokens;
    assert.equal([...starts].map((start, i) => edited.slice(start, ends[i])).join(''), edited);
    tint.read(text);
    assert.deepEqual(tint.missing([], 16), []);
  });

  it('measures a chunk again whose own text is the same but not the text before it', () => {
    const tint = new TextTint(1);
    tint.read(novel(40));
    measureAll(tint);
    tint.read(novel(40).replace('Sentence 0', 'Paragraph 0'));
    const [first, second, ...others] = measureAll(tint);
    assert.ok(first!.text.startsWith('Paragraph 0'));
    assert.equal(second!.context, first!.text);
    assert.deepEqual(others, []);
  });

  it('asks once for what the text says twice', () => {
    const tint = new TextTint(1);
    const line = `${'the same words again and again '.repeat(16)}\n`;
    tint.read(line.repeat(50));
    assert.ok(measureAll(tint).length < 10);
    assert.equal(tint.share, 1);
  });

  it('keeps the memory of a long session flat', () => {
    const tint = new TextTint(1);
    let asked = 0;
    for (let edit = 0; edit < 400; edit++) {
      tint.read(novel(30).replace('Sentence 3 ', `Sentence ${'x'.repeat(edit)} `));
      asked += measureAll(tint).length;
    }
    assert.ok(asked > 700);
    tint.read(novel(30).replace('Sentence 3 ', 'Sentence  '));
    assert.ok(tint.missing([], 16).length > 0, 'the oldest is dropped');
  });

  it('finds tokens by their place', () => {
    const tokens = {
      starts: Int32Array.of(0, 2, 2, 6),
      ends: Int32Array.of(2, 2, 5, 9),
      values: [new Float64Array(4)],
    };
    assert.deepEqual(
      [0, 1, 2, 4, 5, 6, 8, 9].map((place) => tokenAt(tokens, place)),
      [0, 0, 2, 2, undefined, 3, 3, undefined],
    );
    assert.deepEqual(tokensWithin(tokens, { start: 1, end: 6 }), [0, 3]);
    assert.deepEqual(tokensWithin(tokens, { start: 5, end: 5 }), [3, 3]);
  });

  it('gives the text that the model read up to a token', () => {
    const text = novel(60);
    const tint = new TextTint(1);
    tint.read(text);
    const { contextStart, start } = chunksOf(text)[3]!;
    assert.equal(tint.contextUpTo({ start: start + 5, end: start + 9 }), text.slice(contextStart, start + 9));
  });

  it('of an empty text is complete', () => {
    const tint = new TextTint(2);
    tint.read('');
    assert.equal(tint.share, 1);
    assert.deepEqual(tint.missing([], 16), []);
    assert.equal(tint.tokens.values.length, 2);
  });
});

function batch(tint: TextTint, visible: { start: number; end: number }): [MissingChunk[], MeasuredPart[]] {
  const chunks = tint.missing([visible], 16);
  return [chunks, chunks.map(measured)];
}
