import { graphFragment } from './appendOutput';
import type { ByteSource } from '../onnx/byteSource';
import { readBranchFields, type HiddenFields, type HiddenNode } from './fields';
import { checkedTag, hiddenTag } from './tag';
import type { Range } from '../onnx/protobufReader';

/** A branch of a merged decoder's If, and what its values are called there. */
export interface HiddenBranch {
  readonly node: HiddenNode;
  readonly range: Range;
  readonly fields: HiddenFields;
  readonly logits: string;
}

/** The one for texts without a past, of the two that merged decoders have. */
export const textBranch = 'else_branch';

/**
 * The branch of a merged decoder's If that is for texts without a past. The other one will not do, even with an empty
 * past: older exporters traced it for one token, without a causal mask.
 *
 * @param head with its hidden state and its logits, as the branch and the graph around it call them
 * @returns null if there is no such branch
 */
export function findHiddenBranch(
  source: ByteSource,
  { nodes }: HiddenFields,
  { hiddenState, logits: output }: { readonly hiddenState: string; readonly logits: string },
): HiddenBranch | null {
  for (const node of nodes) {
    const range = node.branches.find(({ name }) => name === textBranch)?.range;
    const place = node.outputs.indexOf(output);
    if (!range || place < 0) continue;
    const fields = readBranchFields(source, range);
    const logits = fields.outputs[place]?.name ?? '';
    if (makes(fields, hiddenState)) return { node, range, fields, logits };
  }
  return null;
}

/** Whether a node of the graph makes the value. */
export function makes({ nodes }: HiddenFields, name: string): boolean {
  return nodes.some((node) => node.outputs.includes(name));
}

/** The branch's bytes as part of the outer graph, without its own inputs, outputs and needless nodes. */
export function hoistedBranch(
  source: ByteSource,
  { range, fields }: HiddenBranch,
  live: ReadonlySet<HiddenNode>,
): Uint8Array {
  const graph = new Uint8Array(range.end - range.start);
  source.read(range.start, graph);
  for (const field of [
    ...fields.nodes.filter((node) => !live.has(node)),
    ...fields.inputs,
    ...fields.outputs,
  ])
    graph[checkedTag(source, field.tag) - range.start] = hiddenTag;
  return graphFragment(graph);
}
