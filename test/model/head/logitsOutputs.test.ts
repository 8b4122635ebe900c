import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../../src/model/model';
import { onnxDataType, serializeOnnx, type OnnxValueInfo } from '../../../src/model/onnx/writer';
import { printed, refused, run } from '../support/cli';
import { fieldFixtures, readNpy, withFolder } from '../support/fixtures';
import { floats, node } from '../support/headForms';
import { openHead } from '../support/writeHead';
import { wordOf, writeSmallTokenizer } from '../support/smallModel';

type Output = readonly [name: string, shape?: readonly (number | string)[]];

const logitsShape = ['batch', 'sequence', 3] as const;
const weights = [1, 4, 2, 5, 3, 6];

function valueInfo([name, shape]: Output): OnnxValueInfo {
  return { name, elemType: onnxDataType.float, ...(shape && { shape }) };
}

/** A model with these outputs: each is hidden · W with a different multiple of W, starting with 1. */
function modelBytes(outputs: readonly Output[]): Uint8Array {
  return serializeOnnx({
    irVersion: 8,
    opsetImport: { '': 17 },
    graph: {
      node: outputs.map(([name], i) => node('MatMul', ['hidden', `W${i + 1}`], name)),
      initializer: outputs.map((_, i) =>
        floats(
          `W${i + 1}`,
          [2, 3],
          [1, 2, 3, 4, 5, 6].map((value) => value * (i + 1)),
        ),
      ),
      output: outputs.map(valueInfo),
    },
  });
}

function writeOutputs(folder: string, outputs: readonly Output[], file = 'model.onnx'): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), modelBytes(outputs));
}

function writeGenai(folder: string, decoder: unknown): void {
  writeFileSync(join(folder, 'genai_config.json'), JSON.stringify({ model: { decoder } }));
}

/** The output that is used, by its number from 1. */
function taken(path: string, output?: string): number {
  const model = new Model(path, output);
  try {
    const rows = [...model.unembedding.rows([0, 1, 2]).data];
    const factor = rows[0]!;
    assert.deepEqual(
      rows,
      weights.map((value) => value * factor),
    );
    return factor;
  } finally {
    model.close();
  }
}

describe('the output that holds the logits', () => {
  const cache: Output = ['present.0.key', ['batch', 2, 'past', 4]];
  const found: Readonly<Record<string, readonly [number, readonly Output[]]>> = {
    'logits among others': [
      2,
      [
        ['lm_logits', logitsShape],
        ['logits', logitsShape],
      ],
    ],
    'an only name that ends in logits': [2, [['output', logitsShape], ['model_logits', logitsShape], cache]],
    'in any case': [1, [['LM_Logits'], cache]],
    'an only output of three dimensions': [2, [cache, ['tokens_out', logitsShape], ['score', ['batch', 3]]]],
    'beside hidden states': [
      2,
      [
        ['last_hidden_state', logitsShape],
        ['output', logitsShape],
      ],
    ],
    'the only output, without a shape': [1, [['output']]],
    'the only output, of flat positions': [1, [['output', ['positions', 3]]]],
    'the only one that is not the cache, without shapes': [
      2,
      [['present.0.key'], ['out'], ['present.0.value']],
    ],
  };
  for (const [name, [number, outputs]] of Object.entries(found)) {
    it(`is found: ${name}`, () => {
      withFolder((folder) => {
        writeOutputs(folder, outputs);
        assert.equal(taken(folder), number);
      });
    });
  }

  it('is the one named in genai_config.json, if the file has it', () => {
    withFolder((folder) => {
      writeOutputs(folder, [
        ['logits', logitsShape],
        ['scores', logitsShape],
      ]);
      writeGenai(folder, { filename: 'model.onnx', outputs: { logits: 'scores' } });
      assert.equal(taken(folder), 2);
      writeGenai(folder, { filename: 'model.onnx', outputs: { logits: 'elsewhere' } });
      assert.equal(taken(folder), 1);
    });
  });

  it('is the one chosen by the user, above all', () => {
    withFolder((folder) => {
      writeOutputs(folder, [
        ['logits', logitsShape],
        ['draft_logits', logitsShape],
      ]);
      assert.equal(taken(folder, 'draft_logits'), 2);
      assert.throws(() => taken(folder, 'loggits'), {
        name: 'ModelError',
        message:
          /model\.onnx has no output named loggits; choose one of its outputs: logits, draft_logits\.$/u,
      });
    });
  });

  it('must be named if there are several candidates, and is reported as missing if there are none', () => {
    withFolder((folder) => {
      for (const outputs of [
        [
          ['first', logitsShape],
          ['second', logitsShape],
        ],
        [
          ['prefill_logits', logitsShape],
          ['decode_logits', logitsShape],
          ['output', logitsShape],
        ],
      ] as const) {
        writeOutputs(folder, outputs);
        assert.throws(() => taken(folder), {
          name: 'ModelError',
          message: new RegExp(
            `has several outputs that may hold the logits: ${outputs[0][0]}, ${outputs[1][0]}; specify one \\(--output NAME`,
            'u',
          ),
        });
        assert.equal(taken(folder, outputs[1][0]), 2);
      }
      writeOutputs(folder, [['last_hidden_state', logitsShape]]);
      assert.throws(() => taken(folder), {
        message:
          /has no output named logits \(its outputs: last_hidden_state\); export the model with its LM head/u,
      });
    });
  });

  it('is found in a published model: lm_logits', () => {
    const { rows } = openHead(join(fieldFixtures, 'output-name', 'lm_logits'));
    assert.deepEqual([...rows], [...readNpy(join(fieldFixtures, 'U.npy')).data]);
  });
});

describe('a pipeline of onnxruntime-genai', () => {
  const parts = ['context', 'embeddings', 'lm_head', 'tail'];
  const part = (name: string, outputs: readonly string[], more: object = {}) => ({
    [name]: { filename: `${name}.onnx`, outputs, ...more },
  });
  const found: Readonly<Record<string, readonly [string, object]>> = {
    'by its outputs': [
      'lm_head',
      { pipeline: [part('context', ['h']), part('lm_head', ['logits']), part('tail', ['x'])] },
    ],
    'by its outputs, whatever part is marked': [
      'lm_head',
      { pipeline: [part('context', ['h'], { is_lm_head: true }), part('lm_head', ['logits'])] },
    ],
    'by the output’s own name': [
      'tail',
      { pipeline: [part('context', ['logits']), part('tail', ['scores'])], outputs: { logits: 'scores' } },
    ],
    'by the mark, where no outputs are listed': [
      'lm_head',
      { pipeline: [part('lm_head', [], { is_lm_head: true }), part('tail', [])] },
    ],
    'by both, where two list the logits': [
      'lm_head',
      { pipeline: [part('context', ['logits']), part('lm_head', ['logits'], { is_lm_head: true })] },
    ],
    'as the last part': ['lm_head', { pipeline: [part('context', ['h']), part('lm_head', ['y'])] }],
    'in one object': ['lm_head', { pipeline: { ...part('context', ['h']), ...part('lm_head', ['logits']) } }],
  };
  for (const [name, [file, decoder]] of Object.entries(found)) {
    it(`is opened by the part that computes the logits: ${name}`, () => {
      withFolder((folder) => {
        for (const each of parts) writeOutputs(folder, [['output', logitsShape]], `${each}.onnx`);
        writeGenai(folder, decoder);
        const { folder: opened } = new Model(folder);
        assert.equal(opened.file, `${file}.onnx`);
        // Parts of the pipeline are not alternatives to each other.
        const listed = parts.filter((each) => JSON.stringify(decoder).includes(`${each}.onnx`));
        assert.ok(listed.every((each) => !opened.otherFiles.includes(`${each}.onnx`)));
        assert.ok(opened.otherFiles.includes('embeddings.onnx'));
        assert.equal(new Model(join(folder, 'context.onnx')).folder.file, 'context.onnx');
      });
    });
  }

  it('is opened in a published model: without a note on other files, and with --file unchanged', () => {
    const folder = join(fieldFixtures, 'genai-pipeline', 'model');
    withFolder((out) => {
      const npy = join(out, 'u.npy');
      for (const file of [[], ['--file', 'lm_head.onnx']]) {
        printed('unembedding', '--model', folder, ...file, '--all', '--npy', npy);
        assert.deepEqual(readNpy(npy), readNpy(join(fieldFixtures, 'U.npy')));
      }
      assert.match(printed('model', '--model', folder), /unembedding 12 × 4 in lm_head\.onnx/u);
      refused(
        1,
        /context\.onnx has no output named logits/u,
        ...['unembedding', '--model', folder],
        ...['--file', 'context.onnx', '--all', '--npy', npy],
      );
    });
  });
});

describe('--output', () => {
  it('names the output in every command that takes a model, and in the results', () => {
    withFolder((folder) => {
      const model = join(folder, 'model');
      writeOutputs(model, [
        ['first', logitsShape],
        ['second', logitsShape],
      ]);
      writeSmallTokenizer(model, 3);
      const concepts = join(folder, 'c.concepts.json');
      const pairs = [
        [wordOf(0), wordOf(1)],
        [wordOf(1), wordOf(2)],
      ];
      writeFileSync(
        concepts,
        JSON.stringify({ version: 1, tokens: { leadingSpace: false }, concepts: [{ name: 'c', pairs }] }),
      );
      const npy = join(folder, 'u.npy');
      refused(
        1,
        /several outputs that may hold the logits: first, second; specify one \(--output/u,
        ...['unembedding', '--model', model, '--all', '--npy', npy],
      );
      const chosen = ['--model', model, '--output', 'second'];
      printed('unembedding', ...chosen, '--all', '--npy', npy);
      assert.deepEqual(
        [...readNpy(npy).data],
        weights.map((value) => 2 * value),
      );
      assert.match(printed('model', ...chosen), /logits from the output second/u);
      const axis = [concepts, ...chosen, '--concept', 'c', '--product', 'euclidean'];
      const probe = ['probe', concepts, ...chosen, '--product', 'euclidean'];
      assert.match(printed(...probe), /logits from the output second/u);
      const { model: summary } = JSON.parse(printed(...probe, '--json')) as {
        model: { head: { output: string } };
      };
      assert.equal(summary.head.output, 'second');
      const { output } = JSON.parse(printed('vocabulary', ...axis, '--json')) as { output: string };
      assert.equal(output, 'second');
      printed('neighbours', ...axis, '--base', wordOf(0));
      // Also for the second model, if it has that output.
      assert.match(printed(...probe, '--compare', model), /Compared: first/u);
      const other = join(folder, 'other');
      writeOutputs(other, [['logits', logitsShape]]);
      writeSmallTokenizer(other, 3);
      assert.match(printed(...probe, '--compare', other), /Compared: first/u);
      // The graph has no inputs, so it cannot run, but its head is found.
      assert.doesNotMatch(
        run('embed', ...chosen, '--ids', '0', '--npy', npy).error,
        /several outputs|Unknown option/u,
      );
    });
  });

  it('needs a model', () => {
    refused(2, /--output names an output of the model in --model; give both/u, 'model', '--output', 'x');
  });
});
