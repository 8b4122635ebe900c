import { graphFragment } from './appendOutput';
import type { ByteSource } from '../storage/byteSource';
import { readBranchFields, type GraphFields, type GraphNode } from './graphFields';
import { checkedTag, skippedTag } from './fieldTag';
import type { Range } from '../onnx/protobufReader';

/** A branch of a merged decoder's If, with the names of its values. */
export interface TextBranch {
  readonly node: GraphNode;
  readonly range: Range;
  readonly fields: GraphFields;
  readonly logits: string;
}

/** Of the two branches of a merged decoder, the one for texts without a key-value cache. */
export const textBranch = 'else_branch';

/**
 * The branch of a merged decoder's If for texts without a key-value cache. The other branch cannot be used, even with an
 * empty cache: older exporters traced it for one token, without a causal mask.
 *
 * @param head with its hidden state and its logits, by their names in the branch and in the outer graph
 * @returns null if there is no such branch
 */
export function findTextBranch(
  source: ByteSource,
  { nodes }: GraphFields,
  { hiddenState, logits: output }: { readonly hiddenState: string; readonly logits: string },
): TextBranch | null {
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

/** Whether a node of the graph computes the value. */
export function makes({ nodes }: GraphFields, name: string): boolean {
  return nodes.some((node) => node.outputs.includes(name));
}

/** The branch's bytes as part of the outer graph, without its own inputs, outputs and unneeded nodes. */
export function hoistedBranch(
  source: ByteSource,
  { range, fields }: TextBranch,
  live: ReadonlySet<GraphNode>,
): Uint8Array {
  const graph = new Uint8Array(range.end - range.start);
  source.read(range.start, graph);
  for (const field of [
    ...fields.nodes.filter((node) => !live.has(node)),
    ...fields.inputs,
    ...fields.outputs,
  ])
    graph[checkedTag(source, field.tag) - range.start] = skippedTag;
  return graphFragment(graph);
}
