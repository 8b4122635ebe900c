import { graphFragment, outputFragment } from './appendOutput';
import type { ByteSource } from './byteSource';
import { readBranchFields, readHiddenFields, type HiddenFields, type HiddenNode } from './hiddenFields';
import { ModelError } from './modelError';

/** What to change in a copy of an ONNX file's bytes so that it computes the hidden state and no more. */
export interface HiddenPatch {
  /** Offsets of single bytes, all to be set to {@link hiddenTag}. */
  readonly hide: readonly number[];
  /** To be appended. */
  readonly tail: Uint8Array;
  readonly hidden: string;
  readonly logits: string | null;
  /** The operators that remain. */
  readonly operators: ReadonlySet<string>;
}

/** The tag of a bytes field with number 3, which onnx.proto reserves in a graph: ONNX Runtime skips it. */
export const hiddenTag = 0x1a;

/** Operators by which exporters choose positions or reshape between the last norm and the head. */
const choosers = new Set(['Slice', 'Gather', 'GatherND', 'Squeeze', 'Unsqueeze', 'Reshape', 'Identity']);

/**
 * Plans how an ONNX file is made to compute the value `hidden` at every position, without writing the model anew: the
 * output is appended, and nodes, inputs and outputs that it does not need (the head, the key-value cache's way out) are
 * hidden by overwriting the one byte that says which field they are. On a small model the head is most of the work.
 * The branch of a merged decoder that holds `hidden` is appended as part of the outer graph, its If hidden.
 *
 * @param withLogits keeps the logits too
 * @throws ModelError if the file is damaged, or no graph in reach makes `hidden`
 */
export function hiddenPatch(source: ByteSource, hidden: string, withLogits: boolean): HiddenPatch {
  const top = readHiddenFields(source);
  const merged = makes(top, hidden) ? null : findBranch(source, top, hidden);
  const nodes = merged ? [...top.nodes.filter((node) => node !== merged.node), ...merged.fields.nodes] : top.nodes;
  const target = beforeChoice(nodes, hidden);
  const logits = withLogits ? logitsName(merged) : null;
  const targets = logits === null ? [target] : [target, logits];
  const live = liveNodes(nodes, targets);
  const used = new Set([...targets, ...[...live].flatMap((node) => node.inputs)]);
  const isNeeded = (name: string): boolean => targets.includes(name);

  const hide = [
    ...top.nodes.filter((node) => !live.has(node)),
    ...top.inputs.filter((input) => !used.has(input.name)),
    ...top.outputs.filter((output) => !isNeeded(output.name)),
  ].map((field) => checkedTag(source, field.tag));
  const given = new Set(top.outputs.map((output) => output.name));
  const fragments = targets.filter((name) => !given.has(name)).map(outputFragment);
  if (merged) fragments.unshift(hoisted(source, merged, live));
  const operators = new Set([...live].map((node) => node.operator));
  return { hide, tail: Buffer.concat(fragments), hidden: target, logits, operators };
}

interface Branch {
  readonly node: HiddenNode;
  readonly range: { readonly start: number; readonly end: number };
  readonly fields: HiddenFields;
}

/** Of an If's branches that make `hidden`, the one without a key-value cache: `else_branch` in merged decoders. */
function findBranch(source: ByteSource, top: HiddenFields, hidden: string): Branch {
  const branches = top.nodes.flatMap((node) => node.branches.map((branch) => ({ node, ...branch })));
  branches.sort((a, b) => Number(b.name === 'else_branch') - Number(a.name === 'else_branch'));
  for (const { node, range } of branches) {
    const fields = readBranchFields(source, range);
    if (makes(fields, hidden)) return { node, range, fields };
  }
  throw new ModelError(
    `${source.label} makes its hidden state where it cannot be reached; export the decoder unmerged, or its head with it.`,
  );
}

/** The branch's bytes as part of the outer graph, without its own inputs, outputs and needless nodes. */
function hoisted(source: ByteSource, { range, fields }: Branch, live: ReadonlySet<HiddenNode>): Uint8Array {
  const graph = new Uint8Array(range.end - range.start);
  source.read(range.start, graph);
  for (const field of [...fields.nodes.filter((node) => !live.has(node)), ...fields.inputs, ...fields.outputs])
    graph[checkedTag(source, field.tag) - range.start] = hiddenTag;
  return graphFragment(graph);
}

/** The branch's output in the place of the If's logits. */
function logitsName(merged: Branch | null): string {
  const place = merged?.node.outputs.indexOf('logits') ?? -1;
  return merged?.fields.outputs[place]?.name ?? 'logits';
}

function makes({ nodes }: HiddenFields, name: string): boolean {
  return nodes.some((node) => node.outputs.includes(name));
}

/** Newer exporters keep the last position only, or flatten batch and positions, before the head. */
function beforeChoice(nodes: readonly HiddenNode[], hidden: string): string {
  const producers = producersOf(nodes);
  let name = hidden;
  for (let steps = 0; steps < nodes.length; steps++) {
    const node = producers.get(name);
    const data = node?.inputs[0];
    if (!node || data === undefined || !choosers.has(node.operator)) break;
    name = data;
  }
  return name;
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

function producersOf(nodes: readonly HiddenNode[]): Map<string, HiddenNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
}

/** Tags of nodes, inputs and outputs are one byte, however a serialiser writes the rest. @throws ModelError otherwise */
function checkedTag(source: ByteSource, tag: number): number {
  if ([0x0a, 0x5a, 0x62].includes(source.byte(tag))) return tag;
  throw new ModelError(`${source.label} is written as no exporter does (byte ${tag}); export it again.`);
}
