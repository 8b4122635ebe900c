import { numberOf, numbersOf } from './headNumbers';
import { soften, type Step } from './headSteps';
import { longestWay, qualifiedName, Scope, type ScopedNode } from '../onnx/graphScope';
import type { OnnxTensor } from '../onnx/onnxTensor';
import { notYet, shown } from '../onnx/refusalText';
import { countOf } from './headWeight';
import { ModelError } from '../modelError';
import type { OnnxGraph } from '../onnx/onnxGraph';

/** The product that makes the logits, and what happens between the two. */
export interface Walk {
  readonly product: ScopedNode;
  /** From the product on. */
  readonly steps: readonly Step[];
  readonly insideBranch: boolean;
}

/** Operators that leave the product as it is: they convert, copy or choose positions. */
const passedOnTheWay = new Set([
  ...['Cast', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Slice', 'Gather'],
  ...['QuantizeLinear', 'DequantizeLinear'],
]);

/** An If has two; the merged decoders of optimum have one for a first call and one for those with a cache. */
export type Branch = 'then_branch' | 'else_branch';

/**
 * Walks back from `output` to the first operator that is in `products`.
 *
 * @param branch which branch of an If is entered, where it has both
 * @throws ModelError if something on the way is unknown, or nothing is there
 */
export function walkBack(
  graph: OnnxGraph,
  output: string,
  products: { has(operator: string): boolean },
  branch: Branch,
): Walk {
  const { label } = graph.source;
  const steps: Step[] = [];
  let [name, scope, insideBranch]: [string, Scope, boolean] = [output, new Scope(graph), false];
  for (let count = 0; count < longestWay; count++) {
    const made = scope.producer(name);
    if (!made) break;
    scope = made.scope;
    const { node } = made;
    const operator = qualifiedName(node);
    if (products.has(operator)) return { product: made, steps: soften(steps.reverse()), insideBranch };
    if (operator === 'If') {
      [name, scope] = enter(made, name, branch, label);
      insideBranch = true;
    } else if (passedOnTheWay.has(operator)) {
      refuseChosenTokens(made, label);
      name = node.inputs[0] ?? '';
    } else name = passStep(made, steps, label);
  }
  throw new ModelError(
    `${label} has logits that no matrix product makes; choose a language model with its head.`,
  );
}

function enter({ node, scope }: ScopedNode, output: string, branch: Branch, label: string): [string, Scope] {
  const [wanted, then, other] = [branch, 'then_branch', 'else_branch'].map(
    (name) => node.attributes.get(name)?.graph,
  );
  const graph = wanted ?? then ?? other;
  const name = graph?.outputs[node.outputs.indexOf(output)];
  if (!graph || name === undefined) throw notYet(label, 'If without a branch that makes the logits');
  return [name, new Scope(graph, scope)];
}

/** Gather and Slice may pick positions; picking tokens would give the rows of U other numbers. */
function refuseChosenTokens({ node, scope }: ScopedNode, label: string): void {
  if (node.operator === 'Gather') {
    const axis = node.attributes.get('axis')?.integer ?? 0;
    if (axis === -1 || axis > 1) throw notYet(label, 'Gather of some tokens before the logits');
  }
  if (node.operator !== 'Slice') return;
  const of = (input: number) => numbersOf(scope.constant(node.inputs[input] ?? ''), scope.graph.source) ?? [];
  const starts = of(1);
  of(3).forEach((axis, i) => {
    if ((axis === -1 || axis > 1) && starts[i] !== 0)
      throw notYet(label, 'Slice of some tokens before the logits');
  });
}

/** Notes what `node` does to the product. @returns the name of its data input */
function passStep({ node, scope }: ScopedNode, steps: Step[], label: string): string {
  const [first = '', second = '', third = ''] = node.inputs;
  const refusal = (): ModelError => notYet(label, `${shown(qualifiedName(node))} before the logits`);
  switch (qualifiedName(node)) {
    case 'Tanh':
      steps.push({ kind: 'tanh' });
      return first;
    case 'Where': {
      const mask = split(scope, second, third);
      if (!mask) throw refusal();
      steps.push({ kind: 'mask' });
      return mask.data;
    }
    case 'Add':
    case 'Sub': {
      const bias = split(scope, first, second);
      if (!bias || (node.operator === 'Sub' && bias.data !== first)) throw refusal();
      steps.push({ kind: 'bias' });
      return bias.data;
    }
    case 'Mul': {
      const factor = split(scope, first, second);
      if (factor) {
        steps.push({ kind: 'scale', tensor: factor.constant, value: valueOf(factor.constant, scope) });
        return factor.data;
      }
      const [ofSecond, ofFirst] = [dynamicScale(scope, second), dynamicScale(scope, first)];
      const dynamic = ofSecond ?? ofFirst;
      if (!dynamic || (ofSecond && ofFirst)) throw refusal();
      steps.push(dynamic);
      return ofSecond ? first : second;
    }
    case 'Div': {
      const divisor = split(scope, first, second);
      if (divisor?.data !== first || countOf(divisor.constant) !== 1) throw refusal();
      const value = valueOf(divisor.constant, scope);
      steps.push({ kind: 'scale', tensor: null, value: value === null ? null : 1 / value });
      return first;
    }
    default:
      throw refusal();
  }
}

/** Which of two operands is the data and which the constant; null unless there is one of each. */
function split(scope: Scope, a: string, b: string): { data: string; constant: OnnxTensor } | null {
  const [constantA, constantB] = [scope.constant(a), scope.constant(b)];
  if (constantA && !constantB) return { data: b, constant: constantA };
  return constantB && !constantA ? { data: a, constant: constantB } : null;
}

function valueOf(tensor: OnnxTensor, scope: Scope): number | null {
  return numberOf(tensor, scope.graph.source);
}

/** The scale that DynamicQuantizeLinear finds for the data, alone or multiplied by that of the weight. */
function dynamicScale(scope: Scope, name: string): Step | null {
  const isOfData = (value: string): boolean => {
    const end = scope.follow(value, new Set(['Cast', 'Identity']));
    const made = end.scope.producer(end.name)?.node;
    return made?.operator === 'DynamicQuantizeLinear' && made.outputs[1] === end.name;
  };
  if (isOfData(name)) return { kind: 'dataScale', tensor: null };
  const made = scope.producer(name);
  if (made?.node.operator !== 'Mul') return null;
  const [a = '', b = ''] = made.node.inputs;
  const parts = split(made.scope, a, b);
  return parts && isOfData(parts.data) ? { kind: 'dataScale', tensor: parts.constant } : null;
}
