import type { ModelError } from '../../errors';
import { refusedFlow } from './flow';
import { products } from './products';
import { split } from './steps';
import { qualifiedName, type Scope, type ScopedNode } from '../onnx/graphScope';

/** Largest number of operators between the two products of an adapter. */
const longestAdapter = 16;
const copies = new Set(['Cast', 'Identity', 'Dropout', 'Reshape', 'Squeeze', 'Unsqueeze']);

/**
 * The error for a sum of two computed values: the sum of a product and a product of products is a low-rank adapter (Hu et
 * al. 2021, LoRA, equation 3), which exporters can merge.
 */
export function sumRefusal(sum: ScopedNode): ModelError {
  const { node, scope } = sum;
  const made = node.inputs.map((name) => productBehind(scope, name));
  if (made.some((product) => product && productBehind(product.scope, product.node.inputs[0] ?? '')))
    return refusedFlow(
      sum,
      `an adapter (LoRA) added to the head by ${node.operator}`,
      'merge the adapter into the model and export it again',
    );
  return made.every((product) => product !== null)
    ? refusedFlow(
        sum,
        `a sum of two products by ${node.operator}`,
        'export the model with its LM head as one MatMul',
      )
    : refusedFlow(sum);
}

function productBehind(from: Scope, start: string): ScopedNode | null {
  let [scope, name] = [from, start];
  for (let count = 0; count < longestAdapter; count++) {
    const made = scope.producer(name);
    if (!made) return null;
    const { node } = made;
    if (products.has(qualifiedName(node))) return made;
    const [first = '', second = ''] = node.inputs;
    const isScale = node.operator === 'Mul' || node.operator === 'Div';
    const data = isScale
      ? split(made.scope, first, second)?.data
      : copies.has(node.operator)
        ? first
        : undefined;
    if (data === undefined) return null;
    [scope, name] = [made.scope, data];
  }
  return null;
}
