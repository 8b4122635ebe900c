import type { HiddenNode } from './fields';

/** Each node by the names of its outputs. */
export function producersOf(nodes: readonly HiddenNode[]): Map<string, HiddenNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
}

/**
 * The value that `name` is made from by these operators alone, by the first input of each. A tensor that one of them looks
 * up, as Gather does in an embedding, is not what the value is made from.
 */
export function valueBehind(
  nodes: readonly HiddenNode[],
  name: string,
  operators: ReadonlySet<string>,
): string {
  let last = name;
  for (const step of wayBack(nodes, name)) {
    if (!step.node) break;
    last = step.name;
    if (!operators.has(step.node.operator)) break;
  }
  return last;
}

/** A graph has no cycles, but a damaged file may: the way ends where it meets itself. */
function* wayBack(
  nodes: readonly HiddenNode[],
  start: string,
): Generator<{ readonly name: string; readonly node: HiddenNode | undefined }> {
  const producers = producersOf(nodes);
  const passed = new Set<HiddenNode>();
  let name = start;
  for (let node = producers.get(name); ; node = producers.get(name)) {
    yield { name, node };
    if (!node || passed.has(node)) return;
    passed.add(node);
    name = node.inputs[0] ?? '';
  }
}
