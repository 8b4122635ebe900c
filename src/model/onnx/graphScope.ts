import type { OnnxTensor } from './tensor';
import { functionKey } from './graphReader';
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxNode } from './graph';

/** Paths through real heads have fewer than a hundred steps; a damaged file may have cycles. */
export const longestWay = 1000;

/** A node with the scope of its inputs' names. */
export interface ScopedNode {
  readonly node: OnnxNode;
  readonly scope: Scope;
}

/** For tensors whose bytes are read with another shape. */
export const sameBytes: ReadonlySet<string> = new Set([
  'Identity',
  'Reshape',
  'Squeeze',
  'Unsqueeze',
  'Flatten',
]);
/** For tensors whose shape matters, or whose codes must be those stored. */
export const sameShape: ReadonlySet<string> = new Set(['Identity', 'Cast']);
export const sameTensor: ReadonlySet<string> = new Set(['Identity']);
const conversions: ReadonlySet<string> = new Set([...sameBytes, 'Cast']);

/** Where a function's inputs come from. */
interface Call {
  readonly caller: Scope;
  /** The caller's name for each of the function's inputs. */
  readonly bound: ReadonlyMap<string, string>;
}

/** A name with the scope that defines it. */
export interface Place {
  readonly name: string;
  readonly scope: Scope;
}

/**
 * Resolves names in a graph, from a branch of If also in the outer graphs, and through calls of the file's own functions
 * (ONNX IR, "Names within a graph" and "Functions").
 */
export class Scope {
  readonly #producers = new Map<string, OnnxNode>();
  readonly #bodies = new Map<OnnxNode, Scope | null>();
  readonly #functions: OnnxGraph['functions'];
  readonly #budget: FunctionBudget;

  constructor(
    readonly graph: OnnxGraph,
    readonly outer: Scope | null = null,
    private readonly call: Call | null = null,
  ) {
    const around = outer ?? call?.caller;
    this.#functions = around ? around.#functions : graph.functions;
    this.#budget = around ? around.#budget : new FunctionBudget();
    for (const node of graph.nodes) for (const output of node.outputs) this.#producers.set(output, node);
  }

  /** Whether names are local to a function and cannot be accessed from outside. */
  get isInFunction(): boolean {
    return this.call !== null || (this.outer?.isInFunction ?? false);
  }

  /** Resolves `name` through branches and calls to a node's output, a tensor, or a graph's input. */
  resolve(name: string): Place {
    let [at, scope]: [string, Scope] = [name, this];
    for (let count = 0; count < longestWay; count++) {
      const node = scope.#producers.get(at);
      if (node) {
        const inside = scope.functionOf(node)?.outputOf(node, at);
        if (!inside) break;
        [at, scope] = [inside.name, inside.scope];
      } else if (scope.graph.initializers.has(at)) break;
      else if (scope.call) {
        const bound = scope.call.bound.get(at);
        if (bound === undefined) break;
        [at, scope] = [bound, scope.call.caller];
      } else if (scope.outer) scope = scope.outer;
      else break;
    }
    return { name: at, scope };
  }

  producer(name: string): ScopedNode | undefined {
    const place = this.resolve(name);
    const node = place.scope.#producers.get(place.name);
    return node && { node, scope: place.scope };
  }

  /** The initializer, or the value of the Constant, that `name` directly refers to. */
  tensor(name: string): OnnxTensor | undefined {
    const place = this.resolve(name);
    const node = place.scope.#producers.get(place.name);
    if (!node) return place.scope.graph.initializers.get(place.name);
    return node.operator === 'Constant' ? (node.attributes.get('value')?.tensor ?? undefined) : undefined;
  }

  /** The body of the function that `node` calls; null for an ONNX operator. */
  functionOf(node: OnnxNode): Scope | null {
    const known = this.#bodies.get(node);
    if (known !== undefined) return known;
    const defined = this.#functions.get(functionKey(node.domain, node.operator, node.overload));
    const body = defined && this.#budget.take(defined) ? this.#bodyOf(node, defined) : null;
    this.#bodies.set(node, body);
    return body;
  }

  #bodyOf(node: OnnxNode, defined: OnnxFunction): Scope {
    const bound = new Map<string, string>();
    defined.inputs.forEach((input, i) => bound.set(input, node.inputs[i] ?? ''));
    const graph: OnnxGraph = {
      nodes: defined.nodes.map((inner) => withAttributes(inner, node, defined)),
      initializers: new Map(),
      inputs: defined.inputs,
      outputs: defined.outputs,
      values: new Map(),
      functions: this.#functions,
      source: this.graph.source,
    };
    return new Scope(graph, null, { caller: this, bound });
  }

  /** The name in this function of the output `name` of a call. */
  private outputOf(node: OnnxNode, name: string): Place | null {
    const inside = this.graph.outputs[node.outputs.indexOf(name)];
    return inside === undefined ? null : { name: inside, scope: this };
  }

  /**
   * Follows `name` back through nodes with these operators, by their first input.
   *
   * @returns the last value, with the nodes that were passed
   */
  follow(
    name: string,
    operators: ReadonlySet<string>,
    most = longestWay,
  ): Place & { readonly passed: OnnxNode[] } {
    const passed: OnnxNode[] = [];
    let place = this.resolve(name);
    while (passed.length < most) {
      const made = place.scope.producer(place.name);
      if (!made || !operators.has(made.node.operator)) break;
      passed.push(made.node);
      place = made.scope.resolve(made.node.inputs[0] ?? '');
    }
    return { ...place, passed };
  }

  /** The tensor behind conversions and reshapes, or only behind the given operators. */
  constant(name: string, through = conversions): OnnxTensor | undefined {
    const end = this.follow(name, through);
    return end.scope.tensor(end.name);
  }
}

/** Limits the expansion of functions that call each other, which a small file could make endless. */
class FunctionBudget {
  #nodes = 500_000;

  take(defined: OnnxFunction): boolean {
    this.#nodes -= defined.nodes.length + 1;
    return this.#nodes > 0;
  }
}

/** A function's node with the attributes of the call. */
function withAttributes(inner: OnnxNode, call: OnnxNode, { attributes: defaults }: OnnxFunction): OnnxNode {
  if ([...inner.attributes.values()].every(({ reference }) => reference === '')) return inner;
  const attributes = new Map<string, OnnxAttribute>();
  for (const [name, attribute] of inner.attributes) {
    const { reference } = attribute;
    const value = reference === '' ? attribute : (call.attributes.get(reference) ?? defaults.get(reference));
    if (value) attributes.set(name, value);
  }
  return { ...inner, attributes };
}

/** The operator's name, with the domain for operators that are not ONNX's own. */
export function qualifiedName(node: OnnxNode): string {
  return node.domain === '' || node.domain === 'ai.onnx' ? node.operator : `${node.domain}.${node.operator}`;
}
