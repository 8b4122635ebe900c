import assert from 'node:assert/strict';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { environmentAt, put, putInCache, putInOllama, smallGguf } from '../support/fakeHome';
import { runWith, type Run } from '../support/cli';
import { readNpy, withFolder } from '../support/fixtures';
import { writeSmallTokenizer, wordOf } from '../support/smallModel';
import { safetensorsBytes } from '../support/writeSafetensors';

const rows = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i + 1));
const checkpoint = safetensorsBytes({
  'lm_head.weight': { dtype: 'F32', shape: [3, 4], data: new Uint8Array(rows.buffer) },
});

/** A home with one model of Ollama and one in the Hugging Face cache. */
function withHome(body: (home: string, run: (...args: readonly string[]) => Run) => void): void {
  withFolder((home) => {
    const ollama = join(home, '.ollama', 'models');
    putInOllama(ollama, 'registry.ollama.ai/library/llama2/7b', smallGguf(), {
      fileType: 'Q4_0',
      seconds: 86_400,
    });
    const cache = join(home, '.cache', 'huggingface', 'hub');
    putInCache(
      cache,
      'meta-llama/Llama-2-7b-hf',
      { 'model.safetensors': checkpoint },
      { seconds: 2 * 86_400 },
    );
    body(home, (...args) => runWith(environmentAt(home), ...args));
  });
}

/** What it prints on standard output; it must succeed and print nothing else. */
function printedBy({ status, out, error }: Run): string {
  assert.deepEqual([status, error], [0, '']);
  return out;
}

describe('concept-probe models', () => {
  it('prints a table, newest first', () => {
    withHome((_, run) => {
      const lines = printedBy(run('models')).trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => line.trim().split(/ {2,}/u)),
        [
          ['Model', 'Size', 'Format', 'Precision', 'Changed'],
          [
            'hf:meta-llama/Llama-2-7b-hf@main',
            `${checkpoint.length} bytes`,
            'safetensors',
            'F32',
            '1970-01-03',
          ],
          ['ollama:llama2:7b', `${smallGguf().length} bytes`, 'GGUF', 'Q4_0', '1970-01-02'],
        ],
      );
    });
  });

  it('prints a document with --json', () => {
    withHome((home, run) => {
      const { models, ...head } = JSON.parse(printedBy(run('models', '--json'))) as { models: object[] };
      assert.deepEqual(head, { schema: 1, version });
      assert.equal(models.length, 2);
      const { path, ...first } = models[0] as { path: string };
      assert.ok(path.startsWith(join(home, '.cache')));
      assert.deepEqual(first, {
        source: 'hf',
        reference: 'hf:meta-llama/Llama-2-7b-hf@main',
        name: 'meta-llama/Llama-2-7b-hf',
        bytes: checkpoint.length,
        format: 'safetensors',
        precision: 'F32',
        modified: '1970-01-03T00:00:00.000Z',
      });
    });
  });

  it('says so if there are none', () => {
    withFolder((home) => {
      const out = printedBy(runWith(environmentAt(home), 'models'));
      assert.match(out, /^No models were found in the Hugging Face cache, .*\.\n$/u);
    });
  });
});

describe('--model', () => {
  it('takes a name from the list', () => {
    withHome((home, run) => {
      const npy = join(home, 'rows.npy');
      for (const model of ['hf:meta-llama/Llama-2-7b-hf@main', 'hf:meta-llama/Llama-2-7b-hf']) {
        printedBy(run('unembedding', '--model', model, '--all', '--npy', npy));
        assert.deepEqual(readNpy(npy).data, rows);
      }
      assert.match(
        printedBy(run('model', '--model', 'ollama:llama2:7b')),
        /^llama2:7b: unembedding 3 × 4 in sha256-\S+\n[^]*\n {2}source {8}Ollama \(ollama:llama2:7b\)\n/u,
      );
      const details = printedBy(run('model', '--model', 'hf:meta-llama/Llama-2-7b-hf', '--json'));
      const { name, source } = JSON.parse(details) as { name: string; source: string };
      assert.equal(name, 'Llama-2-7b-hf');
      assert.equal(source, 'Hugging Face cache (hf:meta-llama/Llama-2-7b-hf)');
    });
  });

  it('names a file of a listed model with --file, and the tokenizer beside it is used', () => {
    withHome((home, run) => {
      const folder = join(home, '.lmstudio', 'models', 'publisher', 'small');
      put(join(folder, 'small-F32.gguf'), smallGguf());
      put(join(folder, 'small-F16.gguf'), smallGguf({ a: true }));
      writeSmallTokenizer(folder, 3);
      const npy = join(home, 'rows.npy');
      const reference = 'lmstudio:publisher/small';
      printedBy(
        run('unembedding', '--model', `${reference}/small-F16.gguf`, '--words', wordOf(1), '--npy', npy),
      );
      const { error } = run('model', '--model', reference);
      assert.match(
        error,
        /has 2 files of weights; using small-F32\.gguf\. Choose another with --file small-F16\.gguf/u,
      );
      const out = printedBy(run('model', '--model', reference, '--file', 'small-F16.gguf'));
      assert.match(out, /^small: unembedding 3 × 4 in small-F16\.gguf/u);
    });
  });

  it('says in one sentence that a name is unknown', () => {
    withHome((_, run) => {
      for (const model of ['ollama:foo', 'hf:meta-llama/Llama-2-70b-hf@main', 'lmstudio:a/b/c.gguf']) {
        const { status, out, error } = run('model', '--model', model);
        const sentence = `There is no model ${model} on this machine; “concept-probe models” lists those that are there.`;
        assert.deepEqual([status, out, error], [1, '', `concept-probe: ${sentence}\n`]);
      }
    });
  });
});
