import assert from 'node:assert/strict';
import { foreseenDrop, type Foresight } from '../../../src/editor/commands/foreseenDrop';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';

const pieces: Readonly<Record<string, readonly string[]>> = {
  ...{ king: ['▁king'], queen: ['▁queen'], prince: ['▁prince'] },
  ...{ princess: ['▁prin', 'cess'], 男: [] },
};
const spelling = Object.values(pieces).flat();

const foresight = (change: Partial<Foresight> = {}): Foresight => ({
  engine: {
    call: (_: string, { words }: { words: readonly string[] }) =>
      Promise.resolve(
        words.map((word) => {
          const cut = pieces[word] ?? [];
          return { word, pieces: cut, ids: cut.map((piece) => spelling.indexOf(piece)) };
        }),
      ),
  } as unknown as Foresight['engine'],
  ...{ model: null, rule: defaultTokenRule },
  ...change,
});
const pair = (base: string, target: string) => ({ base, target });

describe('what is foreseen of pairs that are not added yet', () => {
  /** Without the marks that isolate names. */
  const foreseen = async (pairs: readonly { base: string; target: string }[], change?: Partial<Foresight>) =>
    (await foreseenDrop(pairs, foresight(change)))?.replaceAll(/[\u2066-\u2069]/gu, '');

  it('is nothing if they will count', async () => {
    assert.equal(await foreseen([pair('king', 'queen')]), undefined);
    const rule = { ...defaultTokenRule, policy: 'mean' as const };
    assert.equal(await foreseen([pair('prince', 'princess')], { rule }), undefined);
  });

  it('is the reason of one, and how many of several', async () => {
    assert.equal(
      await foreseen([pair('prince', 'princess')]),
      'the pair will not count: princess is 2 tokens (▁prin + cess)',
    );
    assert.match(
      (await foreseen([pair('king', '男')]))!,
      /^the pair will not count: the tokenizer has no token for /u,
    );
    assert.match((await foreseen([pair('king', 'king')]))!, /: both words have the same tokens$/u);
    assert.equal(
      await foreseen([pair('king', 'queen'), pair('prince', 'princess'), pair('king', 'princess')]),
      '2 of 3 pairs will not count: princess is 2 tokens (▁prin + cess)',
    );
  });

  it('is nothing if the model cannot tell', async () => {
    const engine = { call: () => Promise.reject(new Error('No tokenizer.')) };
    assert.equal(await foreseen([pair('prince', 'princess')], { engine }), undefined);
  });
});
