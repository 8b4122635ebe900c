import type { OnnxTensor } from './onnxTensor';
import type { OnnxGraph, OnnxNode } from './onnxGraph';

/** No way through a real head has a hundredth step; a damaged file may go in circles. */
export const longestWay = 1000;

/** A node with the graph that its inputs' names belong to. */
export interface ScopedNode {
  readonly node: OnnxNode;
  readonly scope: Scope;
}

/** For tensors whose bytes are read with a shape of our own. */
export const sameBytes: ReadonlySet<string> = new Set([
  'Identity',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Flatten',
]);
/** For tensors whose shape matters, or whose codes must be the stored ones. */
export const sameShape: ReadonlySet<string> = new Set(['Identity', 'Cast']);
export const sameTensor: ReadonlySet<string> = new Set(['Identity']);
const conversions: ReadonlySet<string> = new Set([...sameBytes, 'Cast']);

/** Looks names up in a graph and, from inside a branch of If, in the graphs around it (ONNX IR, "Names within a graph"). */
export class Scope {
  readonly #producers = new Map<string, OnnxNode>();

  constructor(
    readonly graph: OnnxGraph,
    readonly outer: Scope | null = null,
  ) {
    for (const node of graph.nodes) for (const output of node.outputs) this.#producers.set(output, node);
  }

  producer(name: string): ScopedNode | undefined {
    const node = this.#producers.get(name);
    if (node) return { node, scope: this };
    // A tensor of ours hides an outer value of the same name.
    return this.graph.initializers.has(name) ? undefined : this.outer?.producer(name);
  }

  /** The initializer, or the value of the Constant, that `name` stands for directly. */
  tensor(name: string): OnnxTensor | undefined {
    const node = this.#producers.get(name);
    if (node)
      return node.operator === 'Constant' ? (node.attributes.get('value')?.tensor ?? undefined) : undefined;
    return this.graph.initializers.get(name) ?? this.outer?.tensor(name);
  }

  /**
   * Follows `name` back through nodes of these operators, by their first input.
   *
   * @returns the last value's name, with the scope it was found in and the nodes that were passed
   */
  follow(
    name: string,
    operators: ReadonlySet<string>,
    most = longestWay,
  ): { name: string; scope: Scope; passed: OnnxNode[] } {
    const passed: OnnxNode[] = [];
    let [at, scope]: [string, Scope] = [name, this];
    while (passed.length < most) {
      const made = scope.producer(at);
      if (!made || !operators.has(made.node.operator)) break;
      passed.push(made.node);
      at = made.node.inputs[0] ?? '';
      scope = made.scope;
    }
    return { name: at, scope, passed };
  }

  /** The tensor behind conversions and changes of shape, or behind the given operators only. */
  constant(name: string, through = conversions): OnnxTensor | undefined {
    const end = this.follow(name, through);
    return end.scope.tensor(end.name);
  }
}

/** How forms are told apart: contrib operators by their domain too. */
export function qualifiedName(node: OnnxNode): string {
  return node.domain === '' || node.domain === 'ai.onnx' ? node.operator : `${node.domain}.${node.operator}`;
}
