import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Algebra } from '../../../src/model/algebra/algebra';
import { plainAlgebra } from '../../../src/model/algebra/plainAlgebra';
import { RuntimeAlgebra } from '../../../src/model/algebra/runtimeAlgebra';
import { everyRow } from '../../../src/model/head/rowSet';
import { Model } from '../../../src/model/model';
import { assertClose } from '../support/assertClose';
import { headFixtures, readNpy, withFolder } from '../support/fixtures';
import { lowerTriangle } from '../support/panelEntries';
import { plainCovariance, type PlainCovariance } from '../support/plainCovariance';
import { writeSmallModel, type HeadStorage } from '../support/smallModel';
import { someHead } from '../support/someHead';

/** With the allowed error, as a share of the largest number: double precision, and single. */
const algebras: Readonly<Record<string, readonly [algebra: Algebra, rounded: number]>> = {
  'plain loops': [plainAlgebra, 1e-12],
  'ONNX Runtime': [new RuntimeAlgebra(), 3e-6],
};

async function sameAs(
  truth: PlainCovariance,
  path: string,
  [algebra, rounded]: readonly [Algebra, number],
  ids?: readonly number[],
): Promise<void> {
  const model = new Model(path);
  const { unembedding } = model;
  const shares: number[] = [];
  const size = unembedding.head.vocabSize;
  const rows = ids ? { size, ids: Int32Array.from(ids) } : everyRow(size);
  const { mean, lower } = await algebra.covariance(unembedding, rows, (share) => shares.push(share));
  model.close();
  const spread = Math.sqrt(truth.covariance.reduce((most, line, j) => Math.max(most, line[j]!), 0));
  mean.forEach((value, j) => {
    assert.ok(
      Math.abs(value - truth.mean[j]!) <= rounded * spread,
      `mean ${j} is ${value}, not ${truth.mean[j]!}`,
    );
  });
  const entries = lowerTriangle(lower).map((line) => [...line]);
  const expected = truth.covariance.map((line, i) => [...line.subarray(0, i + 1)]);
  assertClose(entries.flat(), expected.flat(), rounded);
  assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
  assert.ok(
    shares.every((share, i) => i === 0 || share > shares[i - 1]!),
    shares.join(),
  );
}

describe('the covariance of the vocabulary', () => {
  const heads: readonly (HeadStorage & { readonly vocab: number; readonly hidden: number })[] = [
    // More tokens than fit in a tile.
    { vocab: 9000, hidden: 40, layout: '[vocab, hidden]', type: 'float16' },
    { vocab: 4500, hidden: 300, layout: '[hidden, vocab]', type: 'float16' },
    { vocab: 700, hidden: 256, layout: '[hidden, vocab]', type: 'float32' },
    { vocab: 1100, hidden: 513, layout: '[vocab, hidden]', type: 'float16' },
    { vocab: 1100, hidden: 700, layout: '[hidden, vocab]', type: 'float32' },
    { vocab: 900, hidden: 1030, layout: '[vocab, hidden]', type: 'float32' },
  ];
  for (const { vocab, hidden, layout, type } of heads) {
    it(`is that of plain loops: ${vocab} × ${hidden} ${type}, stored ${layout}`, async () => {
      const head = someHead(vocab, hidden);
      const truth = plainCovariance(head.rows, hidden);
      await withFolder(async (folder) => {
        writeSmallModel(folder, head, { layout, type });
        for (const algebra of Object.values(algebras)) await sameAs(truth, folder, algebra);
      });
    });
  }

  const fixtures = [
    'tied-fp16',
    'untied-bf16',
    'untied-int8',
    'untied-q4-b16-asym-qoperator',
    'untied-bnb4-nf4',
  ];
  const rowSets: Readonly<Record<string, (id: number, vocab: number) => boolean>> = {
    'padding at the end': (id, vocab) => id < vocab - 67,
    'padding at both ends': (id, vocab) => id >= 3 && id < vocab - 67,
    'holes in the middle': (id, vocab) => id % 97 !== 5 && (id < vocab / 2 || id > vocab / 2 + 130),
    'every second row': (id) => id % 2 === 1,
    'a hole as large as a tile': (id, vocab) => id < 100 || id > vocab - 20,
  };
  // Also with more tokens than fit in a tile.
  const padded: typeof heads = [
    { vocab: 9000, hidden: 40, layout: '[vocab, hidden]', type: 'float16' },
    { vocab: 4500, hidden: 30, layout: '[hidden, vocab]', type: 'float16' },
    { vocab: 700, hidden: 256, layout: '[hidden, vocab]', type: 'float32' },
    { vocab: 4300, hidden: 20, layout: '[vocab, hidden]', type: 'float32' },
  ];
  for (const [name, counts] of Object.entries(rowSets)) {
    it(`is that of plain loops over only the rows that count: ${name}`, async () => {
      for (const { vocab, hidden, layout, type } of padded) {
        const head = someHead(vocab, hidden);
        const ids = Array.from({ length: vocab }, (_, id) => id).filter((id) => counts(id, vocab));
        const isCounted = (_: number, at: number): boolean => counts(Math.floor(at / hidden), vocab);
        const truth = plainCovariance(Array.from(head.rows).filter(isCounted), hidden);
        // Rows that do not count can contain anything: rows without a token are never trained.
        const rows = Array.from(head.rows, (value, at) => (isCounted(value, at) ? value : 512));
        await withFolder(async (folder) => {
          writeSmallModel(folder, { ...head, rows }, { layout, type });
          for (const algebra of Object.values(algebras)) await sameAs(truth, folder, algebra, ids);
        });
      }
    });
  }

  for (const name of fixtures) {
    it(`is that of plain loops: ${name}`, async () => {
      const { data, columns } = readNpy(join(headFixtures, name, 'unembedding.npy'));
      const truth = plainCovariance(data, columns);
      for (const algebra of Object.values(algebras)) await sameAs(truth, join(headFixtures, name), algebra);
    });
  }

  for (const [name, implementation] of Object.entries(algebras)) {
    it(`does not depend on what all rows share: ${name}`, async () => {
      const head = someHead(800, 60);
      const truth = plainCovariance(head.rows, head.hidden);
      await withFolder(async (folder) => {
        // 2,000 times the deviations, and still exact in float32.
        const rows = Array.from(head.rows, (value, at) => value + 512 + (at % head.hidden));
        writeSmallModel(folder, { ...head, rows });
        const shifted = truth.mean.map((value, j) => value + 512 + j);
        await sameAs({ ...truth, mean: shifted }, folder, implementation);
      });
    });

    it(`rejects a head with a number that is not finite: ${name}`, async () => {
      for (const wrong of [Infinity, -Infinity, NaN]) {
        await withFolder(async (folder) => {
          const head = someHead(700, 30);
          writeSmallModel(folder, { ...head, rows: Array.from(head.rows).with(30 * 11 + 7, wrong) });
          const model = new Model(folder);
          const every = everyRow(head.vocab);
          const refused = async () => implementation[0].covariance(model.unembedding, every, () => undefined);
          await assert.rejects(refused, {
            name: 'ModelError',
            message: /contains a number that is not finite.*; export or copy the model again\.$/u,
          });
          model.close();
        });
      }
    });
  }
});
