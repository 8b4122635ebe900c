import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { cacheFolder } from '../../../src/model/algebra/cacheFolder';
import { builtInModel } from '../support/builtInModel';
import { printed, refused, smallWorld } from '../support/cli';
import { readNpy, withFolder } from '../support/fixtures';
import { wordOf } from '../support/smallModel';
import { someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';
import { inRoot } from '../../support/places';

interface Axis {
  readonly concept: string;
  readonly top: readonly { id: number; piece: string; score: number }[];
  readonly bottom: readonly { score: number }[];
}

const example = inRoot('examples', 'royalty.concepts.json');
const { model, file } = smallWorld(someHead(300, 20), someConcepts(300, [6, 5], 7));
const axis = [file, '--model', model, '--concept', 'concept 0'];

/** The head of every JSON document, which makes it reproducible. */
const head = { schema: 1, version, model, direction: 'mean', ridge: null, seed: 0, tokenPolicy: null };

describe('concept-probe vocabulary', () => {
  it('lists the tokens at both ends, for one concept or two', () => {
    const args = ['vocabulary', ...axis, '--count', '4'];
    const text = printed(...args);
    assert.match(text, /^300 tokens, causal inner product; 0 is the vocabulary’s mean\n/u);
    assert.equal(text.split('\n').filter((line) => /^ {2}\S +−?\d/u.test(line)).length, 4);
    assert.doesNotMatch(text, /Correlation/u);
    assert.match(
      printed(...args, '--against', 'concept 1'),
      /concept 1\n[^]*Correlation of the two: −?0\.\d+\n/u,
    );
    assert.match(printed(...args, '--product', 'euclidean'), /Euclidean inner product/u);
  });

  it('--json and --npy give the same scores', () => {
    withFolder((folder) => {
      const npy = join(folder, 'scores', 'all.npy');
      const args = ['vocabulary', ...axis, '--against', 'concept 1', '--npy', npy, '--json'];
      const document = JSON.parse(printed(...args)) as {
        schema: number;
        product: string;
        tokens: number;
        correlation: number;
        x: Axis;
        y: Axis;
      };
      const { schema, product, tokens, correlation, x, y } = document;
      assert.deepEqual(
        [schema, product, tokens, x.concept, y.concept],
        [1, 'causal', 300, 'concept 0', 'concept 1'],
      );
      assert.deepEqual([x.top.length, y.bottom.length], [20, 20]);
      const { rows, columns, data } = readNpy(npy);
      assert.deepEqual([rows, columns], [300, 2]);
      for (const { id, piece, score } of x.top) {
        assert.equal(piece, wordOf(id));
        assert.equal(Math.fround(score), data[2 * id]);
      }
      assert.equal(Math.fround(y.top[0]!.score), Math.max(...data.filter((_, at) => at % 2 === 1)));
      assert.equal(Math.fround(x.bottom[0]!.score), Math.min(...data.filter((_, at) => at % 2 === 0)));
      assert.ok(Math.abs(correlation) < 1);
    });
  });

  it('accepts a count beyond the vocabulary, and 0', () => {
    const of = (count: string): Axis =>
      (JSON.parse(printed('vocabulary', ...axis, '--json', '--count', count)) as { x: Axis }).x;
    assert.deepEqual([of('1000').top.length, of('1000').bottom.length], [300, 300]);
    assert.deepEqual([of('0').top, of('0').bottom], [[], []]);
    assert.match(printed('vocabulary', ...axis, '--count', '0'), /300 tokens/u);
  });
});

describe('concept-probe neighbours', () => {
  it('lists the nearest tokens, as a table or as JSON', () => {
    const base = wordOf(17);
    const args = ['neighbours', ...axis, '--base', base, '--count', '5'];
    const table = printed(...args);
    assert.match(table, new RegExp(`^Nearest to ${base} \\+ concept 0, .*causal inner product\\n`, 'u'));
    assert.equal(table.trimEnd().split('\n').length, 7);
    const { neighbours, ...about } = JSON.parse(printed(...args, '--json')) as {
      neighbours: { id: number; piece: string; cosine: number }[];
    };
    assert.deepEqual(about, { ...head, product: 'causal', concept: 'concept 0', base });
    assert.equal(neighbours.length, 5);
    assert.ok(
      neighbours.every(({ id, piece, cosine }) => piece === wordOf(id) && Math.abs(cosine) <= 1.000001),
    );
  });

  it('rejects a base that is not a word of the vocabulary', () => {
    refused(1, /“xyz” cannot be the base: /u, 'neighbours', ...axis, '--base', 'xyz');
    refused(2, /neighbours needs --base WORD/u, 'neighbours', ...axis);
  });
});

describe('concept-probe find-pairs', () => {
  it('finds more pairs of a concept of the built-in model', async () => {
    await builtInModel();
    const args = ['find-pairs', example, '--concept', 'verb → past', '--count', '12'];
    const table = printed(...args);
    assert.match(
      table,
      /^Pairs most parallel to verb → past, causal inner product, among all pairs of [\d,]+ words\n/u,
    );
    assert.match(table, /took|gave|felt|sat|told|got|sang/u);
    assert.equal(table.trimEnd().split('\n').length, 14);
  });

  it('treats the tokens of a script without spaces as words', () => {
    const { pairs, ...rest } = JSON.parse(printed('find-pairs', ...axis, '--json')) as {
      readonly [key: string]: unknown;
      readonly pairs: readonly { readonly base: string; readonly target: string }[];
    };
    const found = { tokens: 288, candidates: rest['candidates'], areWordsChecked: rest['areWordsChecked'] };
    assert.deepEqual(rest, { ...head, product: 'causal', concept: 'concept 0', ...found });
    assert.ok(pairs.length > 0);
    for (const { base, target } of pairs) assert.match(base + target, /^\p{Script=Han}+$/u);
    assert.match(printed('find-pairs', ...axis), /among all pairs of 288 words\n/u);
  });
});

describe('commands that project concepts on the vocabulary', () => {
  for (const command of ['vocabulary', 'neighbours', 'find-pairs']) {
    const base = command === 'neighbours' ? ['--base', wordOf(1)] : [];
    it(`${command}: rejects wrong usage with exit code 2`, () => {
      const wrong = (message: RegExp, ...args: string[]): void => {
        refused(2, message, command, ...base, ...args);
      };
      wrong(/needs a concept file/u);
      wrong(/needs --concept NAME, one of the file’s/u, file);
      wrong(/--product must be one of euclidean, causal, not “both”/u, ...axis, '--product', 'both');
      wrong(/--direction must be one of/u, ...axis, '--direction', 'x');
      wrong(/--count needs whole numbers, not “-3”/u, ...axis, '--count=-3');
      wrong(/--seed needs whole numbers/u, ...axis, '--seed', 'x');
      wrong(/--ridge needs a number from 0 to 1/u, ...axis, '--ridge', '2');
      wrong(/Unknown option '--bootstrap'/u, ...axis, '--bootstrap', '3');
    });

    it(`${command}: says in one sentence what is missing`, () => {
      const args = [command, ...base, file, '--model', model];
      refused(1, /There is no concept “no”; there are concept 0, concept 1\./u, ...args, '--concept', 'no');
      refused(
        1,
        /There is no model folder nowhere/u,
        command,
        ...base,
        file,
        '--model',
        'nowhere',
        '--concept',
        'concept 0',
      );
      refused(1, /nowhere does not exist/u, command, ...base, 'nowhere', '--concept', 'concept 0');
    });
  }
});

describe('concept-probe cache', () => {
  it('reports its contents, and clears them', () => {
    printed('probe', file, '--model', model, '--random-pairs', '0');
    assert.ok(readdirSync(cacheFolder()).length > 0);
    const info = printed('cache', 'info');
    assert.match(info, /^.+: \d+ covariances?, [\d.]+ (kB|MB) of at most 1\.1 GB\n$/u);
    assert.ok(info.startsWith(cacheFolder()));
    assert.match(printed('cache', 'clear'), /^Removed \d+ covariances?, .* from .+\n$/u);
    assert.match(printed('cache', 'info'), /: 0 covariances, 0 bytes of/u);
    assert.deepEqual(readdirSync(cacheFolder()), []);
    assert.match(printed('cache', 'clear'), /^Removed 0 covariances/u);
  });

  it('does not touch other files', () => {
    const names = ['mine.txt', 'data.covariance.npy', 'my.covariance', 'folder.covariance/deep/file'];
    const mine = names.map((name) => join(cacheFolder(), name));
    mkdirSync(join(cacheFolder(), 'folder.covariance', 'deep'), { recursive: true });
    for (const path of mine) writeFileSync(path, 'mine');
    printed('probe', file, '--model', model, '--random-pairs', '0');
    assert.match(printed('cache', 'clear'), /^Removed 1 covariance, /u);
    for (const path of mine) assert.ok(existsSync(path), path);
    assert.equal(readdirSync(cacheFolder()).length, mine.length);
    rmSync(cacheFolder(), { recursive: true });
  });

  it('rejects wrong usage with exit code 2', () => {
    for (const args of [[], ['size'], ['info', 'clear'], ['clear', '--json']])
      refused(2, /cache is followed by info or clear\./u, 'cache', ...args);
  });
});
