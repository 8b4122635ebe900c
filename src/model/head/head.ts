import { hiddenStateOf, type HiddenPlace } from './hiddenState';
import { isPerToken, stepText, type Step } from './steps';
import { walkBack, type Branch, type Part } from './walk';
import { logitsOutput, type LogitsNames } from './logitsOutput';
import type { StoredTensor, StoredWeight } from './weight';
import { Scope } from '../onnx/graphScope';
import type { OnnxGraph } from '../onnx/graph';
import { unsupportedHead, plainLogits, wrongShape } from '../storage/refusalText';

/** A stored weight with the rows of U for consecutive tokens. */
export interface HeadPart {
  readonly weight: StoredWeight;
  /** Whether row y of U is a stored row (`[vocab, hidden]`) or a stored column (`[hidden, vocab]`). */
  readonly layout: Layout;
  /** The stored row or column of the part's first token. */
  readonly first: number;
  readonly tokens: number;
}

export type Layout = '[vocab, hidden]' | '[hidden, vocab]';

/** An LM head: the weights whose rows are those of U, as they are stored. */
export interface Head {
  /** At least one, in order of their tokens. */
  readonly parts: readonly HeadPart[];
  /** The stored number format for users, such as `float16`, `int4 blocks of 32`. */
  readonly elementType: string;
  /** The layout of all parts, or of tiles that span parts with different layouts. */
  readonly layout: Layout;
  /** Whether it is the same tensor as the token embedding. */
  readonly tied: boolean;
  /** Number of tokens that have a logit, without padding rows that the graph cuts off. */
  readonly vocabSize: number;
  readonly hiddenSize: number;
  /** The steps from λ·Uᵀ to the logits, such as `['bias', 'scale 0.0625', 'soft cap 30']`. U does not include them. */
  readonly after: readonly string[];
}

/** The head of an ONNX graph: the product, or concatenated products, that compute the logits. */
export interface OnnxHead extends Head {
  /** The operator of the product. */
  readonly operator: string;
  /**
   * The ONNX value that is multiplied by U, before any quantization or conversion for the product. Null if it is inside a
   * local function, or if no such value has the hidden dimension as its last axis.
   */
  readonly hiddenState: string | null;
  /** Whether product and hidden state are in a branch of If, where no output of the model can reach them. */
  readonly insideBranch: boolean;
  /** The output of the graph that holds the logits. */
  readonly logits: string;
  /** Whether positions have a different order there than in the logits, as in `[sequence, batch, hidden]`. */
  readonly movesPositions: boolean;
}

export function isOnnxHead(head: Head): head is OnnxHead {
  return 'operator' in head;
}

/** Far beyond real models. Prevents a small file with large claims from exhausting memory. */
const largestHiddenSize = 2 ** 16;
const largestVocabSize = 2 ** 28;

/** @throws ModelError for sizes that no model has */
export function checkHeadSize(
  label: string,
  tensor: StoredTensor,
  vocabSize: number,
  hiddenSize: number,
): void {
  if (vocabSize < 1 || hiddenSize < 1 || vocabSize > largestVocabSize || hiddenSize > largestHiddenSize)
    throw wrongShape(label, tensor, `${vocabSize} tokens of ${hiddenSize} numbers are needed`);
}

/**
 * Finds the unembedding by walking back from the logits output to the products that compute it.
 *
 * @param label the file's name in messages
 * @throws ModelError if there is no logits output, or the LM head has an unsupported format
 */
export function findHead(
  graph: OnnxGraph,
  label: string,
  branch: Branch = 'then_branch',
  names: LogitsNames = { chosen: null, configured: null },
): OnnxHead {
  const logits = logitsOutput(graph, label, names);
  const { parts, steps, flow, insideBranch } = walkBack(graph, logits, branch);
  const after = [...sharedSteps(parts, label), ...steps];
  if (after.some((step) => isPerToken(step) || step.kind === 'dataScale'))
    throw unsupportedHead(label, 'Mul by more than one number before the logits', plainLogits);
  const hiddenSize = sharedHiddenSize(parts, label);
  const { tensor } = parts[0]!.form.weight.values;
  const vocabSize = flow.tokens;
  checkHeadSize(label, tensor, vocabSize, hiddenSize);
  const stored = parts.map(storedPart);
  const root = new Scope(graph);
  const hidden = sharedHiddenState(parts, label);
  return {
    operator: unique(parts.map(({ product }) => product.node.operator)),
    parts: stored,
    elementType: unique(parts.map(({ form }) => form.elementType)),
    layout: stored.some(({ layout }) => layout === '[vocab, hidden]') ? '[vocab, hidden]' : '[hidden, vocab]',
    tied: parts.every(({ form }) => isEmbedding(root, form.weight.values.tensor)),
    vocabSize,
    hiddenSize,
    hiddenState: !hidden || hidden.scope.isInFunction ? null : hidden.name,
    insideBranch,
    logits,
    movesPositions: flow.movesPositions || (hidden?.movesPositions ?? false),
    after: after.map(stepText),
  };
}

function storedPart({ form, tokens }: Part): HeadPart {
  const layout = form.rowsAreTokens ? '[vocab, hidden]' : '[hidden, vocab]';
  return { weight: form.weight, layout, first: form.tokens.first, tokens };
}

/** Distinct names, such as `float32 and int8`. */
function unique(names: readonly string[]): string {
  return [...new Set(names)].join(' and ');
}

/** The steps of every part; additions do not concern U. @throws ModelError if parts are scaled differently */
function sharedSteps(parts: readonly Part[], label: string): readonly Step[] {
  const scaling = parts.map(({ steps }) =>
    steps.filter(({ kind }) => kind !== 'bias' && kind !== 'mask').map(stepText),
  );
  if (scaling.some((texts) => texts.join() !== scaling[0]!.join()))
    throw unsupportedHead(label, 'Concat of products with different scales', plainLogits);
  return (parts.find(({ steps }) => steps.length > scaling[0]!.length) ?? parts[0]!).steps;
}

function sharedHiddenSize(parts: readonly Part[], label: string): number {
  const sizes = parts.map(({ form: { weight, rowsAreTokens } }) =>
    rowsAreTokens ? weight.values.columns : weight.values.rows,
  );
  if (sizes.some((size) => size !== sizes[0]))
    throw unsupportedHead(label, `Concat of products over ${sizes.join(' and ')} dimensions`, plainLogits);
  return sizes[0]!;
}

/** @throws ModelError if parts are products of different values, because their rows would be in different spaces */
function sharedHiddenState(parts: readonly Part[], label: string): HiddenPlace | null {
  const [first, ...others] = parts.map(hiddenStateOf);
  if (others.some((place) => place?.name !== first?.name || place?.scope !== first?.scope))
    throw unsupportedHead(label, 'Concat of products of different values', plainLogits);
  return first ?? null;
}

/** Limited, because a graph may have half a million lookups. */
const longestWayToEmbedding = 16;
const lookups = new Set(['Gather', 'GatherBlockQuantized']);
const wayToEmbedding = new Set(['Transpose', 'Reshape', 'Cast', 'Identity', 'DequantizeLinear']);

/** Whether the token embedding uses the same tensor, directly or reshaped. */
function isEmbedding(scope: Scope, tensor: StoredTensor): boolean {
  return scope.graph.nodes.some((node) => {
    if (lookups.has(node.operator)) {
      const end = scope.follow(node.inputs[0] ?? '', wayToEmbedding, longestWayToEmbedding);
      return end.scope.tensor(end.name) === tensor;
    }
    const body = scope.functionOf(node);
    if (body) return isEmbedding(body, tensor);
    return [...node.attributes.values()].some(
      ({ graph }) => graph !== null && isEmbedding(new Scope(graph, scope), tensor),
    );
  });
}
