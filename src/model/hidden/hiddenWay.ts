import type { HiddenNode } from './hiddenFields';

/** Each node by the names of its outputs. */
export function producersOf(nodes: readonly HiddenNode[]): Map<string, HiddenNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
}

/** The value that `name` is made from by these operators alone, by the first input of each. */
export function valueBehind(
  nodes: readonly HiddenNode[],
  name: string,
  operators: ReadonlySet<string>,
): string {
  for (const step of wayBack(nodes, name)) if (!operators.has(step.node?.operator ?? '')) return step.name;
  return name;
}

/** The first node behind `name` with this operator, by the first input of each node on the way. */
export function nodeBehind(
  nodes: readonly HiddenNode[],
  name: string,
  operator: string,
): HiddenNode | undefined {
  for (const { node } of wayBack(nodes, name)) if (node?.operator === operator) return node;
  return undefined;
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
