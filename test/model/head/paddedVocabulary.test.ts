import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { resultDocument } from '../../../src/export/resultDocument';
import { headFingerprint } from '../../../src/model/algebra/headFingerprint';
import { everyRow } from '../../../src/model/head/rowSet';
import { Model } from '../../../src/model/model';
import { jsonSource } from '../../../src/model/tokenizer/jsonSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import type { AxisRequest } from '../../../src/protocol/axisRequest';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { assertClose } from '../support/assertClose';
import { printed } from '../support/cli';
import { fieldFixtures, withFolder } from '../support/fixtures';
import { plainCovariance, plainDot, plainInverse, plainProduct } from '../support/plainCovariance';
import {
  smallRule,
  wordOf,
  writeSmallModel,
  writeSmallTokenizer,
  type SmallHead,
} from '../support/smallModel';
import { conceptOf, quickSettings, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

const hidden = 20;
const trained = someHead(300, hidden);
const concepts = someConcepts(300, [7, 6], 3);

/** The head followed by arbitrary rows that have no tokens. */
function paddedHead(rows: number): SmallHead {
  const padding = Array.from({ length: rows * hidden }, (_, at) => 30 + (at % 7));
  return { vocab: 300 + rows, hidden, rows: [...Array.from(trained.rows), ...padding] };
}

function writePadded(folder: string, rows: number, tokens = 300): void {
  writeSmallModel(folder, paddedHead(rows));
  writeSmallTokenizer(folder, tokens);
}

/** Only these rows keep tokens: {@link wordOf} of their ids. */
function keepTokens(folder: string, has: (id: number) => boolean): void {
  const path = join(folder, 'tokenizer.json');
  const definition = JSON.parse(readFileSync(path, 'utf8')) as { model: { vocab: Record<string, number> } };
  const vocab = Object.fromEntries(Object.entries(definition.model.vocab).filter(([, id]) => has(id)));
  writeFileSync(path, JSON.stringify({ ...definition, model: { ...definition.model, vocab } }));
}

async function probed(model: string, allRows = false): Promise<ProbeResult> {
  const settings = { ...quickSettings, allRows };
  const request = { model, concepts, seed: 0, tokens: smallRule, settings };
  return createEngineMethods('').probe(request, () => undefined);
}

/** The computed numbers, without the model, its path, and whether the covariance was cached. */
function numbersOf(result: ProbeResult): unknown {
  const { concepts: found, directions, covariance } = resultDocument(result);
  return { found, directions, covariance: { ...covariance, cached: null } };
}

describe('a vocabulary with rows without a token', () => {
  it('has exactly the numbers of the same model without them, if they are at its end', async () => {
    await withFolder(async (folder) => {
      writePadded(folder, 0);
      const whole = await probed(folder);
      assert.equal(whole.model.rowsWithoutToken, 0);
      writePadded(folder, 17);
      const padded = await probed(folder);
      assert.deepEqual(numbersOf(padded), numbersOf(whole));
      assert.deepEqual([padded.model.vocabSize, padded.model.rowsWithoutToken], [317, 17]);
      assert.equal(padded.covariance!.vocabSize, 300);
      const all = await probed(folder, true);
      assert.equal(all.covariance!.vocabSize, 317);
      assert.notDeepEqual(numbersOf(all), numbersOf(whole));
      const settings = (result: ProbeResult) => resultDocument(result).settings;
      assert.ok(!('allRows' in settings(whole)));
      assert.deepEqual(
        [padded, all].map((result) => settings(result).allRows),
        [false, true],
      );
    });
  });

  it('has the covariance of the tokens’ rows if there are gaps between them', async () => {
    const has = (id: number): boolean => id % 5 !== 2 && id < 290;
    const ids = Array.from({ length: 300 }, (_, id) => id).filter(has);
    const rowOf = (id: number): number[] => Array.from(trained.rows).slice(id * hidden, (id + 1) * hidden);
    const { covariance } = plainCovariance(ids.flatMap(rowOf), hidden);
    const inverse = plainInverse(covariance);
    const [first, second] = [
      conceptOf('a', [
        [0, 1],
        [5, 8],
      ]),
      conceptOf('b', [
        [10, 13],
        [20, 4],
      ]),
    ];
    await withFolder(async (folder) => {
      writePadded(folder, 4);
      keepTokens(folder, has);
      const request = { model: folder, concepts: [first, second], seed: 0, tokens: smallRule };
      const settings = { ...quickSettings, randomPairs: 0 };
      const methods = createEngineMethods('');
      const result = await methods.probe({ ...request, settings }, () => undefined);
      assert.equal(result.model.rowsWithoutToken, 304 - ids.length);
      const direction = (pairs: readonly (readonly [number, number])[]): number[] =>
        Array.from({ length: hidden }, (_, j) =>
          pairs.reduce((sum, [base, target]) => sum + rowOf(target)[j]! - rowOf(base)[j]!, 0),
        );
      const [u, v] = [
        direction([
          [0, 1],
          [5, 8],
        ]),
        direction([
          [10, 13],
          [20, 4],
        ]),
      ];
      const product = (a: readonly number[], b: readonly number[]) => plainDot(a, plainProduct(inverse, b));
      const expected = product(u, v) / Math.sqrt(product(u, u) * product(v, v));
      assertClose([result.directions.causal!.cosine.data[1]!], [expected], 1e-4);
    });
  });

  it('shows none of these rows in lists, or all of them by id', async () => {
    await withFolder(async (folder) => {
      writePadded(folder, 4);
      keepTokens(folder, (id) => id !== 7);
      const list = async (allRows: boolean, product: AxisRequest['product']) => {
        const methods = createEngineMethods('');
        const request = {
          ...{ model: folder, concepts, seed: 0, tokens: smallRule, product, count: 400 },
          settings: { direction: 'mean', ridge: null, allRows },
        } as const;
        const [x, base] = [concepts[0]!.name, concepts[0]!.pairs[0]!.base];
        const vocabulary = await methods.vocabulary({ ...request, x, y: concepts[1]!.name }, () => undefined);
        const near = await methods.neighbours({ ...request, concept: x, base }, () => undefined);
        return { vocabulary, near };
      };
      const unnamed = ['<row 300>', '<row 301>', '<row 302>', '<row 303>', '<row 7>'];
      for (const product of ['euclidean', 'causal'] as const) {
        const { vocabulary, near } = await list(false, product);
        const { x, y, tokens, padding, correlation } = vocabulary;
        assert.deepEqual([tokens, padding], [299, { rows: 5, counted: false }]);
        assert.deepEqual(near.padding, { rows: 5, counted: false });
        for (const shown of [x.top, x.bottom, y!.top, near.neighbours]) {
          assert.equal(shown.length, 299);
          assert.ok(shown.every(({ id, piece }) => piece === wordOf(id)));
        }
        const values = x.scores.filter((score) => !Number.isNaN(score));
        assert.equal(values.length, 299);
        // Relative to the mean of the rows that are shown.
        assert.ok(Math.abs(values.reduce((a, b) => a + b, 0)) < 1e-3 * values.length);
        assert.ok(Math.abs(correlation!) <= 1);
        const all = await list(true, product);
        assert.deepEqual([all.vocabulary.tokens, all.vocabulary.padding?.counted], [304, true]);
        for (const shown of [all.vocabulary.x.top, all.near.neighbours]) {
          const pieces = shown.map(({ piece }) => piece).filter((piece) => piece.startsWith('<row'));
          assert.deepEqual(pieces.sort(), unnamed);
        }
      }
    });
  });

  it('caches each covariance under its own name, and under the old one if all rows have tokens', () => {
    withFolder((folder) => {
      writePadded(folder, 4);
      const { unembedding } = new Model(folder);
      const of = (...without: number[]): string => {
        const ids = Int32Array.from({ length: 304 }, (_, id) => id).filter((id) => !without.includes(id));
        return headFingerprint(unembedding, { size: 304, ids });
      };
      assert.equal(new Set([of(), of(303), of(302), of(302, 303)]).size, 4);
      assert.equal(of(), headFingerprint(unembedding, everyRow(304)));
      assert.match(of(303), /^[0-9a-f]{64}$/u);
      unembedding.close();
    });
  });

  it('reports the rows of a published model once, and leaves them out', () => {
    const folder = join(fieldFixtures, 'padded-vocabulary', 'model');
    const file = join(folder, 'pairs.concepts.json');
    const told = (text: string): number => text.split('4 rows have no token').length - 1;
    const axis = [file, '--concept', 'c', '--model', folder, '--count', '4'];
    for (const product of ['euclidean', 'causal']) {
      const text = printed('vocabulary', ...axis, '--product', product);
      assert.match(text, /^12 tokens, /u);
      assert.equal(told(text), 1);
      const words = [...text.matchAll(/^ {2}(\S) +\S+ +(\S) +\S+$/gmu)].flatMap(([, a, b]) => [a!, b!]);
      assert.equal(words.length, 8);
      assert.ok(words.every((word) => '甲乙丙丁戊己庚辛壬癸子丑'.includes(word)));
    }
    const all = printed('vocabulary', ...axis, '--product', 'euclidean', '--all-rows');
    assert.match(all, /^16 rows, /u);
    assert.match(all, /<row 12> [^]*<row 13> [^]*<row 14> [^]*<row 15> /u);
    const probe = printed('probe', file, '--model', folder);
    assert.match(probe, /Cov\(γ\) of 12 tokens/u);
    assert.equal(told(probe), 1);
    assert.match(printed('probe', file, '--model', folder, '--all-rows'), /Cov\(γ\) of 16 rows/u);
    const compared = printed('probe', file, '--model', folder, '--compare', folder);
    assert.match(compared, /The second: 4 rows have no token \(left out of /u);
    assert.equal(told(compared), 2);
    const details = printed('model', '--model', folder);
    assert.match(details, /unembedding 16 × 4/u);
    assert.equal(told(details), 1);
    const near = printed('neighbours', ...axis.slice(0, -2), '--base', '甲');
    assert.equal(told(near), 1);
    assert.doesNotMatch(near, /<row/u);
  });
});

describe('the tokens of a tokenizer', () => {
  const idsOf = (folder: string, words: readonly string[] | null, count: number): number[] => {
    const tokenizer = new WordTokenizer(jsonSource(folder));
    if (words) tokenizer.prepare(words);
    return [...tokenizer.tokenIds(count)];
  };

  it('are those of the vocabulary and the added ones, however much of it is loaded', () => {
    withFolder((folder) => {
      writeSmallTokenizer(folder, 12);
      keepTokens(folder, (id) => id !== 4 && id !== 11);
      const path = join(folder, 'tokenizer.json');
      const definition = JSON.parse(readFileSync(path, 'utf8')) as object;
      const added_tokens = [
        { id: 14, content: '<|end|>', special: true },
        { id: 99, content: '<|far|>', special: true },
        { id: 4, content: '<|four|>', special: false },
      ];
      writeFileSync(path, JSON.stringify({ ...definition, added_tokens }));
      const config = { added_tokens_decoder: { 16: { content: '<|new|>', special: true } } };
      writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify(config));
      const expected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 16];
      assert.deepEqual(idsOf(folder, null, 20), expected);
      assert.deepEqual(idsOf(folder, [wordOf(2)], 20), expected);
      assert.deepEqual(idsOf(folder, null, 5), [0, 1, 2, 3, 4]);
      const pieces = new WordTokenizer(jsonSource(folder)).pieces(18);
      assert.deepEqual(
        [pieces[4], pieces[11], pieces[14], pieces[16]],
        ['<|four|>', '<row 11>', '<|end|>', '<|new|>'],
      );
    });
  });

  it('are the entries of a Unigram list', () => {
    withFolder((folder) => {
      const vocab = [
        ['<unk>', 0],
        ['▁a', -1],
        ['b', -2],
      ];
      writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'Unigram', vocab } }));
      assert.deepEqual(idsOf(folder, null, 5), [0, 1, 2]);
      assert.equal(readdirSync(folder).length, 1);
    });
  });
});
