import { bnb4Form, nBitsForm } from './blocks';
import { qualifiedName, type ScopedNode } from '../onnx/graphScope';
import type { Step } from './steps';
import { inFloat, unsupportedHead } from '../storage/refusalText';
import { matrixProduct, type ProductForm } from './productForm';
import { convForm, einsumForm } from './contractions';
import { integerWeight } from './integerWeight';
import { findWeight, matrixAxes, turnedAxes } from './operand';

/**
 * @param steps the steps between the product and the logits, which include MatMulInteger's scale
 * @throws ModelError if this form of the operator is not supported
 */
type FormOf = (product: ScopedNode, steps: readonly Step[]) => ProductForm;

/** Every operator that can be the LM head. Inputs follow the documentation of ONNX and ONNX Runtime operators. */
export const products: ReadonlyMap<string, FormOf> = new Map<string, FormOf>([
  ['MatMul', (product) => ({ ...findWeight(product, 1), axes: matrixProduct, steps: [] })],
  ['Gemm', (product) => gemmForm(product, 2)],
  ['com.microsoft.FusedMatMul', (product) => gemmForm(product, null)],
  ['com.microsoft.MatMulNBits', nBitsForm],
  ['com.microsoft.MatMulBnb4', bnb4Form],
  ['Conv', convForm],
  ['Einsum', einsumForm],
  ['MatMulInteger', integerForm],
  [
    'com.microsoft.DynamicQuantizeMatMul',
    (product) => ({
      ...integerWeight(product, { values: 1, scales: tensorAt(product, 2), zeroPoints: 3 }),
      axes: matrixProduct,
      steps: biasAt(product, 4),
    }),
  ],
  [
    'com.microsoft.MatMulIntegerToFloat',
    (product) => ({
      ...integerWeight(product, { values: 1, scales: tensorAt(product, 3), zeroPoints: 5 }),
      axes: matrixProduct,
      steps: biasAt(product, 6),
    }),
  ],
  ['com.microsoft.QGemm', quantizedGemmForm],
]);

/** α·A·B + β·C, optionally with B transposed (ONNX Gemm); FusedMatMul is the same without C. @param bias index of input C */
function gemmForm(product: ScopedNode, bias: number | null): ProductForm {
  const { attributes } = product.node;
  const flag = (name: string): boolean => (attributes.get(name)?.integer ?? 0) !== 0;
  const { label } = product.scope.graph.source;
  const name = qualifiedName(product.node);
  if (flag('transA') || flag('transBatchA') || flag('transBatchB'))
    throw unsupportedHead(
      label,
      `${name} with a transposed input`,
      'export the model with its LM head as one MatMul',
    );
  const use = findWeight(product, 1, flag('transB') ? turnedAxes : matrixAxes);
  return {
    ...use,
    axes: matrixProduct,
    steps: [...alphaOf(product), ...(bias === null ? [] : biasAt(product, bias))],
  };
}

/**
 * α·(A·B + C) of integers, optionally with B transposed (com.microsoft.QGemm). Without a scale of the product it is float; C
 * counts in units of both scales.
 */
function quantizedGemmForm(product: ScopedNode): ProductForm {
  const { attributes, inputs } = product.node;
  const { label } = product.scope.graph.source;
  if ((attributes.get('transA')?.integer ?? 0) !== 0)
    throw unsupportedHead(label, 'QGemm with a transposed input', inFloat);
  if (inputs[7]) throw unsupportedHead(label, 'QGemm with a quantized product', inFloat);
  const isTurned = (attributes.get('transB')?.integer ?? 0) !== 0;
  return {
    ...integerWeight(product, { values: 3, scales: tensorAt(product, 4), zeroPoints: 5, isTurned }),
    axes: matrixProduct,
    steps: [...biasAt(product, 6), ...alphaOf(product)],
  };
}

/**
 * An integer product whose scales are applied later. Only for dynamically quantized data is it certain which constant is the
 * weight's scale: the one multiplied by the data's, or the first after the product.
 */
function integerForm(product: ScopedNode, steps: readonly Step[]): ProductForm {
  const data = product.scope.producer(product.node.inputs[0] ?? '')?.node;
  const ofData = steps.filter((step) => step.kind === 'dataScale');
  const joined = ofData.find((step) => step.tensor !== null)?.tensor;
  const scales = joined ?? steps.find((step) => step.kind === 'scale')?.tensor;
  if (data?.operator !== 'DynamicQuantizeLinear' || ofData.length !== 1 || !scales) {
    throw unsupportedHead(
      product.scope.graph.source.label,
      'MatMulInteger without the scales of DynamicQuantizeLinear and of its weight after it',
      inFloat,
    );
  }
  return { ...integerWeight(product, { values: 1, scales, zeroPoints: 3 }), axes: matrixProduct, steps: [] };
}

/** The steps of the walk without the product's own scales. */
export function ownSteps(product: ScopedNode, steps: readonly Step[]): readonly Step[] {
  if (product.node.operator !== 'MatMulInteger') return steps;
  const isJoined = steps.some((step) => step.kind === 'dataScale' && step.tensor !== null);
  const first = isJoined ? -1 : steps.findIndex((step) => step.kind === 'scale');
  return steps.filter((step, i) => step.kind !== 'dataScale' && i !== first);
}

function tensorAt({ node, scope }: ScopedNode, input: number) {
  return scope.constant(node.inputs[input] ?? '');
}

function alphaOf({ node }: ScopedNode): Step[] {
  const alpha = node.attributes.get('alpha')?.float ?? 1;
  return alpha === 1 ? [] : [{ kind: 'scale', tensor: null, value: alpha }];
}

function biasAt({ node }: ScopedNode, input: number): Step[] {
  return node.inputs[input] ? [{ kind: 'bias' }] : [];
}
