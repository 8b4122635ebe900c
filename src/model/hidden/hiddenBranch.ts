import { graphFragment } from './appendOutput';
import type { Head } from '../head/head';
import type { ByteSource } from '../onnx/byteSource';
import { readBranchFields, type HiddenFields, type HiddenNode } from './hiddenFields';
import { checkedTag, hiddenTag } from './hiddenTag';
import { nodeBehind, valueBehind } from './hiddenWay';
import { ModelError } from '../modelError';
import type { Range } from '../onnx/protobufReader';

/** A branch of a merged decoder's If, and what its values are called there. */
export interface HiddenBranch {
  readonly node: HiddenNode;
  readonly range: Range;
  readonly fields: HiddenFields;
  readonly hidden: string;
  readonly logits: string;
}

/** Operators that only convert the data input of the head's product. */
const conversions = new Set([
  'Cast',
  'Identity',
  'DynamicQuantizeLinear',
  'QuantizeLinear',
  'DequantizeLinear',
]);

/**
 * The branch of a merged decoder's If that is for texts without a past. The other one will not do, even with an empty
 * past: older exporters traced it for one token, without a causal mask.
 *
 * @throws ModelError if there is no such branch
 */
export function findHiddenBranch(
  source: ByteSource,
  { nodes }: HiddenFields,
  head: Pick<Head, 'operator' | 'logits'>,
): HiddenBranch {
  for (const node of nodes) {
    const range = node.branches.find(({ name }) => name === 'else_branch')?.range;
    const place = node.outputs.indexOf(head.logits);
    if (!range || place < 0) continue;
    const fields = readBranchFields(source, range);
    const logits = fields.outputs[place]?.name ?? '';
    const product = nodeBehind(fields.nodes, logits, head.operator);
    const hidden = product && valueBehind(fields.nodes, product.inputs[0] ?? '', conversions);
    if (hidden !== undefined) return { node, range, fields, hidden, logits };
  }
  throw new ModelError(
    `${source.label} makes its hidden state where it cannot be reached; export the decoder without merging it.`,
  );
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
