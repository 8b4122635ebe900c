import assert from 'node:assert/strict';
import { withFolder } from '../support/fixtures';
import { floats, ints, node, numbers } from '../support/headForms';
import { hiddenSize, int64s, modelOf, type LogitsForm } from '../support/logitsTruth';
import { openHead, writeHead } from '../support/writeHead';

const vocab = 12;
const matrixOf = (name: string, rows: number, columns: number, seed = 5) =>
  floats(name, [rows, columns], numbers(rows * columns, seed));
const W = matrixOf('W', hiddenSize, vocab);
const U = matrixOf('U', vocab, hiddenSize);
const product = node('MatMul', ['hidden', 'W'], 'p');
const perm = (order: number[]) => [{ name: 'perm', ints: order }];
const behind = (nodes: LogitsForm['node'], tensors: LogitsForm['initializer'] = []): LogitsForm => ({
  node: [product, ...nodes],
  initializer: [W, ...tensors],
});
const sliced = (starts: number[], ends: number[], axes: number[], steps: number[]) =>
  behind(
    [node('Slice', ['p', 'starts', 'ends', 'axes', 'steps'], 'logits')],
    Object.entries({ starts, ends, axes, steps }).map(([name, list]) => int64s(name, list)),
  );
const lora = (scaled: boolean): LogitsForm => ({
  node: [
    product,
    node('MatMul', ['hidden', 'A'], 'down'),
    node('MatMul', ['down', 'B'], 'up'),
    ...(scaled ? [node('Mul', ['s', 'up'], 'more')] : [node('Identity', ['up'], 'more')]),
    node('Add', ['p', 'more'], 'logits'),
  ],
  initializer: [W, matrixOf('A', hiddenSize, 2), matrixOf('B', 2, vocab), floats('s', [], [2])],
});

const wholeVocabulary = 'export the model with the logits of the whole vocabulary';
const oneMatMul = 'export the model with its LM head as one MatMul';
const adapter = 'merge the adapter into the model and export it again';

/** What is rejected, under which name, and with which remedy. */
const refused: readonly (readonly [string, LogitsForm, string, string])[] = [
  ['every second token', sliced([0], [99], [2], [2]), 'Slice of some tokens', wholeVocabulary],
  ['tokens backwards', sliced([-1], [-99], [-1], [-1]), 'Slice of some tokens', wholeVocabulary],
  ['from the third token on', sliced([3], [99], [-1], [1]), 'Slice of some tokens', wholeVocabulary],
  ['the last five tokens', sliced([-5], [99], [2], [1]), 'Slice of some tokens', wholeVocabulary],
  ['no token at all', sliced([0], [0], [2], [1]), 'Slice of some tokens', wholeVocabulary],
  [
    'a cut at a token that only a run knows',
    behind(
      [
        node('Shape', ['hidden'], 'shape'),
        node('Gather', ['shape', 'zero'], 'end'),
        node('Slice', ['p', 'zero', 'end', 'two'], 'logits'),
      ],
      [int64s('zero', [0]), int64s('two', [2])],
    ),
    'Slice of some tokens',
    wholeVocabulary,
  ],
  [
    'tokens that a list names',
    behind([node('Gather', ['p', 'list'], 'logits', ints({ axis: -1 }))], [int64s('list', [4, 2, 0])]),
    'Gather of some tokens',
    wholeVocabulary,
  ],
  [
    'tokens of a matrix of two axes, by the second',
    behind(
      [node('Reshape', ['p', 'flat'], 'rows'), node('Gather', ['rows', 'list'], 'logits', ints({ axis: 1 }))],
      [int64s('flat', [-1, vocab]), int64s('list', [0, 9, 2])],
    ),
    'Gather of some tokens',
    wholeVocabulary,
  ],
  [
    'tokens that were moved to the front',
    behind(
      [
        node('Transpose', ['p'], 't', perm([2, 0, 1])),
        node('Gather', ['t', 'list'], 'g'),
        node('Transpose', ['g'], 'logits', perm([1, 2, 0])),
      ],
      [int64s('list', [1, 0])],
    ),
    'Gather of some tokens',
    wholeVocabulary,
  ],
  [
    'positions and tokens merged',
    behind([node('Reshape', ['p', 'flat'], 'logits')], [int64s('flat', [0, -1])]),
    'Reshape that may mix tokens with positions',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'the vocabulary put apart',
    behind([node('Reshape', ['p', 'flat'], 'logits')], [int64s('flat', [0, 0, 3, 4])]),
    'Reshape that may mix tokens with positions',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'half of the tokens, by Split',
    behind([node('Split', ['p'], 'logits rest', ints({ axis: -1, num_outputs: 2 }))]),
    'Split before the logits',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'tokens written over others',
    behind(
      [node('ScatterElements', ['p', 'list', 'more'], 'logits', ints({ axis: 2 }))],
      [int64s('list', [3], [1, 1, 1]), floats('more', [1, 1, 1], [1])],
    ),
    'ScatterElements before the logits',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'constants behind the tokens',
    behind(
      [node('Concat', ['p', 'more'], 'logits', ints({ axis: -1 }))],
      [floats('more', [1, 1, 4], [0, 0, 0, 0])],
    ),
    'Concat with values that are not products',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'products behind each other in time',
    behind([node('MatMul', ['hidden', 'W'], 'q'), node('Concat', ['p', 'q'], 'logits', ints({ axis: 1 }))]),
    'Concat along an axis other than the vocabulary',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'parts of which one is scaled',
    behind(
      [node('Mul', ['p', 'two'], 'q'), node('Concat', ['p', 'q'], 'logits', ints({ axis: -1 }))],
      [floats('two', [], [2])],
    ),
    'Concat of products with different scales',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'parts of different values',
    behind([
      node('Tanh', ['hidden'], 'other'),
      node('MatMul', ['other', 'W'], 'q'),
      node('Concat', ['p', 'q'], 'logits', ints({ axis: -1 })),
    ]),
    'Concat of products of different values',
    'export the model so that the logits are the direct output of its LM head',
  ],
  [
    'the vocabulary left in the middle',
    behind([node('Transpose', ['p'], 'logits', perm([0, 2, 1]))]),
    'logits whose last axis is not the vocabulary',
    'export the logits as [batch, sequence, vocabulary]',
  ],
  ['an adapter beside the head', lora(false), 'an adapter (LoRA) added to the head by Add', adapter],
  ['a scaled adapter beside the head', lora(true), 'an adapter (LoRA) added to the head by Add', adapter],
  [
    'an adapter in the weight',
    {
      node: [
        node('MatMul', ['A', 'B'], 'more'),
        node('Add', ['W', 'more'], 'merged'),
        node('MatMul', ['hidden', 'merged'], 'logits'),
      ],
      initializer: [W, matrixOf('A', hiddenSize, 2), matrixOf('B', 2, vocab)],
    },
    'weights computed by Add',
    'merge the adapter (LoRA) into the model and export it again',
  ],
  [
    'a weight that is the sum of two constants',
    {
      node: [node('Add', ['W', 'V'], 'sum'), node('MatMul', ['hidden', 'sum'], 'logits')],
      initializer: [W, matrixOf('V', hiddenSize, vocab, 6)],
    },
    'weights computed by Add',
    'store the LM head as it is used, with constant folding during export or with onnxsim',
  ],
  [
    'two products added',
    behind(
      [node('MatMul', ['hidden', 'V'], 'q'), node('Add', ['p', 'q'], 'logits')],
      [matrixOf('V', hiddenSize, vocab, 6)],
    ),
    'a sum of two products by Add',
    oneMatMul,
  ],
  [
    'a convolution over two positions',
    {
      node: [
        node('Transpose', ['hidden'], 'channels', perm([0, 2, 1])),
        node('Conv', ['channels', 'K'], 'c'),
        node('Transpose', ['c'], 'logits', perm([0, 2, 1])),
      ],
      initializer: [floats('K', [vocab, hiddenSize, 2], numbers(vocab * hiddenSize * 2, 5))],
    },
    'Conv with a kernel of more than one position',
    oneMatMul,
  ],
  [
    'an Einsum that keeps the hidden dimension',
    {
      node: [node('Einsum', ['hidden', 'U'], 'logits', [{ name: 'equation', s: 'bsh,vh->bhv' }])],
      initializer: [U],
    },
    'Einsum of bsh,vh->bhv',
    oneMatMul,
  ],
  [
    'an Einsum in its implicit form',
    {
      node: [node('Einsum', ['hidden', 'U'], 'logits', [{ name: 'equation', s: 'bsh,vh' }])],
      initializer: [U],
    },
    'Einsum of bsh,vh',
    oneMatMul,
  ],
  [
    'a part of the hidden dimensions',
    {
      node: [
        node('Slice', ['hidden', 'zero', 'two', 'two'], 'h'),
        node('Slice', ['W', 'zero', 'two', 'zero'], 'V'),
        node('MatMul', ['h', 'V'], 'logits'),
      ],
      initializer: [W, int64s('zero', [0]), int64s('two', [2])],
    },
    'MatMul with some of the hidden dimensions',
    'export the model with its LM head as a single matrix product',
  ],
  [
    'a weight for each batch',
    {
      node: [node('MatMul', ['hidden', 'V'], 'logits')],
      initializer: [floats('V', [2, hiddenSize, vocab], numbers(2 * hiddenSize * vocab, 5))],
    },
    `MatMul with a weight of shape [2, ${hiddenSize}, ${vocab}]`,
    'export the model with its LM head as a single matrix product',
  ],
  [
    'a weight with tokens backwards',
    {
      node: [
        node('Slice', ['W', 'starts', 'ends', 'axes', 'steps'], 'V'),
        node('MatMul', ['hidden', 'V'], 'logits'),
      ],
      initializer: [
        W,
        int64s('starts', [-1]),
        int64s('ends', [-99]),
        int64s('axes', [1]),
        int64s('steps', [-1]),
      ],
    },
    'Slice of the weights',
    'store the LM head as it is used, with constant folding during export or with onnxsim',
  ],
];

describe('unsupported operations between the head and the logits', () => {
  for (const [name, form, what, remedy] of refused) {
    it(name, () => {
      withFolder((folder) => {
        writeHead(folder, modelOf(form));
        assert.throws(
          () => openHead(folder),
          (error: Error) => {
            assert.equal(error.name, 'ModelError');
            assert.ok(error.message.includes(`unsupported LM-head format: ${what}`), error.message);
            assert.ok(error.message.endsWith(`; ${remedy}.`), error.message);
            return true;
          },
        );
      });
    });
  }

  it('a function that calls itself is rejected, not followed forever', () => {
    withFolder((folder) => {
      const opsetImport = { '': 18, ours: 1 };
      const called = (input: string, output: string) => ({
        ...node('loop', [input], output),
        domain: 'ours',
      });
      const loop = { name: 'loop', domain: 'ours', input: ['x'], output: ['y'], opsetImport };
      for (const inner of [[called('x', 'y')], [called('x', 'z'), node('MatMul', ['z', 'x'], 'y')]]) {
        const functions = [{ ...loop, node: inner }];
        writeHead(folder, modelOf({ node: [called('hidden', 'logits')], initializer: [], functions }));
        assert.throws(() => openHead(folder), { name: 'ModelError' });
      }
    });
  });

  it('functions that expand endlessly are rejected at once', () => {
    withFolder((folder) => {
      const opsetImport = { '': 18, ours: 1 };
      const functions = Array.from({ length: 40 }, (_, i) => ({
        ...{ name: `f${i}`, domain: 'ours', input: ['x'], output: ['y'], opsetImport },
        node: [
          { ...node(`f${i + 1}`, ['x'], 'a'), domain: 'ours' },
          { ...node(`f${i + 1}`, ['x'], 'b'), domain: 'ours' },
          node('Concat', ['a', 'b'], 'y', ints({ axis: -1 })),
        ],
      }));
      const form = {
        node: [{ ...node('f0', ['hidden'], 'logits'), domain: 'ours' }],
        initializer: [],
        functions,
      };
      writeHead(folder, modelOf(form));
      assert.throws(() => openHead(folder), { name: 'ModelError' });
    });
  });
});
