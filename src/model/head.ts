import { ModelError } from './modelError';
import { elementTypeName, type OnnxGraph, type OnnxNode, type OnnxTensor } from './onnxGraph';

/** The product that makes the logits, and how its weight is stored. */
export interface Head {
  readonly operator: string;
  readonly tensor: OnnxTensor;
  readonly elementType: string;
  /** Whether row y of U is a contiguous row of the tensor (`[vocab, hidden]`) or a column (`[hidden, vocab]`). */
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]';
  readonly tied: boolean;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** The ONNX value that is multiplied by U, before any quantisation or conversion for the product's sake. */
  readonly hiddenState: string;
}

/** Operators between the product and `logits` that leave U as it is: they convert, copy or choose positions. */
const passedOnTheWay = new Set(['Cast', 'Identity', 'Reshape', 'Squeeze', 'Unsqueeze', 'Slice', 'Gather']);

const readableTypes = new Set(['float32', 'float16']);

/**
 * Finds the unembedding by walking back from the logits output to the product that makes it.
 *
 * @param label how messages name the file
 * @throws ModelError if there is no logits output, or the head has a form that is not read yet
 */
export function findHead(graph: OnnxGraph, label: string): Head {
  const producers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const product = findProduct(graph, producers, label);
  const { tensor, transposed } = findWeight(graph, producers, product, label);
  if (tensor.dimensions.length !== 2)
    throw notYet(label, `${product.operator} with a weight of ${tensor.dimensions.length} dimensions`);
  const elementType = elementTypeName(tensor.dataType);
  if (!readableTypes.has(elementType)) throw notYet(label, `${product.operator} with ${elementType} weights`);
  const [rows, columns] = tensor.dimensions as [number, number];
  const layout = transposed ? '[vocab, hidden]' : '[hidden, vocab]';
  return {
    operator: product.operator,
    tensor,
    elementType,
    layout,
    tied: isEmbedding(graph, producers, tensor),
    vocabSize: transposed ? rows : columns,
    hiddenSize: transposed ? columns : rows,
    hiddenState: findHiddenState(graph, producers, product),
  };
}

type Producers = ReadonlyMap<string, OnnxNode>;

function findProduct(graph: OnnxGraph, producers: Producers, label: string): OnnxNode {
  let node = producers.get(logitsOutput(graph, label));
  // A graph has no cycles, a damaged file may: no path is longer than the graph.
  for (let steps = 0; node && steps <= graph.nodes.length; steps++) {
    if (node.operator === 'MatMul' || node.operator === 'Gemm') return node;
    if (!passedOnTheWay.has(node.operator)) throw notYet(label, `${qualifiedName(node)} before the logits`);
    node = producers.get(node.inputs[0] ?? '');
  }
  throw new ModelError(
    `${label} has logits that no matrix product makes; choose a language model with its head.`,
  );
}

/** Operators that only convert the product's data input. */
const conversions = new Set([
  'Cast',
  'Identity',
  'DynamicQuantizeLinear',
  'QuantizeLinear',
  'DequantizeLinear',
]);

/** The data input of the product, followed back through conversions to the value that the last norm makes. */
function findHiddenState(graph: OnnxGraph, producers: Producers, product: OnnxNode): string {
  let name = product.inputs[0] ?? '';
  for (let steps = 0; steps <= graph.nodes.length; steps++) {
    const node = producers.get(name);
    if (!node || !conversions.has(node.operator)) break;
    name = node.inputs[0] ?? '';
  }
  return name;
}

function logitsOutput(graph: OnnxGraph, label: string): string {
  if (graph.outputs.includes('logits')) return 'logits';
  const outputs = graph.outputs.slice(0, 8).join(', ') || 'none';
  throw new ModelError(
    `${label} has no output named logits (its outputs: ${outputs}); export the model with its language-model head.`,
  );
}

function findWeight(
  graph: OnnxGraph,
  producers: Producers,
  product: OnnxNode,
  label: string,
): { tensor: OnnxTensor; transposed: boolean } {
  let transposed = false;
  if (product.operator === 'Gemm') {
    const flag = (name: string): number => product.attributes.get(name)?.integer ?? 0;
    const alpha = product.attributes.get('alpha')?.float ?? 1;
    if (alpha !== 1 || flag('transA') !== 0) throw notYet(label, 'Gemm with alpha or a transposed input');
    if (product.inputs[2]) throw notYet(label, 'Gemm with a bias');
    transposed = flag('transB') === 1;
  }
  let name = product.inputs[1] ?? '';
  for (let steps = 0; steps <= graph.nodes.length; steps++) {
    const tensor = graph.initializers.get(name);
    if (tensor) return { tensor, transposed };
    const node = producers.get(name);
    if (node?.operator === 'Constant') {
      const constant = node.attributes.get('value')?.tensor;
      if (constant) return { tensor: constant, transposed };
    }
    if (node?.operator === 'Transpose') transposed = isFlip(node, label) ? !transposed : transposed;
    else if (!node || !(node.operator === 'Cast' || node.operator === 'Identity')) {
      throw notYet(
        label,
        node ? `weights made by ${qualifiedName(node)}` : `${product.operator} with computed weights`,
      );
    }
    name = node.inputs[0] ?? '';
  }
  throw notYet(label, 'weights that depend on themselves');
}

/** Whether a Transpose swaps the two dimensions, as it does without `perm`. */
function isFlip(node: OnnxNode, label: string): boolean {
  const order = node.attributes.get('perm')?.integers.join() ?? '1,0';
  if (order !== '1,0' && order !== '0,1') throw notYet(label, `Transpose of the weights by [${order}]`);
  return order === '1,0';
}

/** Whether the token embedding reads the same tensor, itself or transposed. */
function isEmbedding(graph: OnnxGraph, producers: Producers, tensor: OnnxTensor): boolean {
  return graph.nodes.some((node) => {
    if (node.operator !== 'Gather') return false;
    const data = node.inputs[0] ?? '';
    const made = producers.get(data);
    return data === tensor.name || (made?.operator === 'Transpose' && made.inputs[0] === tensor.name);
  });
}

function qualifiedName(node: OnnxNode): string {
  return node.domain === '' || node.domain === 'ai.onnx' ? node.operator : `${node.domain}.${node.operator}`;
}

function notYet(label: string, form: string): ModelError {
  return new ModelError(
    `${label}: this head form is not read yet: ${form}; export the model in float32 or float16.`,
  );
}
