import type { ScopedNode } from '../onnx/graphScope';
import { unsupportedHead, shown } from '../storage/refusalText';
import { shapeOf } from '../onnx/inferred';
import { findWeight } from './operand';
import type { ProductForm } from './productForm';

const asMatMul = 'export the model with its LM head as one MatMul';

/**
 * A convolution with a kernel of width 1: the same product at each position, with U as `[vocab, hidden, 1, …]` (ONNX, Conv).
 *
 * @throws ModelError if the kernel is wider, or channels are in groups
 */
export function convForm(product: ScopedNode): ProductForm {
  const { node, scope } = product;
  const { label } = scope.graph.source;
  const weight = shapeOf(scope, node.inputs[1] ?? '') ?? [];
  const rank = weight.length;
  if (rank < 3 || weight.slice(2).some((length) => length !== 1))
    throw unsupportedHead(label, 'Conv with a kernel of more than one position', asMatMul);
  if ((node.attributes.get('group')?.integer ?? 1) !== 1)
    throw unsupportedHead(label, 'Conv of channels in groups', asMatMul);
  const channel = 1 - rank;
  return {
    ...findWeight(product, 1, { hidden: 1, tokens: 0 }),
    axes: { data: 0, hidden: channel, tokens: channel },
    steps: node.inputs[2] ? [{ kind: 'bias' }] : [],
  };
}

/** Two operands and the result, each consisting of letters and optionally a leading ellipsis. */
const equations = /^(\.\.\.)?([a-zA-Z]+),(\.\.\.)?([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)$/u;

/**
 * A product in index notation, such as `bsh,vh->bsv` (ONNX, Einsum): the hidden dimension is summed over, and the weight's
 * other index, the vocabulary, remains.
 *
 * @throws ModelError for any other equation
 */
export function einsumForm(product: ScopedNode): ProductForm {
  const { node, scope } = product;
  const { label } = scope.graph.source;
  const equation = (node.attributes.get('equation')?.text ?? '').replaceAll(' ', '');
  const refusal = () => unsupportedHead(label, `Einsum of ${shown(equation) || 'nothing'}`, asMatMul);
  const [, dotsA = '', a = '', dotsB = '', b = '', dotsOut = '', out = ''] = equations.exec(equation) ?? [];
  const weightInput = scope.constant(node.inputs[0] ?? '') ? 0 : 1;
  const [dots, data, weightDots, weight] = weightInput === 1 ? [dotsA, a, dotsB, b] : [dotsB, b, dotsA, a];
  const hidden = Array.from(weight).find((letter) => data.includes(letter)) ?? '';
  const tokens = Array.from(weight).find((letter) => letter !== hidden) ?? '';
  const areOnce = [data, weight, out].every((letters) => new Set(letters).size === letters.length);
  const others = Array.from(data).filter((letter) => letter !== hidden);
  const isHead = weight.length === 2 && hidden !== '' && tokens !== '' && !data.includes(tokens) && areOnce;
  const isProduct = [...others, tokens].sort().join('') === Array.from(out).sort().join('');
  if (!isHead || !isProduct || weightDots !== '' || dots !== dotsOut) throw refusal();
  return {
    ...findWeight(product, weightInput, {
      hidden: weight.indexOf(hidden),
      tokens: weight.indexOf(tokens),
    }),
    axes: {
      data: 1 - weightInput,
      hidden: data.indexOf(hidden) - data.length,
      tokens: out.indexOf(tokens) - out.length,
    },
    steps: [],
  };
}
