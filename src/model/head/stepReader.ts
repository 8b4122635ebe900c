import { sumRefusal } from './adapter';
import { refusedFlow } from './flow';
import { isFlowStep } from './flowSteps';
import { split, type Step } from './steps';
import { qualifiedName, type Scope, type ScopedNode } from '../onnx/graphScope';
import { countOf, type OnnxTensor } from '../onnx/tensor';
import { numberOf } from '../onnx/tensorNumbers';

/** The step that a node between the product and the logits applies, if any, and its data input. */
interface ReadStep {
  readonly data: string;
  readonly step: Step | null;
}

/** @throws ModelError for an operator that may do anything else */
export function readStep(made: ScopedNode): ReadStep {
  const { node, scope } = made;
  const [first = '', second = '', third = ''] = node.inputs;
  switch (qualifiedName(node)) {
    case 'Tanh':
      return { data: first, step: { kind: 'tanh' } };
    case 'Where': {
      const mask = split(scope, second, third);
      if (!mask) throw refusedFlow(made);
      return { data: mask.data, step: { kind: 'mask' } };
    }
    case 'Add':
    case 'Sub': {
      const bias = split(scope, first, second);
      if (!bias) throw sumRefusal(made);
      if (node.operator === 'Sub' && bias.data !== first) throw refusedFlow(made);
      return { data: bias.data, step: { kind: 'bias' } };
    }
    case 'Mul':
      return readFactor(made, first, second);
    case 'Div': {
      const divisor = split(scope, first, second);
      if (divisor?.data !== first || countOf(divisor.constant) !== 1) throw refusedFlow(made);
      const value = valueOf(divisor.constant, scope);
      return { data: first, step: { kind: 'scale', tensor: null, value: value === null ? null : 1 / value } };
    }
    default:
      if (!isFlowStep(qualifiedName(node))) throw refusedFlow(made);
      return { data: first, step: null };
  }
}

function readFactor(made: ScopedNode, first: string, second: string): ReadStep {
  const { scope } = made;
  const factor = split(scope, first, second);
  if (factor) {
    const { data, constant } = factor;
    return { data, step: { kind: 'scale', tensor: constant, value: valueOf(constant, scope) } };
  }
  const [ofSecond, ofFirst] = [dynamicScale(scope, second), dynamicScale(scope, first)];
  const step = ofSecond ?? ofFirst;
  if (!step || (ofSecond && ofFirst)) throw refusedFlow(made);
  return { data: ofSecond ? first : second, step };
}

function valueOf(tensor: OnnxTensor, scope: Scope): number | null {
  return numberOf(tensor, scope.graph.source);
}

/** The data's scale from DynamicQuantizeLinear, alone or multiplied by the weight's scale. */
function dynamicScale(scope: Scope, name: string): Step | null {
  const isOfData = (within: Scope, value: string): boolean => {
    const end = within.follow(value, new Set(['Cast', 'Identity']));
    const made = end.scope.producer(end.name)?.node;
    return made?.operator === 'DynamicQuantizeLinear' && made.outputs[1] === end.name;
  };
  if (isOfData(scope, name)) return { kind: 'dataScale', tensor: null };
  const made = scope.producer(name);
  if (made?.node.operator !== 'Mul') return null;
  const [a = '', b = ''] = made.node.inputs;
  const parts = split(made.scope, a, b);
  return parts && isOfData(made.scope, parts.data) ? { kind: 'dataScale', tensor: parts.constant } : null;
}
