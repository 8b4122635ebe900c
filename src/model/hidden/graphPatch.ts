import { ModelError } from '../../errors';
import { outputFragment } from './appendOutput';
import type { ByteSource } from '../storage/byteSource';
import type { OnnxHead } from '../head/head';
import { findTextBranch, hoistedBranch, makes } from './textBranch';
import { readGraphFields, type GraphFields, type GraphNode } from './graphFields';
import { checkedTag } from './fieldTag';
import { producersOf, valueBehind } from './graphPath';
import { inlineFunctions, shown } from '../storage/refusalText';

/** Changes to a copy of an ONNX file's bytes after which it computes only the hidden state. */
export interface GraphPatch {
  /** Offsets of the single bytes to set to `skippedTag`. */
  readonly hide: readonly number[];
  /** Bytes to append. */
  readonly tail: Uint8Array;
  readonly hidden: string;
  readonly logits: string | null;
  /** The inputs that remain. */
  readonly inputs: readonly string[];
  /** The operators that remain. */
  readonly operators: ReadonlySet<string>;
}

/**
 * Operators between the last norm and the head: newer exporters select the last position, or flatten batch and positions,
 * before the head.
 */
const choosers = new Set(['Slice', 'Gather', 'GatherND', 'Squeeze', 'Unsqueeze', 'Reshape', 'Identity']);

/**
 * Plans the changes that make an ONNX file compute the hidden state at every position, without rewriting the model: an
 * output is appended, and unneeded nodes, inputs and outputs (the head, the outputs of the key-value cache) are removed by
 * overwriting their one-byte field tags. In a small model, the head is most of the work. In a merged decoder, the branch
 * without a key-value cache is appended to the outer graph and its If removed.
 *
 * @param withLogits whether to keep the logits too
 * @throws ModelError if the file is damaged, or no accessible graph computes the hidden state
 */
export function graphPatch(
  source: ByteSource,
  head: Pick<OnnxHead, 'hiddenState' | 'logits'>,
  withLogits: boolean,
): GraphPatch {
  const { hiddenState, logits: output } = head;
  const top = readGraphFields(source);
  if (hiddenState === null) throw outOfReach(source);
  const branch = makes(top, hiddenState)
    ? null
    : findTextBranch(source, top, { hiddenState, logits: output });
  if (!branch && !makes(top, hiddenState)) throw notMade(source, top, hiddenState);
  const nodes = branch
    ? [...top.nodes.filter((node) => node !== branch.node), ...branch.fields.nodes]
    : top.nodes;
  const hidden = valueBehind(nodes, hiddenState, choosers);
  const logits = withLogits ? (branch?.logits ?? output) : null;
  const targets = logits === null ? [hidden] : [hidden, logits];
  const live = liveNodes(nodes, targets);
  const used = new Set([...targets, ...[...live].flatMap((node) => node.inputs)]);

  const hide = [
    ...top.nodes.filter((node) => !live.has(node)),
    ...top.inputs.filter((input) => !used.has(input.name)),
    ...top.outputs.filter((output) => !targets.includes(output.name)),
  ].map((field) => checkedTag(source, field.tag));
  const given = new Set(top.outputs.map((output) => output.name));
  const fragments = targets.filter((name) => !given.has(name)).map(outputFragment);
  if (branch) fragments.unshift(hoistedBranch(source, branch, live));
  const operators = new Set([...live].map((node) => node.operator));
  const inputs = top.inputs.flatMap(({ name }) => (used.has(name) ? [name] : []));
  return { hide, tail: Buffer.concat(fragments), hidden, logits, inputs, operators };
}

function outOfReach({ label }: ByteSource): ModelError {
  return new ModelError(
    `${label} computes its hidden state inside a local function, or with its axes in another order; ${inlineFunctions}, or export the LM head as one MatMul.`,
  );
}

function notMade({ label }: ByteSource, { inputs, nodes }: GraphFields, name: string): ModelError {
  if (inputs.some((input) => input.name === name)) {
    return new ModelError(
      `${label} takes its hidden states from the input ${shown(name)}; choose a file that computes them from token ids.`,
    );
  }
  const isMerged = nodes.some(({ branches }) => branches.length > 0);
  const instead = isMerged ? 'export the decoder without merging it' : 'export the model again';
  return new ModelError(`${label} computes its hidden state where it cannot be accessed; ${instead}.`);
}

function liveNodes(nodes: readonly GraphNode[], targets: readonly string[]): Set<GraphNode> {
  const producers = producersOf(nodes);
  const live = new Set<GraphNode>();
  const open = [...targets];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producers.get(name);
    if (!node || live.has(node)) continue;
    live.add(node);
    open.push(...node.inputs);
  }
  return live;
}
