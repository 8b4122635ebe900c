import { ModelError } from '../../errors';
import { fromEnd, refusedFlow, type Flow, type Passed } from './flow';
import { flowThrough } from './flowSteps';
import { ownSteps, products } from './products';
import { readStep } from './stepReader';
import { soften, type Step } from './steps';
import { longestWay, qualifiedName, Scope, type ScopedNode } from '../onnx/graphScope';
import type { OnnxGraph } from '../onnx/graph';
import { inlineFunctions, unsupportedHead } from '../storage/refusalText';
import type { Shape } from '../onnx/shapes';
import { shapeOf, statedShape } from '../onnx/inferred';
import type { ProductForm } from './productForm';

/** One of the products that compute the logits, usually the only one. */
export interface Part {
  readonly product: ScopedNode;
  readonly form: ProductForm;
  /** The steps that apply only to this part, starting at the product. */
  readonly steps: readonly Step[];
  /** Number of its leading tokens that have logits; the rest is cut off. */
  readonly tokens: number;
}

/** How the logits are computed: products concatenated along the vocabulary, and the steps common to all. */
export interface Walk {
  readonly parts: readonly Part[];
  readonly steps: readonly Step[];
  readonly flow: Flow;
  readonly insideBranch: boolean;
}

/** The branches of If. Merged decoders of Optimum have one for the first call and one for calls with a cache. */
export type Branch = 'then_branch' | 'else_branch';

/** A node on the path, and the step that it applies to the product. */
interface PassedStep extends Passed {
  readonly step: Step | null;
}

/** Real heads have a few parts; a damaged file may reference itself endlessly. */
const mostParts = 256;

/**
 * Walks back from `output` to the products that compute it, and tracks the tokens along the way.
 *
 * @param branch the branch of an If to enter if it has both
 * @throws ModelError if an operator on the path is unknown or moves tokens, or there is no product
 */
export function walkBack(graph: OnnxGraph, output: string, branch: Branch): Walk {
  const { label } = graph.source;
  const walk = new HeadWalk(branch).back(output, new Scope(graph), 0);
  if (!walk) {
    throw new ModelError(
      `${label} has logits that are not computed by a matrix product; choose a language model with its LM head.`,
    );
  }
  if (walk.flow.axis === -1) return walk;
  const form = 'logits whose last axis is not the vocabulary';
  throw unsupportedHead(label, form, 'export the logits as [batch, sequence, vocabulary]');
}

class HeadWalk {
  #parts = 0;

  constructor(private readonly branch: Branch) {}

  /** @param depth number of nodes already passed @returns null if there is no product */
  back(output: string, from: Scope, depth: number): Walk | null {
    const path: PassedStep[] = [];
    let [name, scope, insideBranch]: [string, Scope, boolean] = [output, from, false];
    for (let count = depth; count < longestWay; count++) {
      const place = scope.resolve(name);
      const made = place.scope.producer(place.name);
      if (!made) return null;
      scope = made.scope;
      const operator = qualifiedName(made.node);
      const walk = products.has(operator)
        ? this.#product(made, path)
        : operator === 'Concat'
          ? this.#concat(made, path, count + 1)
          : null;
      if (walk) return { ...walk, insideBranch: insideBranch || walk.insideBranch };
      if (operator === 'If') {
        [name, scope] = enter(made, place.name, this.branch);
        insideBranch = true;
      } else {
        const { data, step } = readStep(made);
        path.unshift({ made, data, output: place.name, step });
        name = data;
      }
    }
    return null;
  }

  #product(product: ScopedNode, path: readonly PassedStep[]): Walk {
    if (++this.#parts > mostParts) throw refusedFlow(product, `Concat of more than ${mostParts} products`);
    const steps = stepsOf(path);
    const form = products.get(qualifiedName(product.node))!(product, steps);
    const flow = through(path, startOfFlow(product, form, statedBehind(path)));
    const part = { product, form, steps: [...form.steps, ...ownSteps(product, steps)], tokens: flow.tokens };
    return { parts: [part], steps: [], flow, insideBranch: false };
  }

  #concat(concat: ScopedNode, path: readonly PassedStep[], depth: number): Walk {
    const walks = concat.node.inputs.map((input) => this.back(input, concat.scope, depth));
    if (!walks.every((walk) => walk !== null))
      throw refusedFlow(concat, 'Concat with values that are not products');
    const joined = joinedFlow(
      concat,
      walks.map(({ flow }) => flow),
    );
    const flow = through(path, joined);
    return {
      parts: firstTokens(
        walks.flatMap(({ parts }) => parts),
        flow.tokens,
      ),
      steps: stepsOf(path),
      flow,
      insideBranch: walks.some((walk) => walk.insideBranch),
    };
  }
}

function stepsOf(path: readonly PassedStep[]): Step[] {
  return soften(path.flatMap(({ step }) => step ?? []));
}

function through(path: readonly PassedStep[], start: Flow): Flow {
  return path.reduce(flowThrough, start);
}

function enter({ node, scope }: ScopedNode, output: string, branch: Branch): [string, Scope] {
  const { label } = scope.graph.source;
  if (scope.isInFunction) throw unsupportedHead(label, 'If in a local function', inlineFunctions);
  const [wanted, then, other] = [branch, 'then_branch', 'else_branch'].map(
    (name) => node.attributes.get(name)?.graph,
  );
  const graph = wanted ?? then ?? other;
  const name = graph?.outputs[node.outputs.indexOf(output)];
  if (!graph || name === undefined)
    throw unsupportedHead(label, 'If without a branch that computes the logits', 'export the model again');
  return [name, new Scope(graph, scope)];
}

function startOfFlow({ node, scope }: ScopedNode, { axes, tokens }: ProductForm, stated: Shape | null): Flow {
  const shape = shapeOf(scope, node.outputs[0] ?? '') ?? stated;
  const place = (shape?.length ?? 0) + axes.tokens;
  return {
    shape: shape && place >= 0 ? shape.with(place, tokens.count) : null,
    axis: axes.tokens,
    tokens: tokens.count,
    movesPositions: false,
  };
}

const keepAxes = new Set([
  'Cast',
  'Identity',
  'Dropout',
  'Tanh',
  'Slice',
  'QuantizeLinear',
  'DequantizeLinear',
]);

/** The number of axes that the file states for a later value which must have the same number of axes as the product. */
function statedBehind(path: readonly Passed[]): Shape | null {
  const next = path.findIndex(({ made }) => !keepAxes.has(qualifiedName(made.node)));
  for (const passed of next < 0 ? path : path.slice(0, next)) {
    const stated = statedShape(passed.made.scope, passed.output);
    if (stated) return stated.map(() => null);
  }
  return null;
}

/** Concatenated products. @throws ModelError unless they are concatenated along the vocabulary */
function joinedFlow(concat: ScopedNode, flows: readonly Flow[]): Flow {
  const known = flows.find(({ shape }) => shape) ?? flows[0];
  if (!known) throw refusedFlow(concat, 'Concat of nothing');
  if (flows.length === 1) return known;
  const axis = fromEnd(known, concat.node.attributes.get('axis')?.integer ?? 0, concat);
  if (flows.some((flow) => flow.axis !== axis))
    throw refusedFlow(concat, 'Concat along an axis other than the vocabulary');
  const tokens = flows.reduce((sum, flow) => sum + flow.tokens, 0);
  return {
    shape: known.shape?.with(known.shape.length + axis, tokens) ?? null,
    axis,
    tokens,
    movesPositions: flows.some((flow) => flow.movesPositions),
  };
}

/** The parts without the tokens that are cut off at the end. */
function firstTokens(parts: readonly Part[], tokens: number): Part[] {
  let left = tokens;
  return parts.flatMap((part) => {
    const kept = Math.min(part.tokens, left);
    left -= kept;
    return kept > 0 ? [{ ...part, tokens: kept }] : [];
  });
}
