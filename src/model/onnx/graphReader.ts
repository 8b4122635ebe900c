import type { ByteSource } from './byteSource';
import { readTensor, type OnnxTensor } from './onnxTensor';
import { shown } from './refusalText';
import { ModelError } from '../modelError';
import type { OnnxAttribute, OnnxGraph, OnnxNode } from './onnxGraph';
import { fieldsOf, floatOf, integersOf, textOf, type Range } from './protobufReader';

/** Bounds that no real model comes near: what is beyond them is damage or malice. */
const mostEntries = 500_000;
const mostNames = 5_000_000;
const mostCharacters = 200_000_000;
const deepestBranch = 8;
/** Attributes that we read hold a few integers (`perm`). */
const mostIntegers = 16;

/** Reads nested graphs and counts what it takes from the file, however it is nested. */
export class GraphReader {
  #entries = 0;
  #names = 0;
  #characters = 0;

  constructor(private readonly source: ByteSource) {}

  graph(ranges: readonly Range[], depth: number): OnnxGraph {
    const { source } = this;
    if (depth > deepestBranch) {
      throw new ModelError(
        `${source.label} nests branches more than ${deepestBranch} deep; it is damaged or no model.`,
      );
    }
    const nodes: OnnxNode[] = [];
    const initializers = new Map<string, OnnxTensor>();
    const outputs: string[] = [];
    const outputRanks = new Map<string, number>();
    for (const range of ranges) {
      for (const field of fieldsOf(source, range)) {
        if (field.number === 1) nodes.push(this.#node(field, depth));
        else if (field.number === 5) {
          const tensor = this.#tensor(field);
          if (initializers.has(tensor.name)) throw this.#twice('the tensor', tensor.name);
          initializers.set(tensor.name, tensor);
        } else if (field.number === 12) {
          const name = this.#firstName(field);
          outputs.push(name);
          const rank = rankOf(source, field);
          if (rank !== null) outputRanks.set(name, rank);
        }
      }
    }
    this.#refuseDoubles(nodes, initializers);
    return { nodes, initializers, outputs, outputRanks, source };
  }

  #node(range: Range, depth: number): OnnxNode {
    this.#countEntry();
    const inputs: string[] = [];
    const outputs: string[] = [];
    const attributes = new Map<string, OnnxAttribute>();
    let [operator, domain] = ['', ''];
    for (const field of fieldsOf(this.source, range)) {
      if (field.number === 1) inputs.push(this.#text(field));
      else if (field.number === 2) outputs.push(this.#text(field));
      else if (field.number === 4) operator = this.#text(field);
      else if (field.number === 5) {
        const [name, attribute] = this.#attribute(field, depth);
        if (attributes.has(name)) throw this.#twice(`${shown(operator)}'s attribute`, name);
        attributes.set(name, attribute);
      } else if (field.number === 7) domain = this.#text(field);
    }
    return { operator, domain, inputs, outputs, attributes };
  }

  #attribute(range: Range, depth: number): [string, OnnxAttribute] {
    const { source } = this;
    let name = '';
    let integer: number | null = null;
    let float: number | null = null;
    let tensor: OnnxTensor | null = null;
    const graphs: Range[] = [];
    const integers: number[] = [];
    for (const field of fieldsOf(source, range)) {
      if (field.number === 1) name = this.#text(field);
      else if (field.number === 2) float = floatOf(source, field);
      else if (field.number === 3) integer = field.value;
      else if (field.number === 5) tensor = this.#tensor(field);
      else if (field.number === 6 && field.wire === 'bytes') graphs.push(field);
      else if (field.number === 8 && integers.length < mostIntegers)
        integers.push(...integersOf(source, field, mostIntegers));
    }
    const graph = graphs.length > 0 ? this.graph(graphs, depth + 1) : null;
    return [name, { integer, float, integers, tensor, graph }];
  }

  #tensor(range: Range): OnnxTensor {
    this.#countEntry();
    const tensor = readTensor(this.source, range);
    this.#countText(tensor.name);
    return tensor;
  }

  /** Two makers of one value would leave open which of them is meant. */
  #refuseDoubles(nodes: readonly OnnxNode[], initializers: ReadonlyMap<string, OnnxTensor>): void {
    const made = new Set<string>();
    for (const { outputs } of nodes) {
      for (const output of outputs) {
        if (output === '') continue;
        if (made.has(output) || initializers.has(output)) throw this.#twice('the value', output);
        made.add(output);
      }
    }
  }

  #firstName(range: Range): string {
    for (const field of fieldsOf(this.source, range)) if (field.number === 1) return this.#text(field);
    return '';
  }

  #text(range: Range): string {
    const text = textOf(this.source, range);
    this.#countText(text);
    return text;
  }

  #countText(text: string): void {
    this.#characters += text.length;
    if (++this.#names > mostNames || this.#characters > mostCharacters) throw this.#flood(mostNames, 'names');
  }

  #countEntry(): void {
    if (++this.#entries > mostEntries) throw this.#flood(mostEntries, 'nodes and tensors');
  }

  #flood(bound: number, what: string): ModelError {
    return new ModelError(
      `${this.source.label} claims more than ${bound} ${what}; it is damaged or no model.`,
    );
  }

  #twice(what: string, name: string): ModelError {
    return new ModelError(`${this.source.label} holds ${what} ${shown(name)} twice; export the model again.`);
  }
}

/** Dimensions of a value: ValueInfoProto.type.tensor_type.shape.dim. `null` where no shape is given. */
function rankOf(source: ByteSource, value: Range): number | null {
  let ranges: readonly Range[] = [value];
  for (const number of [2, 1, 2]) {
    ranges = ranges.flatMap((range) =>
      [...fieldsOf(source, range)].filter((field) => field.number === number && field.wire === 'bytes'),
    );
  }
  if (ranges.length === 0) return null;
  let rank = 0;
  for (const shape of ranges) for (const { number } of fieldsOf(source, shape)) if (number === 1) rank++;
  return rank;
}
