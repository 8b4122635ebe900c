import { ownSteps, products } from './headProducts';
import { qualifiedName, Scope, type ScopedNode } from '../onnx/graphScope';
import { isPerToken, stepText } from './headSteps';
import { notYet, wrongShape } from '../onnx/refusalText';
import { logitsOutput, type LogitsNames } from './logitsOutput';
import { walkBack, type Branch } from './headWalk';
import type { StoredWeight } from './headWeight';
import type { OnnxGraph, OnnxTensor } from '../onnx/onnxGraph';

/** The product that makes the logits, and how its weight is stored. */
export interface Head {
  readonly operator: string;
  readonly weight: StoredWeight;
  /** What a user would call the stored numbers, as `float16`, `int4 blocks of 32`. */
  readonly elementType: string;
  /** Whether row y of U is a stored row (`[vocab, hidden]`) or a column (`[hidden, vocab]`). */
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]';
  readonly tied: boolean;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** The ONNX value that is multiplied by U, before any quantisation or conversion for the product's sake. */
  readonly hiddenState: string;
  /** Whether product and hidden state lie in a branch of If, where no output of the model can reach them. */
  readonly insideBranch: boolean;
  /** The output of the graph that holds the logits. */
  readonly logits: string;
  /** What happens to λ·Uᵀ before it is the logits, as `['bias', 'scale 0.0625', 'soft cap 30']`; U does not contain it. */
  readonly after: readonly string[];
}

/** No real model comes near; beyond, a small file of large claims would cost us memory. */
const largestHiddenSize = 2 ** 20;
const largestVocabSize = 2 ** 28;

/**
 * Finds the unembedding by walking back from the logits output to the product that makes it.
 *
 * @param label how messages name the file
 * @throws ModelError if there is no logits output, or the head has a form that is not read
 */
export function findHead(
  graph: OnnxGraph,
  label: string,
  branch: Branch = 'then_branch',
  names: LogitsNames = { chosen: null, configured: null },
): Head {
  const logits = logitsOutput(graph, label, names);
  const { product, steps, insideBranch } = walkBack(graph, logits, products, branch);
  const form = products.get(qualifiedName(product.node))!(product, steps);
  const after = [...form.steps, ...ownSteps(product, steps)];
  const perToken = after.find((step) => isPerToken(step) || step.kind === 'dataScale');
  if (perToken) throw notYet(label, 'Mul by other than one number before the logits');
  const { rows, columns, tensor } = form.weight.values;
  const [vocabSize, hiddenSize] = form.rowsAreTokens ? [rows, columns] : [columns, rows];
  if (vocabSize < 1 || hiddenSize < 1 || vocabSize > largestVocabSize || hiddenSize > largestHiddenSize)
    throw wrongShape(label, tensor, `${vocabSize} tokens of ${hiddenSize} numbers are needed`);
  return {
    operator: product.node.operator,
    weight: form.weight,
    elementType: form.elementType,
    layout: form.rowsAreTokens ? '[vocab, hidden]' : '[hidden, vocab]',
    tied: isEmbedding(new Scope(graph), tensor),
    vocabSize,
    hiddenSize,
    hiddenState: findHiddenState(product),
    insideBranch,
    logits,
    after: after.map(stepText),
  };
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
function findHiddenState({ node, scope }: ScopedNode): string {
  return scope.follow(node.inputs[0] ?? '', conversions).name;
}

/** Short, for a graph may look up in half a million places. */
const longestWayToEmbedding = 16;
const lookups = new Set(['Gather', 'GatherBlockQuantized']);
const wayToEmbedding = new Set(['Transpose', 'Reshape', 'Cast', 'Identity', 'DequantizeLinear']);

/** Whether the token embedding looks the same tensor up, itself or in another shape. */
function isEmbedding(scope: Scope, tensor: OnnxTensor): boolean {
  return scope.graph.nodes.some((node) => {
    if (lookups.has(node.operator)) {
      const end = scope.follow(node.inputs[0] ?? '', wayToEmbedding, longestWayToEmbedding);
      return end.scope.tensor(end.name) === tensor;
    }
    return [...node.attributes.values()].some(
      ({ graph }) => graph !== null && isEmbedding(new Scope(graph, scope), tensor),
    );
  });
}
