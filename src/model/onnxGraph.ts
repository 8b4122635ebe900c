import type { ByteSource } from './byteSource';
import { ModelError } from './modelError';
import { fieldsOf, floatOf, integersOf, textOf, type Range } from './protobufReader';

/** Where a tensor's bytes lie. `typed`: in a typed repeated field instead of raw bytes. */
export type TensorData =
  | { readonly kind: 'inline'; readonly offset: number; readonly length: number }
  | {
      readonly kind: 'external';
      readonly location: string;
      readonly offset: number;
      readonly length: number | null;
    }
  | { readonly kind: 'typed' }
  | { readonly kind: 'none' };

export interface OnnxTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** TensorProto.DataType, see {@link elementTypeName}. */
  readonly dataType: number;
  readonly data: TensorData;
}

export interface OnnxAttribute {
  readonly integer: number | null;
  readonly float: number | null;
  readonly integers: readonly number[];
  readonly tensor: OnnxTensor | null;
}

export interface OnnxNode {
  readonly operator: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly outputs: readonly string[];
}

const typeNames = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
];
const laterTypeNames = ['float16', 'float64', 'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16'];
const newestTypeNames = [
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
];
const allTypeNames = [...typeNames, ...laterTypeNames, ...newestTypeNames];

/** Name of a TensorProto.DataType (onnx.proto), as `float16`. */
export function elementTypeName(dataType: number): string {
  return allTypeNames[dataType] ?? `type ${dataType}`;
}

/** Bounds that no real model comes near: what is beyond them is damage or malice. */
const mostEntries = 500_000;
const mostDimensions = 8;
const largestDimension = 2 ** 31;
/** Attributes that we read hold a few integers (`perm`). */
const mostIntegers = 16;

/**
 * The graph of an ONNX file without its tensors' data. Field numbers are those of onnx.proto.
 *
 * @throws ModelError if the file is damaged or no ONNX file
 */
export function readOnnxGraph(source: ByteSource): OnnxGraph {
  refusePointerFile(source);
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxTensor>();
  const outputs: string[] = [];
  // Repeated graph fields are one graph: protobuf merges them.
  for (const model of fieldsOf(source, { start: 0, end: source.size })) {
    if (model.number !== 7 || model.wire !== 'bytes') continue;
    for (const field of fieldsOf(source, model)) {
      if (nodes.length + initializers.size > mostEntries) {
        throw new ModelError(
          `${source.label} claims more than ${mostEntries} nodes and tensors; it is damaged or no model.`,
        );
      }
      if (field.number === 1) nodes.push(readNode(source, field));
      else if (field.number === 5) addInitializer(readTensor(source, field));
      else if (field.number === 12) outputs.push(readName(source, field));
    }
  }
  if (nodes.length === 0)
    throw new ModelError(`${source.label} holds no ONNX graph; choose the model's .onnx file.`);
  return { nodes, initializers, outputs };

  function addInitializer(tensor: OnnxTensor): void {
    if (initializers.has(tensor.name)) {
      throw new ModelError(`${source.label} holds the tensor ${tensor.name} twice; export the model again.`);
    }
    initializers.set(tensor.name, tensor);
  }
}

/** Repositories cloned without Git LFS hold a few lines of text in place of each model. */
function refusePointerFile(source: ByteSource): void {
  if (source.size === 0) throw new ModelError(`${source.label} is empty; export or copy the model again.`);
  const start = textOf(source, { start: 0, end: Math.min(source.size, 24) });
  if (start.startsWith('version https://git-lfs')) {
    throw new ModelError(
      `${source.label} is a Git LFS pointer, not the model; run “git lfs pull” in its folder.`,
    );
  }
}

function readNode(source: ByteSource, range: Range): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let [operator, domain] = ['', ''];
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) inputs.push(textOf(source, field));
    else if (field.number === 2) outputs.push(textOf(source, field));
    else if (field.number === 4) operator = textOf(source, field);
    else if (field.number === 5) attributes.set(...readAttribute(source, field));
    else if (field.number === 7) domain = textOf(source, field);
  }
  return { operator, domain, inputs, outputs, attributes };
}

function readAttribute(source: ByteSource, range: Range): [string, OnnxAttribute] {
  let name = '';
  let integer: number | null = null;
  let float: number | null = null;
  let tensor: OnnxTensor | null = null;
  const integers: number[] = [];
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) name = textOf(source, field);
    else if (field.number === 2) float = floatOf(source, field);
    else if (field.number === 3) integer = field.value;
    else if (field.number === 5) tensor = readTensor(source, field);
    else if (field.number === 8 && integers.length < mostIntegers)
      integers.push(...integersOf(source, field, mostIntegers));
  }
  return [name, { integer, float, integers, tensor }];
}

function readTensor(source: ByteSource, range: Range): OnnxTensor {
  const dimensions: number[] = [];
  const external = new Map<string, string>();
  let name = '';
  let dataType = 0;
  let data: TensorData = { kind: 'none' };
  for (const field of fieldsOf(source, range)) {
    const { start: offset, end } = field;
    if (field.number === 1) {
      if (dimensions.length <= mostDimensions)
        dimensions.push(...integersOf(source, field, mostDimensions + 1));
    } else if (field.number === 2) dataType = field.value;
    // Packed float_data has the very bytes of raw float32 data; other typed fields are varints or strings.
    else if (field.number === 9 || (field.number === 4 && field.wire === 'bytes' && data.kind === 'none')) {
      data = { kind: 'inline', offset, length: end - offset };
    } else if ([4, 5, 6, 7, 10, 11].includes(field.number)) data = { kind: 'typed' };
    else if (field.number === 8) name = textOf(source, field);
    else if (field.number === 13) external.set(...readEntry(source, field));
  }
  checkDimensions(source, name, dimensions);
  const location = external.get('location');
  if (location !== undefined) data = externalData(source, name, location, external);
  return { name, dimensions, dataType, data };
}

/** @throws ModelError if no tensor can have this shape */
function checkDimensions(source: ByteSource, tensor: string, dimensions: readonly number[]): void {
  const isPossible =
    dimensions.length <= mostDimensions && dimensions.every((size) => size >= 0 && size <= largestDimension);
  if (isPossible) return;
  const shape = dimensions.slice(0, mostDimensions).join(', ');
  throw new ModelError(
    `${source.label} gives ${tensor} the shape [${shape}], which cannot be; export the model again.`,
  );
}

function externalData(
  source: ByteSource,
  tensor: string,
  location: string,
  entries: ReadonlyMap<string, string>,
): TensorData {
  const decimal = (key: string): number | null => {
    const text = entries.get(key);
    if (text === undefined) return null;
    const value = Number(text);
    if (/^\d+$/u.test(text) && Number.isSafeInteger(value)) return value;
    throw new ModelError(
      `${source.label} gives the tensor ${tensor} the external ${key} “${text}”, which is no number; export the model again.`,
    );
  };
  return { kind: 'external', location, offset: decimal('offset') ?? 0, length: decimal('length') };
}

function readEntry(source: ByteSource, range: Range): [string, string] {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) key = textOf(source, field);
    else if (field.number === 2) value = textOf(source, field);
  }
  return [key, value];
}

function readName(source: ByteSource, range: Range): string {
  for (const field of fieldsOf(source, range)) if (field.number === 1) return textOf(source, field);
  return '';
}
