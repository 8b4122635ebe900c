import { ModelError } from '../../../src/errors';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OnnxAttribute, OnnxNode, OnnxTensor } from '../../../src/model/onnx/writer';
import { assertClose } from '../support/assertClose';
import { withFolder } from '../support/fixtures';
import { floats, ints, node, numbers } from '../support/headForms';
import { hiddenSize, int64s, modelOf, runtimeUnembedding, type LogitsForm } from '../support/logitsTruth';
import { openHead, writeHead } from '../support/writeHead';

const vocab = 6;
/** `[batch, sequence]` of every run. */
const positions = [2, 3];

/** A chain under construction: its nodes, and the shape of the last value in a run. */
interface Chain {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly shape: readonly number[];
}

/** Small whole numbers, used in order and cyclically. */
type Choices = readonly number[];
type Link = (chain: Chain, choices: Choices) => Chain;

const last = ({ nodes }: Chain): string => nodes.at(-1)!.output[0]!;
const pick = (choices: Choices, at: number, count: number): number => choices[at]! % count;

function extended(
  chain: Chain,
  opType: string,
  tensors: readonly OnnxTensor[],
  shape: readonly number[],
  attribute: readonly OnnxAttribute[] = [],
): Chain {
  const name = `v${chain.nodes.length}`;
  const own = tensors.map((tensor, i) => ({ ...tensor, name: `${name}.${i}` }));
  const inputs = [last(chain), ...own.map((tensor) => tensor.name)];
  return {
    nodes: [...chain.nodes, node(opType, inputs, name, attribute)],
    tensors: [...chain.tensors, ...own],
    shape,
  };
}

/** Axes are counted from the start or from the end. */
const named = (axis: number, rank: number, choice: number): number => (choice % 2 ? axis : axis - rank);

const slice: Link = (chain, choices) => {
  const { shape } = chain;
  const axis = pick(choices, 0, shape.length);
  const size = shape[axis]!;
  const step = [1, 1, 1, 2, -1][pick(choices, 1, 5)]!;
  const start = step < 0 ? size - 1 : [0, 0, 0, 1, -size, -1][pick(choices, 2, 6)]!;
  const end = step < 0 ? -size - 1 : [Infinity, size, size - 1, -1][pick(choices, 3, 4)]!;
  const at = (index: number): number => Math.min(size, Math.max(0, index < 0 ? index + size : index));
  const length = step < 0 ? size : Math.max(0, Math.ceil((at(end) - at(start)) / step));
  const cut = shape.map((each, i) => (i === axis ? length : each));
  if (length === 0) return chain;
  const withoutAxes = shape.map((_, i) => i).slice(0, axis + 1);
  return choices[4]! % 3 === 0 && step === 1
    ? extended(
        chain,
        'Slice',
        [
          int64s(
            '',
            withoutAxes.map((i) => (i === axis ? start : 0)),
          ),
          int64s(
            '',
            withoutAxes.map((i) => (i === axis ? end : Infinity)),
          ),
        ],
        cut,
      )
    : extended(
        chain,
        'Slice',
        [start, end, named(axis, shape.length, choices[5]!), step].map((value) => int64s('', [value])),
        cut,
      );
};

const gather: Link = (chain, choices) => {
  const { shape } = chain;
  const axis = pick(choices, 0, shape.length);
  const size = shape[axis]!;
  const indices = [[size - 1], [0], [1 % size, 0], [...shape.keys()].map((i) => i % size)][
    pick(choices, 1, 4)
  ]!;
  const dims = choices[2]! % 2 ? [indices.length] : indices.length === 1 ? [] : [1, indices.length];
  const gathered = [...shape.slice(0, axis), ...dims, ...shape.slice(axis + 1)];
  return extended(
    chain,
    'Gather',
    [int64s('', indices, dims)],
    gathered,
    ints({ axis: named(axis, shape.length, choices[3]!) }),
  );
};

const transpose: Link = (chain, choices) => {
  const rest = [...chain.shape.keys()];
  const perm = chain.shape.map((_, i) => rest.splice(pick(choices, i % choices.length, rest.length), 1)[0]!);
  return extended(
    chain,
    'Transpose',
    [],
    perm.map((axis) => chain.shape[axis]!),
    [{ name: 'perm', ints: perm }],
  );
};

/** Two neighbouring axes are merged, one is split, or one of length 1 is inserted; lengths are written in several ways. */
const reshape: Link = (chain, choices) => {
  const { shape } = chain;
  const axis = pick(choices, 0, shape.length);
  const split = [2, 3].find((part) => shape[axis]! % part === 0);
  const changed = [
    [...shape.slice(0, axis), shape[axis]! * (shape[axis + 1] ?? 1), ...shape.slice(axis + 2)],
    split === undefined
      ? shape
      : [...shape.slice(0, axis), split, shape[axis]! / split, ...shape.slice(axis + 1)],
    [...shape.slice(0, axis), 1, ...shape.slice(axis)],
    shape,
    [shape.reduce((product, length) => product * length, 1)],
  ][pick(choices, 1, 5)]!;
  const free = pick(choices, 2, changed.length + 1);
  const written = changed.map((length, i) =>
    i === free ? -1 : choices[3]! % 2 && length === shape[i] ? 0 : length,
  );
  return extended(chain, 'Reshape', [int64s('', written)], changed);
};

const unsqueeze: Link = (chain, choices) => {
  const rank = chain.shape.length + 1;
  const axis = pick(choices, 0, rank);
  const shape = [...chain.shape.slice(0, axis), 1, ...chain.shape.slice(axis)];
  return extended(chain, 'Unsqueeze', [int64s('', [named(axis, rank, choices[1]!)])], shape);
};

const squeeze: Link = (chain, choices) => {
  const ones = [...chain.shape.keys()].filter((axis) => chain.shape[axis] === 1);
  if (ones.length === 0) return chain;
  if (choices[1]! % 3 === 0)
    return extended(
      chain,
      'Squeeze',
      [],
      chain.shape.filter((length) => length !== 1),
    );
  const axis = ones[pick(choices, 0, ones.length)]!;
  const at = named(axis, chain.shape.length, choices[2]!);
  return extended(
    chain,
    'Squeeze',
    [int64s('', [at])],
    chain.shape.filter((_, i) => i !== axis),
  );
};

const flatten: Link = (chain, choices) => {
  const axis = pick(choices, 0, chain.shape.length + 1);
  const size = (part: readonly number[]): number => part.reduce((product, length) => product * length, 1);
  const shape = [size(chain.shape.slice(0, axis)), size(chain.shape.slice(axis))];
  return extended(chain, 'Flatten', [], shape, ints({ axis }));
};

const concat: Link = (chain, choices) => {
  const axis = pick(choices, 0, chain.shape.length);
  const name = `v${chain.nodes.length}`;
  const inputs = choices[1]! % 2 ? [last(chain), last(chain)] : [last(chain)];
  const shape = chain.shape.map((length, i) => (i === axis ? length * inputs.length : length));
  const attribute = ints({ axis: named(axis, chain.shape.length, choices[2]!) });
  return { ...chain, nodes: [...chain.nodes, node('Concat', inputs, name, attribute)], shape };
};

const add: Link = (chain, choices) => {
  const dims = chain.shape.map((length, i) => (pick(choices, i % choices.length, 2) ? length : 1));
  const bias = floats('', choices[0]! % 3 ? dims.slice(-1) : dims, []);
  const count = bias.dims.reduce((product, length) => product * length, 1);
  const filled = floats('', bias.dims, numbers(count, 7));
  return extended(chain, 'Add', [filled], chain.shape);
};

const scale: Link = (chain) => extended(chain, 'Mul', [floats('', [], [1])], chain.shape);

const links: readonly Link[] = [
  slice,
  gather,
  transpose,
  reshape,
  unsqueeze,
  squeeze,
  flatten,
  concat,
  add,
  scale,
];

function chainOf(steps: readonly (readonly [number, Choices])[], parts: number): Chain {
  const each = vocab / parts;
  const names = Array.from({ length: parts }, (_, i) => `W${i}`);
  const products = names.map((name) => node('MatMul', ['hidden', name], `p${name}`));
  const start: Chain = {
    nodes:
      parts === 1
        ? products
        : [
            ...products,
            node(
              'Concat',
              names.map((name) => `p${name}`),
              'p',
              ints({ axis: -1 }),
            ),
          ],
    tensors: names.map((name, i) => floats(name, [hiddenSize, each], numbers(hiddenSize * each, 50 + i))),
    shape: [...positions, vocab],
  };
  return steps.reduce(
    (chain, [link, choices]) => (chain.shape.length === 0 ? chain : links[link]!(chain, choices)),
    start,
  );
}

describe('random chains between the head and the logits', () => {
  it('are rejected, or every row gives the logit of ONNX Runtime', async function () {
    this.timeout(0);
    const seen = { read: 0, refused: 0, invalid: 0 };
    const link = fc.tuple(fc.nat(links.length - 1), fc.array(fc.nat(59), { minLength: 6, maxLength: 6 }));
    const chains = fc.record({
      steps: fc.array(link, { minLength: 1, maxLength: 5 }),
      parts: fc.constantFrom(1, 1, 2, 3),
      says: fc.constantFrom('rank', 'nothing'),
      input: fc.constantFrom('symbols', 'numbers', 'nothing'),
    });
    await withFolder((folder) =>
      fc.assert(
        fc.asyncProperty(chains, async ({ steps, parts, says, input }) => {
          const { nodes, tensors, shape } = chainOf(steps, parts);
          const ending = node('Identity', [last({ nodes, tensors, shape })], 'logits');
          const dims = {
            symbols: ['b', 's', hiddenSize],
            numbers: [...positions, hiddenSize],
            nothing: undefined,
          };
          const form: LogitsForm = {
            node: [...nodes, ending],
            initializer: tensors,
            input: { name: 'hidden', elemType: 1, ...(dims[input] && { shape: dims[input] }) },
            ...(says === 'rank' && { shape: shape.map((_, i) => `d${i}`) }),
          };
          const runtime = await runtimeUnembedding(form, positions);
          writeHead(folder, modelOf(form));
          let found: ReturnType<typeof openHead>;
          try {
            found = openHead(folder);
          } catch (error) {
            assert.ok(error instanceof ModelError, String(error));
            seen.refused++;
            return;
          }
          if (!runtime) {
            seen.invalid++;
            return;
          }
          seen.read++;
          assert.equal(found.head.vocabSize, runtime.vocab);
          assertClose(found.rows, runtime.data, 1e-5);
        }),
        { numRuns: 600, seed: 16 },
      ),
    );
    assert.ok(seen.read > 100 && seen.refused > 100 && seen.invalid < 30, JSON.stringify(seen));
  });
});
