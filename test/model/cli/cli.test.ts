import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxDataType } from '../../../src/model/onnx/writer';
import { refused, run } from '../support/cli';
import { headFixtures, readNpy, withFolder } from '../support/fixtures';
import { writeModel } from '../support/writeModel';
import { root } from '../../support/places';

const example = join(root, 'examples', 'royalty.concepts.json');

interface Document {
  readonly schema: number;
  readonly seed: number;
  readonly model: { name: string; vocabSize: number; hiddenSize: number; head: Record<string, unknown> };
  readonly concepts: {
    readonly name: string;
    readonly given: number;
    readonly kept: number;
    readonly pairs: Record<string, unknown>[];
    readonly euclidean: {
      meanCosine: number | null;
      leaveOneOut: { mean: number | null; cosines: (number | null)[] };
    };
  }[];
  readonly directions: { euclidean: { concepts: string[]; cosine: number[][] } };
}

describe('concept-probe probe', () => {
  it('prints a table of concepts and one of directions', () => {
    const { status, out, error } = run('probe', example);
    assert.equal(status, 0, error);
    assert.equal(error, '');
    assert.match(out, /male → female +12\/14 +0\.22 +0\.39/u);
    assert.match(out, /princess is 2 tokens \(▁prin \+ cess\)/u);
    assert.match(out, /Cosines between concept directions, Euclidean inner product/u);
  });

  it('--json prints one document and nothing else', () => {
    const { status, out, error } = run('probe', '--json', example, '--seed', '7');
    assert.equal(status, 0, error);
    const document = JSON.parse(out) as Document;
    assert.equal(document.schema, 2);
    assert.equal(document.seed, 7);
    assert.equal(document.model.vocabSize, 32000);
    assert.equal(document.model.hiddenSize, 288);
    assert.ok(!out.includes(root), 'a result must not tell where the model lies');
    assert.deepEqual(document.model.head, {
      format: 'ONNX',
      tensor: 'model.embed_tokens.weight',
      operator: 'MatMul',
      elementType: 'float32',
      layout: '[vocab, hidden]',
      tied: true,
    });
    const [first] = document.concepts;
    assert.deepEqual(Object.keys(first!), ['name', 'note', 'given', 'kept', 'pairs', 'euclidean', 'causal']);
    const { baseIds, targetIds, status: pairStatus } = first!.pairs[0]!;
    assert.deepEqual(
      { baseIds, targetIds, pairStatus },
      { baseIds: [6989], targetIds: [26624], pairStatus: 'kept' },
    );
    assert.equal(first!.euclidean.leaveOneOut.cosines.length, first!.kept);
    assert.equal(document.directions.euclidean.cosine.length, document.concepts.length);
  });

  it('gives the same output twice', () => {
    // Except for where the covariance came from.
    const [first, second] = [1, 2].map(() =>
      run('probe', example, '--json').out.replace(/"cached": \w+/u, ''),
    );
    assert.equal(first, second);
  });

  it('writes JSON, CSV and HTML files', () => {
    withFolder((folder) => {
      const [json, csv, html] = ['out.json', 'tables', 'report.html'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      const { status, out, error } = run('probe', example, '--json', json, '--csv', csv, '--html', html);
      assert.equal(status, 0, error);
      assert.match(out, /male → female/u);
      assert.equal((JSON.parse(readFileSync(json, 'utf8')) as Document).schema, 2);
      // Metadata, concepts and pairs; the control; for each product directions, differences, shared tokens, p, q and 8 maps.
      assert.equal(readdirSync(csv).length, 3 + 1 + 2 * (5 + 8));
      assert.match(out, /Wrote .*out\.json, .*tables, .*report\.html\n$/u);
      assert.match(readFileSync(html, 'utf8'), /^<!doctype html>/u);
    });
  });

  it('accepts folders of pair files, one concept each', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, '[male - female].txt'), 'king\tqueen\nman\twoman\nalone\n');
      writeFileSync(join(folder, 'number.csv'), 'tree,trees\ndog,dogs\n');
      const { status, out, error } = run('probe', folder, '--json');
      assert.equal(status, 0);
      assert.match(error, /\[male - female\]\.txt:3: skipped/u);
      assert.deepEqual(
        (JSON.parse(out) as Document).concepts.map(({ name }) => name),
        ['male - female', 'number'],
      );
    });
  });

  it('reads a concept file with a byte order mark', () => {
    withFolder((folder) => {
      const file = join(folder, 'bom.concepts.json');
      writeFileSync(file, `\uFEFF${readFileSync(example, 'utf8')}`);
      assert.equal(run('probe', file).status, 0);
    });
  });

  it('never reads its own tables as concepts', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'pairs.csv'), 'king,queen\nman,woman\n');
      assert.equal(run('probe', folder, '--csv', folder).status, 0);
      assert.equal(readFileSync(join(folder, 'pairs.csv'), 'utf8'), 'king,queen\nman,woman\n');
      const document = JSON.parse(run('probe', folder, '--json').out) as Document;
      assert.deepEqual(
        document.concepts.map(({ name }) => name),
        ['pairs'],
      );
    });
  });

  it('gives null for a concept with too few pairs', () => {
    withFolder((folder) => {
      const file = join(folder, 'one.txt');
      writeFileSync(file, 'king, queen');
      const [concept] = (JSON.parse(run('probe', file, '--json').out) as Document).concepts;
      const { meanCosine, leaveOneOut } = concept!.euclidean;
      assert.deepEqual([meanCosine, leaveOneOut.mean, leaveOneOut.cosines], [null, null, [null]]);
    });
  });

  it('says which of several ONNX files it uses and how to choose another', () => {
    withFolder((folder) => {
      writeTwoFiles(folder, 32_000);
      const { status, error } = run('probe', example, '--model', folder);
      assert.equal(status, 0, error);
      assert.match(
        error,
        /has 2 files of weights; using onnx\/model\.onnx\. Choose another with --file onnx\/model_other\.onnx/u,
      );
    });
  });

  it('uses the named ONNX file', () => {
    withFolder((folder) => {
      writeTwoFiles(folder, 32_000);
      const { out, error } = run(
        'probe',
        example,
        '--json',
        '--model',
        folder,
        '--file',
        'onnx/model_other.onnx',
      );
      assert.equal(error, '');
      assert.equal((JSON.parse(out) as { model: { file: string } }).model.file, 'onnx/model_other.onnx');
      refused(2, /--file names a file in the folder of --model; give both/u, 'model', '--file', 'x.onnx');
      refused(
        1,
        /There is no model folder .*nothing\.onnx/u,
        'model',
        '--model',
        folder,
        '--file',
        'nothing.onnx',
      );
    });
  });

  it('counts words of several tokens if it is told how', () => {
    const document = JSON.parse(run('probe', example, '--json', '--tokens', 'mean').out) as Document & {
      tokens: unknown;
    };
    assert.deepEqual(document.tokens, { policy: 'mean', leadingSpace: true });
    assert.ok(document.concepts.every(({ kept, given }) => kept === given));
    refused(
      2,
      /--tokens must be one of single, first, last, mean, not “all”/u,
      'probe',
      example,
      '--tokens',
      'all',
    );
  });

  it('rejects a tokenizer of another model', () => {
    withFolder((folder) => {
      writeTwoFiles(folder, 640);
      refused(
        1,
        /knows token \d+, but onnx\/model\.onnx has 640 tokens; take both from the same model/u,
        'probe',
        example,
        '--model',
        folder,
      );
    });
  });

  it('rejects in one sentence what it cannot do', () => {
    withFolder((folder) => {
      const file = (name: string, text: string): string => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      };
      refused(1, /nowhere\.json does not exist/u, 'probe', 'nowhere.json');
      refused(1, /empty\.concepts\.json:1:1: it is empty/u, 'probe', file('empty.concepts.json', ''));
      refused(1, /bad\.concepts\.json:1:2: the closing “\}”/u, 'probe', file('bad.concepts.json', '{\n'));
      refused(
        1,
        /contains no concepts; add one/u,
        'probe',
        file('none.concepts.json', '{"version":1,"concepts":[]}'),
      );
      const twice = '{"version":1,"concepts":[{"name":"a","pairs":[]},{"name":"a","pairs":[]}]}';
      refused(1, /the concept “a” appears twice/u, 'probe', file('twice.concepts.json', twice));
      refused(1, /There is no model folder/u, 'probe', example, '--model', join(folder, 'no-model'));
      refused(1, /has no \.onnx, \.safetensors or \.gguf file/u, 'probe', example, '--model', folder);
      refused(
        1,
        /has no tokenizer\.json; copy it there/u,
        'probe',
        example,
        '--model',
        join(headFixtures, 'tied-fp16'),
      );
      refused(
        1,
        /royalty\.concepts\.json.x\.html cannot be written \(\w+\)/u,
        'probe',
        example,
        '--html',
        join(example, 'x.html'),
      );
    });
  });

  it('rejects wrong usage with exit code 2', () => {
    refused(2, /probe needs a concept file/u, 'probe');
    refused(2, /Unknown option '--nonsense'/u, 'probe', example, '--nonsense');
    refused(2, /--seed needs whole numbers, not “x”/u, 'probe', example, '--seed', 'x');
    refused(2, /There is no command toString/u, 'toString');
  });

  it('prints its usage', () => {
    const { status, out } = run('--help');
    assert.equal(status, 0);
    assert.match(out, /concept-probe probe <concept file/u);
    assert.equal(run('help').out, out);
    const nothing = run();
    assert.deepEqual([nothing.status, nothing.out], [2, out]);
  });

  it('explains the options of one command', () => {
    const { status, out } = run('probe', '--help');
    assert.equal(status, 0);
    assert.match(out, /^ {2}--seed N +Seed of all random draws, recorded in the result \(default: 0\)$/mu);
    assert.match(out, /^ {2}--permutations N +Permutations .+ \(default: 10000\)$/mu);
    assert.doesNotMatch(out, /--against/u);
    assert.equal(run('probe', example, '--seed', '3', '--help').out, out);
    assert.equal(run('help', 'probe').out, out);
    refused(2, /There is no command toString/u, 'help', 'toString');
  });
});

/** A generated model with the built-in model's tokenizer, in two files. */
function writeTwoFiles(folder: string, vocabSize: number): void {
  const rows = Float32Array.from({ length: 2 * vocabSize }, (_, i) => Math.sin(i));
  const rawData = new Uint8Array(rows.buffer);
  writeModel(folder, { name: 'W', dims: [2, vocabSize], dataType: onnxDataType.float, rawData });
  copyFileSync(join(folder, 'onnx', 'model.onnx'), join(folder, 'onnx', 'model_other.onnx'));
  const embedded = join(root, 'dist', 'models', 'stories15M');
  copyFileSync(join(embedded, 'tokenizer.json'), join(folder, 'tokenizer.json'));
}

describe('concept-probe model', () => {
  it('describes the folder', () => {
    const { out } = run('model');
    assert.match(
      out,
      /stories15M: unembedding 32,000 × 288 in onnx\/model\.onnx\n +head +MatMul, float32, stored \[vocab, hidden\], tied to the embedding/u,
    );
  });

  it('--json gives the same as data, without a tokenizer too', () => {
    const { status, out } = run('model', '--json', '--model', join(headFixtures, 'untied-fp32-external'));
    assert.equal(status, 0);
    const details = JSON.parse(out) as {
      vocabSize: number;
      tokenizer: null;
      files: { path: string }[];
      abilities: { works: boolean }[];
    };
    assert.equal(details.vocabSize, 640);
    assert.equal(details.tokenizer, null);
    assert.deepEqual(
      details.abilities.map(({ works }) => works),
      [true, false, false],
    );
    assert.ok(details.files.some(({ path }) => path === 'onnx/model.onnx.data'));
  });

  it('describes a folder whose head cannot be read, with the reason', () => {
    withFolder((folder) => {
      writeModel(folder, {
        name: 'W',
        dims: [2, 3],
        dataType: onnxDataType.float8e5m2,
        rawData: new Uint8Array(6),
      });
      writeFileSync(
        join(folder, 'config.json'),
        '\uFEFF{"model_type": "llama", "vocab_size": 3, "hidden_size": 2}',
      );
      const { status, out } = run('model', '--model', folder);
      assert.equal(status, 0);
      assert.match(
        out,
        /unembedding 3 × 2 in onnx\/model\.onnx\n +head +cannot be read, see below\n +architecture +llama/u,
      );
      assert.match(
        out,
        /no +rows of the unembedding by token id: .*unsupported LM-head format: MatMul with float8e5m2 weights/u,
      );
      refused(
        1,
        /unsupported LM-head format/u,
        'unembedding',
        '--all',
        '--npy',
        join(folder, 'x.npy'),
        '--model',
        folder,
      );
    });
  });
});

describe('concept-probe unembedding', () => {
  it('writes the rows of words, of ids and of the whole vocabulary', () => {
    withFolder((folder) => {
      const npy = join(folder, 'rows.npy');
      assert.equal(run('unembedding', '--words', 'king,queen', '--npy', npy).status, 0);
      const words = readNpy(npy);
      assert.deepEqual([words.rows, words.columns], [2, 288]);
      run('unembedding', '--ids', '26624,6989', '--npy', npy);
      const ids = readNpy(npy);
      assert.deepEqual(ids.data.subarray(0, 288), words.data.subarray(288));
      const model = join(headFixtures, 'untied-fp16');
      run('unembedding', '--model', model, '--all', '--npy', npy);
      assert.deepEqual(readNpy(npy), readNpy(join(model, 'unembedding.npy')));
    });
  });

  it('writes nothing if it fails', () => {
    withFolder((folder) => {
      const npy = join(folder, 'rows.npy');
      refused(
        1,
        /“princess” is 2 tokens \(▁prin \+ cess\)/u,
        'unembedding',
        '--words',
        'princess',
        '--npy',
        npy,
      );
      refused(1, /Token id 32000 is outside the vocabulary/u, 'unembedding', '--ids', '32000', '--npy', npy);
      refused(
        1,
        /cannot be written \(ENOTDIR|EEXIST\)/u,
        'unembedding',
        '--ids',
        '1',
        '--npy',
        join(example, 'x.npy'),
      );
      refused(2, /exactly one of --ids, --words and --all/u, 'unembedding', '--npy', npy);
      refused(2, /unembedding needs --npy FILE/u, 'unembedding', '--all');
      assert.deepEqual(readdirSync(folder), []);
    });
  });
});
