import assert from 'node:assert/strict';
import { npyFile } from '../../../src/export/npy';
import { resultMatrices } from '../../../src/export/resultMatrices';
import { resultTables } from '../../../src/export/resultTables';
import { matrix } from '../../../src/geometry/matrix';
import type { ConceptResult, ProbeResult } from '../../../src/protocol/probeResult';
import { sampleResult } from '../support/sampleResult';

describe('the CSV tables', () => {
  const tables = new Map(resultTables(sampleResult).map(({ name, text }) => [name, text]));

  it('are the metadata, concepts, pairs, and every matrix', () => {
    assert.deepEqual(
      [...tables.keys()],
      [
        ...['about', 'concepts', 'pairs'],
        ...['directions.euclidean', 'differences.euclidean', 'shared-tokens.euclidean'],
        ...['directions-p.euclidean', 'directions-q.euclidean'],
        ...['pairs.euclidean.01-male-female', 'pairs.euclidean.02-single'],
        ...['directions.causal', 'differences.causal', 'shared-tokens.causal'],
        ...['pairs.causal.01-male-female', 'pairs.causal.02-single'],
        'directions.control',
      ].map((name) => `geometry.${name}.csv`),
    );
  });

  it('describe their source', () => {
    const about = tables.get('geometry.about.csv')!;
    assert.ok(about.startsWith('Concept Probe,1.2.3\r\nmodel,tiny\r\n'));
    assert.ok(about.includes('tokens,"words of a single token, after a space"'));
    assert.ok(about.includes('inner products,"Euclidean, causal"\r\ndirection,mean\r\n'));
    assert.ok(about.includes('covariance condition number,16\r\nseed,7\r\n'));
  });

  it('quote where necessary and leave undefined numbers empty', () => {
    const lines = tables.get('geometry.concepts.csv')!.split('\r\n');
    assert.ok(lines[1]!.startsWith('"male, ""female""",3,2,0.25,'));
    assert.ok(lines[2]!.startsWith('single,1,1,,1,'));
    const [header, first, second] = lines.map((line) => line.replace('male, ', '').split(','));
    const columns = [
      ...['mean cosine', 'mean cosine with self-pairs', 'mean leave-one-out cosine'],
      ...['interval low', 'interval high', 'permutation p', 'permutation q', 'effective rank'],
      ...['random projection mean', 'random projection sd', 'random cosine mean', 'random cosine sd'],
    ];
    const inProduct = (cells: readonly string[], product: string) =>
      columns.map((column) => cells[header!.indexOf(`${column} (${product})`)]).join(',');
    assert.deepEqual(
      [inProduct(first!, 'Euclidean'), inProduct(first!, 'causal'), inProduct(second!, 'Euclidean')],
      [
        '0.25,0.625,0.75,0.5,0.875,0.5,1,1.25,0.125,2,-0.125,0.0625',
        '0.375,0.625,0.75,0.5,0.875,,,1.25,,,,',
        ',1,,,,,,1,,,,',
      ],
    );
    assert.deepEqual([first!.length, second!.length], [header!.length, header!.length]);
  });

  it('contain every pair with its reason, and no cell that a spreadsheet would execute', () => {
    const lines = tables.get('geometry.pairs.csv')!.split('\r\n');
    assert.equal(lines[1], '"male, ""female""",king,queen,kept,,1,2,0.5,0.75,1.5,2,0.5,0.75,1.5,2');
    assert.equal(
      lines[2],
      '"male, ""female""",prince,princess,several-tokens,princess is 2 tokens (▁prin + cess),1,3 4,,,,,,,,',
    );
    assert.ok(lines[3]!.includes(",'=SUM(1),"));
    assert.ok(lines[3]!.endsWith(',,,0,0,,,0,0'));
    // A single pair is its own direction, so it has no cosine.
    assert.equal(lines[4], 'single,a,b,kept,,1,2,,,,4,,,,4');
  });

  it('write a matrix with its labels on both sides', () => {
    assert.equal(
      tables.get('geometry.directions-p.euclidean.csv'),
      ',"male, ""female""",single\r\n"male, ""female""",,0.25\r\nsingle,0.25,\r\n',
    );
    const lines = tables.get('geometry.pairs.euclidean.01-male-female.csv')!.split('\r\n');
    assert.deepEqual(lines.slice(0, 2), [",king → queen,'=SUM(1) → </script>", 'king → queen,1,']);
  });
});

describe('the matrices of a result', () => {
  const concept = sampleResult.concepts[1]!;
  const named = (concepts: readonly ConceptResult[]): string[] =>
    resultMatrices({ ...sampleResult, concepts }).map(({ name }) => name);

  it('have names that every file system accepts', () => {
    const odd = ['a/b\\c:*?', '…', 'Русский → English', 'x'.repeat(300)].map((name) => ({
      ...concept,
      name,
    }));
    const pairs = named(odd).filter((name) => name.startsWith('geometry.pairs.causal.'));
    assert.deepEqual(
      pairs.map((name) => name.slice('geometry.pairs.causal.'.length)),
      ['01-a-b-c', '02-concept', '03-Русский-English', `04-${'x'.repeat(60)}`],
    );
  });

  it('leave out products that were not requested, and concepts without a pair', () => {
    const empty: ConceptResult = {
      ...concept,
      euclidean: { ...concept.euclidean, pairwise: matrix(0, 0, new Float64Array(0)) },
    };
    const result: ProbeResult = {
      ...sampleResult,
      concepts: [empty],
      settings: { ...sampleResult.settings, products: ['euclidean'] },
    };
    const names = resultMatrices(result).map(({ name }) => name);
    assert.ok(names.every((name) => !name.includes('causal') && !name.includes('.pairs.')));
    assert.equal(names.length, 6);
  });

  it('name the pairs of a block by the first and the last', () => {
    const pairs = Array.from({ length: 5 }, (_, i) => ({ ...concept.pairs[0]!, base: `b${i}` }));
    const geometry = {
      ...concept.euclidean,
      ...{ pairsPerCell: 2, pairwise: matrix(3, 3, new Float64Array(9)) },
    };
    const [, , , , , map] = resultMatrices({
      ...sampleResult,
      concepts: [{ ...concept, pairs, kept: 5, euclidean: geometry, causal: null }],
    });
    assert.deepEqual(map!.labels, ['b0 → b … b1 → b', 'b2 → b … b3 → b', 'b4 → b … b4 → b']);
  });
});

describe('an NPY file', () => {
  it('has its numbers after the header, in their own precision', () => {
    for (const data of [Float64Array.of(1, NaN, -3), Float32Array.of(1, NaN, -3)]) {
      const bytes = Buffer.from(npyFile(matrix(1, 3, data)));
      const start = 10 + bytes.readUInt16LE(8);
      const text = bytes.subarray(10, start).toString('latin1');
      assert.ok(text.includes(data instanceof Float64Array ? "'<f8'" : "'<f4'"));
      assert.ok(text.includes("'shape': (1, 3)"));
      assert.equal(bytes.length, start + data.byteLength);
      const copy = new Uint8Array(bytes.subarray(start)).buffer;
      const read = data instanceof Float64Array ? new Float64Array(copy) : new Float32Array(copy);
      assert.deepEqual(read, data);
    }
  });

  it('of a part of a larger array contains only that part', () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    const bytes = Buffer.from(npyFile(matrix(2, 1, part)));
    assert.deepEqual([bytes.readDoubleLE(bytes.length - 16), bytes.readDoubleLE(bytes.length - 8)], [2, 3]);
  });
});
