import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInModel } from '../support/builtInModel';
import { printed, refused, run } from '../support/cli';
import { readDoubles, withFolder } from '../support/fixtures';
import { inRoot } from '../../support/places';

const example = inRoot('examples', 'royalty.concepts.json');
const name = 'male → female';
const texts = [
  ['boy', 'Tom was a little boy. One day, he'],
  ['boy', 'The king was happy because he'],
  ['boy', 'His dad was proud of him. He'],
  ['girl', 'Lily was a little girl. One day, she'],
  ['girl', 'The queen was happy because she'],
  ['girl', 'Her mom was proud of her. She'],
] as const;
const contextPairs = texts.slice(0, 3).map(([, base], i) => [name, base, texts[i + 3]![1]]);

interface Measured {
  readonly schema: number;
  readonly product: string;
  readonly concepts: readonly {
    readonly name: string;
    readonly sets: readonly { readonly label: string; readonly values: readonly number[] }[];
    readonly auc: number;
    readonly dPrime: number;
  }[];
}

function withFiles(
  work: (files: { folder: string; texts: string; pairs: string; story: string }) => void,
): void {
  withFolder((folder) => {
    const file = (fileName: string, content: string): string => {
      writeFileSync(join(folder, fileName), content);
      return join(folder, fileName);
    };
    work({
      folder,
      texts: file('texts.tsv', texts.map((line) => `${line.join('\t')}\n`).join('')),
      pairs: file('pairs.tsv', contextPairs.map((line) => `${line.join('\t')}\n`).join('')),
      story: file('story.txt', texts.map(([, text]) => `${text} went home.\n`).join('')),
    });
  });
}

describe('concept-probe on contexts', function () {
  before(builtInModel);

  it('measure: values, AUC and d′ of every concept, in JSON, CSV, NPY and words', () => {
    withFiles(({ folder, texts: file }) => {
      const [table, matrix] = [join(folder, 'values.csv'), join(folder, 'values.npy')];
      const args = ['measure', example, '--texts', file, '--csv', table, '--npy', matrix];
      const { schema, product, concepts } = JSON.parse(printed(...args, '--json')) as Measured;
      assert.deepEqual([schema, product], [1, 'causal']);
      const own = concepts.find((concept) => concept.name === name)!;
      assert.deepEqual(
        own.sets.map(({ label, values }) => [label, values.length]),
        [
          ['boy', 3],
          ['girl', 3],
        ],
      );
      assert.equal(own.auc, 1);
      assert.ok(own.dPrime > 2);
      const { rows, columns, data } = readDoubles(matrix);
      assert.deepEqual([rows, columns], [6, concepts.length]);
      const column = concepts.indexOf(own);
      const values = own.sets.flatMap((set) => set.values);
      values.forEach((value, i) => {
        assert.ok(Math.abs(data[i * columns + column]! - value) < 1e-6);
      });
      const line = `${name},girl,1,${own.sets[1]!.values[0]!}`;
      assert.ok(readFileSync(table, 'utf8').includes(`${line}\r\n`));
      assert.match(printed(...args), /male → female +[^\n]*1\.000 +0\.\d\d … 1\.00/u);
    });
  });

  it('align: signed cosines of sets and concepts', () => {
    withFiles(({ folder, pairs }) => {
      const matrix = join(folder, 'cosines.npy');
      const args = ['align', example, '--contexts', pairs, '--random-pairs', '1000', '--npy', matrix];
      const found = JSON.parse(printed(...args, '--json')) as {
        sets: string[];
        concepts: string[];
        product: string;
        cosine: number[][];
      };
      assert.deepEqual([found.sets, found.product], [[name], 'causal']);
      const largest = Math.max(...found.cosine[0]!.map(Math.abs));
      assert.equal(found.concepts[found.cosine[0]!.findIndex((value) => Math.abs(value) === largest)], name);
      const { rows, columns, data } = readDoubles(matrix);
      assert.deepEqual([rows, columns], [1, found.concepts.length]);
      found.cosine[0]!.forEach((value, i) => {
        assert.ok(Math.abs(data[i]! - value) < 1e-6);
      });
      assert.match(printed(...args, '--product', 'euclidean'), /Euclidean inner product\n/u);
    });
  });

  it('intervene: tokens and log-odds for every α, and continuations', () => {
    const args = [
      ...['intervene', example, '--concept', name, '--text', 'Once upon a time there was a little'],
      ...['--alpha', '0,0.1,-0.2', '--top', '3', '--continue', '4'],
    ];
    const found = JSON.parse(printed(...args, '--json')) as {
      product: string;
      alphas: {
        alpha: number;
        top: { id: number; token: string; probability: number }[];
        pairs: { base: string; target: string; logOdds: number }[];
        others: { concept: string; pairs: unknown[] }[];
      }[];
      continuations: { alpha: number; ids: number[]; text: string }[];
    };
    assert.deepEqual(
      found.alphas.map(({ alpha, top }) => [alpha, top.length]),
      [
        [0, 3],
        [0.1, 3],
        [-0.2, 3],
      ],
    );
    const odds = found.alphas.map(({ pairs }) => pairs.find(({ base }) => base === 'king')!.logOdds);
    assert.ok(odds[2]! < odds[0]! && odds[0]! < odds[1]!);
    // Linear in α.
    assert.ok(Math.abs(odds[2]! - odds[0]! + 2 * (odds[1]! - odds[0]!)) < 1e-4);
    for (const { top } of found.alphas) assert.ok(top[0]!.probability >= top[1]!.probability);
    assert.equal(found.alphas[0]!.others.length, 7);
    assert.deepEqual(
      found.continuations.map(({ alpha, ids }) => [alpha, ids.length]),
      [
        [0, 4],
        [0.1, 4],
        [-0.2, 4],
      ],
    );
    assert.match(printed(...args), /α = 0 +α = 0\.1 +α = -0\.2\n[^]*king → queen/u);
  });

  it('tint: the value and z of every token, which make up the text', () => {
    withFiles(({ story, folder }) => {
      const text = readFileSync(story, 'utf8');
      const matrix = join(folder, 'tint.npy');
      const args = ['tint', example, '--concept', name, '--file', story, '--npy', matrix];
      const found = JSON.parse(printed(...args, '--json')) as {
        product: string;
        window: number;
        tokens: { id: number; start: number; end: number; value: number; z: number }[];
      };
      assert.deepEqual([found.product, found.window], ['causal', 256]);
      const { tokens } = found;
      assert.equal(tokens.map(({ start, end }) => text.slice(start, end)).join(''), text);
      const mean = tokens.reduce((sum, { value }) => sum + value, 0) / tokens.length;
      const sd = Math.sqrt(
        tokens.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (tokens.length - 1),
      );
      for (const { value, z } of tokens) assert.ok(Math.abs(z - (value - mean) / sd) < 1e-9);
      assert.equal(readDoubles(matrix).rows, tokens.length);
      assert.match(printed(...args), /Strongest places\n/u);
    });
  });

  it('says in one line what is wrong', () => {
    withFiles(({ folder, texts: file, pairs }) => {
      const empty = join(folder, 'empty.tsv');
      writeFileSync(empty, '');
      refused(1, /empty\.tsv has no contexts: it is empty/u, 'measure', example, '--texts', empty);
      refused(2, /--texts/u, 'measure', example);
      refused(1, /no concept “nobody”/u, 'tint', example, '--concept', 'nobody', '--file', file);
      refused(
        2,
        /--alpha needs numbers/u,
        'intervene',
        example,
        '--concept',
        name,
        '--text',
        'a',
        '--alpha',
        '0,x',
      );
      refused(1, /The context has no word/u, 'intervene', example, '--concept', name, '--text', ' ');
      refused(1, /texts\.tsv/u, 'align', example, '--contexts', join(folder, 'texts.tsv', 'no'));
      writeFileSync(empty, '');
      assert.match(printed('tint', example, '--concept', name, '--file', empty), /each of 0 tokens/u);
      const { status, error } = run(
        'align',
        example,
        '--contexts',
        pairs,
        '--random-pairs',
        '0',
        '--permutations',
        '0',
      );
      assert.equal(status, 0, error);
    });
  });
});
