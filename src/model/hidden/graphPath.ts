import type { GraphNode } from './graphFields';

/** Nodes by the names of their outputs. */
export function producersOf(nodes: readonly GraphNode[]): Map<string, GraphNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
}

/**
 * Follows `name` back through these operators only, by the first input of each, to the value that it is computed from. A
 * tensor that an operator looks up, such as the embedding of a Gather, is not followed.
 */
export function valueBehind(
  nodes: readonly GraphNode[],
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

/** A valid graph has no cycles, but a damaged file may: the path ends where it meets itself. */
function* wayBack(
  nodes: readonly GraphNode[],
  start: string,
): Generator<{ readonly name: string; readonly node: GraphNode | undefined }> {
  const producers = producersOf(nodes);
  const passed = new Set<GraphNode>();
  let name = start;
  for (let node = producers.get(name); ; node = producers.get(name)) {
    yield { name, node };
    if (!node || passed.has(node)) return;
    passed.add(node);
    name = node.inputs[0] ?? '';
  }
}
