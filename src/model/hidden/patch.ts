import { ModelError } from '../../errors';
import { outputFragment } from './appendOutput';
import type { ByteSource } from '../onnx/byteSource';
import type { Head } from '../head/head';
import { findHiddenBranch, hoistedBranch, makes } from './branch';
import { readHiddenFields, type HiddenFields, type HiddenNode } from './fields';
import { checkedTag } from './tag';
import { producersOf, valueBehind } from './way';
import { inlineFunctions, shown } from '../onnx/refusalText';

/** What to change in a copy of an ONNX file's bytes so that it computes the hidden state and no more. */
export interface HiddenPatch {
  /** Offsets of single bytes, all to be set to `hiddenTag`. */
  readonly hide: readonly number[];
  /** To be appended. */
  readonly tail: Uint8Array;
  readonly hidden: string;
  readonly logits: string | null;
  /** The inputs that remain. */
  readonly inputs: readonly string[];
  /** The operators that remain. */
  readonly operators: ReadonlySet<string>;
}

/**
 * Operators between the last norm and the head: newer exporters keep the last position only, or flatten batch and
 * positions, before it.
 */
const choosers = new Set(['Slice', 'Gather', 'GatherND', 'Squeeze', 'Unsqueeze', 'Reshape', 'Identity']);

/**
 * Plans how an ONNX file is made to compute the hidden state at every position, without writing the model anew: the output
 * is appended, and nodes, inputs and outputs that it does not need (the head, the key-value cache's way out) are hidden by
 * overwriting the one byte that says which field they are. On a small model the head is most of the work.
 * Of a merged decoder, the branch without a key-value cache is appended as part of the outer graph, and its If hidden.
 *
 * @param withLogits keeps the logits too
 * @throws ModelError if the file is damaged, or no graph in reach makes the hidden state
 */
export function hiddenPatch(
  source: ByteSource,
  head: Pick<Head, 'hiddenState' | 'logits'>,
  withLogits: boolean,
): HiddenPatch {
  const { hiddenState, logits: output } = head;
  const top = readHiddenFields(source);
  if (hiddenState === null) throw outOfReach(source);
  const branch = makes(top, hiddenState)
    ? null
    : findHiddenBranch(source, top, { hiddenState, logits: output });
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
    `${label} makes its hidden state inside a local function, or with its axes in another order; ${inlineFunctions}, or export the head as one MatMul.`,
  );
}

function notMade({ label }: ByteSource, { inputs, nodes }: HiddenFields, name: string): ModelError {
  if (inputs.some((input) => input.name === name)) {
    return new ModelError(
      `${label} is given its hidden states, by the input ${shown(name)}; choose a file that makes them from token ids.`,
    );
  }
  const isMerged = nodes.some(({ branches }) => branches.length > 0);
  const instead = isMerged ? 'export the decoder without merging it' : 'export the model again';
  return new ModelError(`${label} makes its hidden state where it cannot be reached; ${instead}.`);
}

function liveNodes(nodes: readonly HiddenNode[], targets: readonly string[]): Set<HiddenNode> {
  const producers = producersOf(nodes);
  const live = new Set<HiddenNode>();
  const open = [...targets];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = producers.get(name);
    if (!node || live.has(node)) continue;
    live.add(node);
    open.push(...node.inputs);
  }
  return live;
}
