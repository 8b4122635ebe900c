import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { readTensor, type OnnxTensor } from './tensor';
import { readValue } from './value';
import { shown } from '../storage/refusalText';
import type { OnnxAttribute, OnnxFunction, OnnxGraph, OnnxNode, OnnxValue } from './graph';
import { fieldsOf, floatOf, integersOf, textOf, type Range } from './protobufReader';

/** Limits far beyond real models; a file that exceeds them is damaged or malicious. */
const mostEntries = 500_000;
const mostNames = 5_000_000;
const mostCharacters = 200_000_000;
const deepestBranch = 8;
/** The attributes in use hold a few integers (`perm`). */
const mostIntegers = 16;
/** The only text in use is the equation of an Einsum. */
const longestText = 1024;

/** The key under which a call finds its function. */
export function functionKey(domain: string, name: string, overload: string): string {
  return JSON.stringify([domain, name, overload]);
}

/** Reads nested graphs and counts the entries read from the file at all levels. */
export class GraphReader {
  #entries = 0;
  #names = 0;
  #characters = 0;

  constructor(private readonly source: ByteSource) {}

  graph(ranges: readonly Range[], depth: number): OnnxGraph {
    const { source } = this;
    if (depth > deepestBranch) {
      throw new ModelError(
        `${source.label} nests branches more than ${deepestBranch} levels deep; it is damaged or not a model.`,
      );
    }
    const nodes: OnnxNode[] = [];
    const initializers = new Map<string, OnnxTensor>();
    const [inputs, outputs]: string[][] = [[], []];
    const values = new Map<string, OnnxValue>();
    for (const range of ranges) {
      for (const field of fieldsOf(source, range)) {
        if (field.number === 1) nodes.push(this.#node(field, depth));
        else if (field.number === 5) {
          const tensor = this.#tensor(field);
          if (initializers.has(tensor.name)) throw this.#twice('the tensor', tensor.name);
          initializers.set(tensor.name, tensor);
        } else if (field.number >= 11 && field.number <= 13) {
          const [name, value] = this.#value(field);
          if (field.number === 11) inputs!.push(name);
          else if (field.number === 12) outputs!.push(name);
          if (value) values.set(name, value);
        }
      }
    }
    this.#refuseDoubles(nodes, initializers);
    return {
      nodes,
      initializers,
      inputs: inputs!,
      outputs: outputs!,
      values,
      functions: new Map(),
      source,
    };
  }

  /** A FunctionProto with its key. */
  function(range: Range): [string, OnnxFunction] {
    this.#countEntry();
    const nodes: OnnxNode[] = [];
    const [inputs, outputs]: string[][] = [[], []];
    const attributes = new Map<string, OnnxAttribute>();
    let [name, domain, overload] = ['', '', ''];
    for (const field of fieldsOf(this.source, range)) {
      if (field.number === 1) name = this.#text(field);
      else if (field.number === 4) inputs!.push(this.#text(field));
      else if (field.number === 5) outputs!.push(this.#text(field));
      else if (field.number === 7) nodes.push(this.#node(field, 0));
      else if (field.number === 10) domain = this.#text(field);
      else if (field.number === 11) attributes.set(...this.#attribute(field, 0));
      else if (field.number === 13) overload = this.#text(field);
    }
    this.#refuseDoubles(nodes, new Map());
    return [functionKey(domain, name, overload), { inputs: inputs!, outputs: outputs!, nodes, attributes }];
  }

  #node(range: Range, depth: number): OnnxNode {
    this.#countEntry();
    const inputs: string[] = [];
    const outputs: string[] = [];
    const attributes = new Map<string, OnnxAttribute>();
    let [operator, domain, overload] = ['', '', ''];
    for (const field of fieldsOf(this.source, range)) {
      if (field.number === 1) inputs.push(this.#text(field));
      else if (field.number === 2) outputs.push(this.#text(field));
      else if (field.number === 4) operator = this.#text(field);
      else if (field.number === 5) {
        const [name, attribute] = this.#attribute(field, depth);
        if (attributes.has(name)) throw this.#twice(`${shown(operator)}'s attribute`, name);
        attributes.set(name, attribute);
      } else if (field.number === 7) domain = this.#text(field);
      else if (field.number === 8) overload = this.#text(field);
    }
    return { operator, domain, overload, inputs, outputs, attributes };
  }

  #attribute(range: Range, depth: number): [string, OnnxAttribute] {
    const { source } = this;
    let [name, reference] = ['', ''];
    let integer: number | null = null;
    let float: number | null = null;
    let text: string | null = null;
    let tensor: OnnxTensor | null = null;
    const graphs: Range[] = [];
    const integers: number[] = [];
    for (const field of fieldsOf(source, range)) {
      if (field.number === 1) name = this.#text(field);
      else if (field.number === 2) float = floatOf(source, field);
      else if (field.number === 3) integer = field.value;
      else if (field.number === 4 && field.end - field.start <= longestText) text = this.#text(field);
      else if (field.number === 5) tensor = this.#tensor(field);
      else if (field.number === 6 && field.wire === 'bytes') graphs.push(field);
      else if (field.number === 8 && integers.length < mostIntegers)
        integers.push(...integersOf(source, field, mostIntegers));
      else if (field.number === 21) reference = this.#text(field);
    }
    const graph = graphs.length > 0 ? this.graph(graphs, depth + 1) : null;
    return [name, { integer, float, integers, text, tensor, graph, reference }];
  }

  #tensor(range: Range): OnnxTensor {
    this.#countEntry();
    const tensor = readTensor(this.source, range);
    this.#countText(tensor.name);
    return tensor;
  }

  /** A value with two sources would be ambiguous. */
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

  #value(range: Range): [string, OnnxValue | null] {
    this.#countEntry();
    const read = readValue(this.source, range);
    this.#countText(read[0]);
    return read;
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
      `${this.source.label} claims more than ${bound} ${what}; it is damaged or not a model.`,
    );
  }

  #twice(what: string, name: string): ModelError {
    return new ModelError(
      `${this.source.label} defines ${what} ${shown(name)} twice; export the model again.`,
    );
  }
}
