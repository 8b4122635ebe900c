import { UserError } from '../../../src/errors';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { controlVectorFile } from '../../../src/export/steeringFiles';
import { near } from '../../unit/support/plainMath';
import { printed, refused, run } from '../support/cli';
import { readNpy, withFolder } from '../support/fixtures';
import { plainDot, plainProduct } from '../support/plainCovariance';
import { realProbe } from '../support/realProbes';
import { inRoot } from '../../support/places';

const example = inRoot('examples', 'royalty.concepts.json');
const gender = 'male → female';
const direction = ['direction', example, '--concept', gender];

/** All parts of a GGUF file that a control vector uses, according to the specification and without code from src/. */
function readGguf(bytes: Buffer) {
  let at = 0;
  const uint32 = (): number => bytes.readUInt32LE((at += 4) - 4);
  const uint64 = (): number => Number(bytes.readBigUInt64LE((at += 8) - 8));
  const text = (): string => {
    const length = uint64();
    return bytes.toString('utf8', at, (at += length));
  };
  assert.equal(bytes.toString('latin1', 0, 4), 'GGUF');
  at = 4;
  assert.equal(uint32(), 3);
  const [tensorCount, fieldCount] = [uint64(), uint64()];
  const fields = new Map<string, string | number>();
  for (let i = 0; i < fieldCount; i++) {
    const key = text();
    assert.match(key, /^[a-z0-9_]+(?:\.[a-z0-9_]+)*$/u);
    const type = uint32();
    assert.ok(type === 8 || type === 4, `type ${type}`);
    fields.set(key, type === 8 ? text() : uint32());
  }
  const infos = Array.from({ length: tensorCount }, () => {
    const name = text();
    assert.equal(uint32(), 1, 'one dimension');
    const [size, type, offset] = [uint64(), uint32(), uint64()];
    assert.equal(type, 0, 'float32');
    return { name, size, offset };
  });
  const start = Math.ceil(at / 32) * 32;
  assert.ok(bytes.subarray(at, start).every((byte) => byte === 0));
  let end = 0;
  const tensors = new Map(
    infos.map(({ name, size, offset }) => {
      assert.equal(offset % 32, 0);
      assert.ok(offset >= end && offset - end < 32, 'one after the other');
      end = offset + size * 4;
      return [name, Array.from({ length: size }, (_, i) => bytes.readFloatLE(start + offset + 4 * i))];
    }),
  );
  assert.ok(bytes.length >= start + end && bytes.length < start + end + 32);
  return { fields, tensors };
}

function readSafetensors(bytes: Buffer) {
  const length = Number(bytes.readBigUInt64LE(0));
  assert.equal(length % 8, 0);
  assert.equal(bytes[8], '{'.charCodeAt(0));
  const { __metadata__: metadata, ...tensors } = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  let end = 0;
  const values = Object.entries(tensors).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [from, to],
      },
    ]) => {
      assert.equal(dtype, 'F32');
      assert.equal(from, end, 'no gap');
      assert.equal(to - from, 4 * shape[0]!);
      assert.equal(shape.length, 1);
      end = to;
      return [
        name,
        Array.from({ length: shape[0]! }, (_, i) => bytes.readFloatLE(8 + length + from + 4 * i)),
      ] as const;
    },
  );
  assert.equal(bytes.length, 8 + length + end);
  return { metadata: metadata as unknown as Record<string, string>, tensors: new Map(values) };
}

describe('concept-probe direction', () => {
  it('writes γ̄_W and its causal dual, the same in all three forms', () => {
    withFolder((folder) => {
      const [npy, safetensors, gguf] = ['npy', 'd.safetensors', 'd.gguf'].map((name) =>
        join(folder, name),
      ) as [string, string, string];
      const out = printed(...direction, '--npy', npy, '--safetensors', safetensors, '--gguf', gguf);
      assert.match(out, /^male → female: unembedding_direction, causal_dual of 12 pairs, 288 values each\n/u);
      assert.deepEqual(readdirSync(npy).sort(), ['causal_dual.npy', 'unembedding_direction.npy']);
      const vector = (name: string): number[] => Array.from(readNpy(join(npy, `${name}.npy`)).data);

      const { metadata, tensors } = readSafetensors(readFileSync(safetensors));
      assert.deepEqual([...tensors.keys()], ['unembedding_direction', 'causal_dual']);
      for (const [name, values] of tensors) assert.deepEqual(values, vector(name));
      const about = {
        ...{ concept: gender, pairs: '12', direction: 'mean', covariance_ridge: '0' },
        ...{ model: 'stories15M', file: 'onnx/model.onnx', producer: `Concept Probe ${version}` },
      };
      assert.deepEqual(metadata, about);

      // Six blocks: the last one is steered.
      const control = readGguf(readFileSync(gguf));
      assert.deepEqual(
        [...control.tensors.keys()],
        [1, 2, 3, 4, 5].map((n) => `direction.${n}`),
      );
      for (const [name, values] of control.tensors)
        assert.deepEqual(
          values,
          name === 'direction.5' ? vector('causal_dual') : vector('causal_dual').map(() => 0),
        );
      assert.deepEqual(Object.fromEntries(control.fields), {
        'general.architecture': 'controlvector',
        'controlvector.model_hint': 'llama',
        'controlvector.layer_count': 5,
        ...Object.fromEntries(Object.entries(about).map(([key, value]) => [`concept_probe.${key}`, value])),
        'concept_probe.vector': 'causal_dual',
      });
    });
  });

  it('writes what plain loops give', async () => {
    const { model, own, differences } = await realProbe('stories15M');
    const mean = new Float64Array(model.hidden);
    for (const i of own[0]!) differences[i]!.forEach((value, j) => (mean[j]! += value / own[0]!.length));
    const image = plainProduct(model.inverse, mean);
    const causalLength = Math.sqrt(plainDot(mean, image));
    withFolder((folder) => {
      printed(...direction, '--npy', folder);
      const { data: gamma } = readNpy(join(folder, 'unembedding_direction.npy'));
      const { data: dual } = readNpy(join(folder, 'causal_dual.npy'));
      const length = Math.sqrt(plainDot(mean, mean));
      gamma.forEach((value, j) => {
        near(value, mean[j]! / length, 1e-6);
      });
      const largest = Math.max(...image.map(Math.abs)) / causalLength;
      dual.forEach((value, j) => {
        near(value, image[j]! / causalLength, 1e-4 * largest);
      });
      // λ + α · dual moves the logit of the mean difference by α times its causal length.
      near(plainDot(mean, dual) / causalLength, 1, 1e-4);
    });
  });

  it('steers the chosen layers', () => {
    withFolder((folder) => {
      const file = join(folder, 'd.gguf');
      printed(...direction, '--gguf', file, '--layers', '2-3', '--product', 'euclidean');
      const { fields, tensors } = readGguf(readFileSync(file));
      assert.equal(fields.get('concept_probe.vector'), 'unembedding_direction');
      assert.equal(fields.has('concept_probe.covariance_ridge'), false);
      assert.deepEqual(
        [...tensors.values()].map((values) => values.some((value) => value !== 0)),
        [false, true, true],
      );
      near(Math.sqrt(plainDot(tensors.get('direction.2')!, tensors.get('direction.2')!)), 1, 1e-6);
    });
  });

  it('aligns each vector to a multiple of 32 bytes, whatever its length', () => {
    for (const size of [1, 7, 8, 9, 288]) {
      const vector = Float32Array.from({ length: size }, (_, i) => i + 0.5);
      const bytes = Buffer.from(controlVectorFile(vector, { first: 2, last: 3 }, 'llama', { key: 'ß' }));
      const { tensors, fields } = readGguf(bytes);
      assert.deepEqual([...tensors.values()], [Array(size).fill(0), Array.from(vector), Array.from(vector)]);
      assert.equal(fields.get('concept_probe.key'), 'ß');
    }
    assert.throws(() => controlVectorFile(Float32Array.of(1), { first: 0, last: 0 }, 'llama', {}), UserError);
  });

  it('rejects what it cannot write, and leaves nothing behind', () => {
    withFolder((folder) => {
      const file = join(folder, 'd.gguf');
      const model = join(folder, 'model');
      refused(2, /direction needs --npy DIR, --safetensors FILE or --gguf FILE\./u, ...direction);
      refused(2, /direction needs --concept NAME/u, 'direction', example, '--gguf', file);
      for (const layers of ['0', '3-2', 'last', '1-2-3', '0-3', '99999'])
        refused(2, /--layers needs a block number from 1/u, ...direction, '--gguf', file, '--layers', layers);
      refused(2, /--layers applies only to --gguf FILE/u, ...direction, '--npy', folder, '--layers', '3');
      refused(1, /There is no concept “other”/u, 'direction', example, '--concept', 'other', '--gguf', file);
      assert.ok(!existsSync(file) && !existsSync(model));
      const alone = join(folder, 'alone.txt');
      writeFileSync(alone, 'prince\tprincess\n');
      const { error, status } = run('direction', alone, '--concept', 'alone', '--gguf', file);
      assert.equal(status, 1);
      assert.match(error, /“alone” has no direction/u);
      assert.ok(!existsSync(file));
    });
  });
});

describe('concept-probe analogy', () => {
  it('prints a table for each product, and the same numbers as JSON', () => {
    const text = printed('analogy', example);
    assert.match(
      text,
      /^Analogies a : b :: c : \?, Euclidean inner product: .* among all 32,000 tokens but the three given words\n/u,
    );
    const { results } = JSON.parse(printed('analogy', example, '--json')) as {
      results: {
        product: string;
        concepts: { concept: string; questions: number; add: { accuracy: number } }[];
      }[];
    };
    assert.deepEqual(
      results.map(({ product }) => product),
      ['euclidean', 'causal'],
    );
    const lines = text.split('\n').filter((line) => line.startsWith(`  ${gender}`));
    results.forEach(({ concepts }, i) => {
      const [{ concept, questions, add }] = concepts as [(typeof concepts)[number]];
      assert.deepEqual([concept, questions], [gender, 132]);
      assert.match(lines[i]!, new RegExp(`12/14 +132 +0 +${add.accuracy.toFixed(3)} `, 'u'));
    });
  });

  it('accepts one concept and one product', () => {
    const out = printed('analogy', example, '--concept', 'verb → past', '--product', 'causal');
    assert.equal(out.split('\n').length, 5);
    assert.match(out, /verb → past +14\/15 +182 /u);
    refused(
      1,
      /There is no concept “other”; there are male → female, /u,
      'analogy',
      example,
      '--concept',
      'other',
    );
    refused(2, /analogy needs a concept file\./u, 'analogy');
  });
});

describe('concept-probe vectors', () => {
  it('writes words and directions whose cosines are those of a probe, the same as TSV and NPY', () => {
    withFolder((folder) => {
      const [tsv, npy] = [join(folder, 'tsv'), join(folder, 'npy')];
      const out = printed('vectors', example, '--tsv', tsv, '--npy', npy);
      assert.deepEqual(readdirSync(tsv).sort(), [
        'metadata.tsv',
        'vectors.causal.tsv',
        'vectors.euclidean.tsv',
      ]);
      assert.deepEqual(readdirSync(npy).sort(), [
        'metadata.tsv',
        'vectors.causal.npy',
        'vectors.euclidean.npy',
      ]);
      const lines = (path: string) =>
        readFileSync(path, 'utf8')
          .trimEnd()
          .split('\n')
          .map((line) => line.split('\t'));
      const [heading, ...labels] = lines(join(tsv, 'metadata.tsv'));
      assert.deepEqual(heading, ['name', 'kind', 'concept', 'side']);
      assert.deepEqual(labels.slice(0, 2), [
        ['king', 'word', gender, 'base'],
        ['queen', 'word', gender, 'target'],
      ]);
      const probed = JSON.parse(
        printed('probe', example, '--json', '--random-pairs', '0', '--permutations', '0', '--bootstrap', '0'),
      ) as {
        directions: Record<'euclidean' | 'causal', { concepts: string[]; cosine: number[][] }>;
      };
      for (const product of ['euclidean', 'causal'] as const) {
        const { rows, columns, data } = readNpy(join(npy, `vectors.${product}.npy`));
        assert.equal(rows, labels.length);
        const table = lines(join(tsv, `vectors.${product}.tsv`)).map((cells) => cells.map(Number));
        assert.deepEqual(table.flat(), Array.from(data));
        const { concepts, cosine } = probed.directions[product];
        const vectorOf = (name: string) =>
          table[labels.findIndex(([own, kind]) => own === name && kind === 'direction')]!;
        concepts.forEach((a, i) => {
          concepts.forEach((b, j) => {
            const dot = vectorOf(a).reduce((sum, value, at) => sum + value * vectorOf(b)[at]!, 0);
            assert.ok(Math.abs(dot - cosine[i]![j]!) < 1e-5, `${product}: ${a} × ${b}`);
          });
        });
        assert.equal(columns, 288);
      }
      assert.match(out, /^\d+ words and \d+ directions, 288 values each\n/u);
    });
  });

  it('needs somewhere to write', () => {
    refused(2, /vectors needs --tsv DIR or --npy DIR\./u, 'vectors', example);
  });
});
