import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes ONNX files from plain data. Names are those of onnx.proto in camelCase. There are no consistency checks, so that
 * tests can write invalid files.
 */

/** TensorProto.DataType */
export const onnxDataType = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  bfloat16: 16,
  float8e4m3fn: 17,
  float8e5m2: 19,
  uint4: 21,
  int4: 22,
  float4e2m1: 23,
} as const;

/** Any of the data fields can be given, or `externalData` with their location (`location`, `offset`, `length`). */
export interface OnnxTensor {
  readonly name?: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  /** Little-endian; written by reference, never copied. */
  readonly rawData?: Uint8Array;
  readonly floatData?: readonly number[] | Float32Array;
  readonly doubleData?: readonly number[] | Float64Array;
  /** Also for every type of at most 32 bits except float32: bits of float16, int8, packed int4 … */
  readonly int32Data?: readonly number[] | Int32Array;
  readonly int64Data?: readonly (number | bigint)[] | BigInt64Array;
  readonly externalData?: Readonly<Record<string, string>>;
  /** 1 (external) by default if there is `externalData`. */
  readonly dataLocation?: number;
}

/** The attribute's type follows from the given field. */
export type OnnxAttribute = { readonly name: string } & (
  | { readonly f: number }
  | { readonly i: number | bigint }
  | { readonly s: string }
  | { readonly t: OnnxTensor }
  | { readonly g: OnnxGraph }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly (number | bigint)[] }
  | { readonly strings: readonly string[] }
  /** In a function: refers to the caller's attribute with this name and AttributeType. */
  | { readonly reference: string; readonly type: number }
);

export interface OnnxNode {
  readonly opType: string;
  /** An empty name represents an omitted optional input. */
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attribute?: readonly OnnxAttribute[];
}

export interface OnnxValueInfo {
  readonly name: string;
  /** An `onnxDataType`. */
  readonly elemType: number;
  /** A string is a symbolic dimension, null an unknown one; without a shape the rank is unknown. */
  readonly shape?: readonly (number | string | null)[];
}

export interface OnnxGraph {
  readonly name?: string;
  readonly node: readonly OnnxNode[];
  readonly initializer?: readonly OnnxTensor[];
  readonly input?: readonly OnnxValueInfo[];
  readonly output?: readonly OnnxValueInfo[];
  readonly valueInfo?: readonly OnnxValueInfo[];
}

/** A function defined in the file: an operator of `domain` composed of others. */
export interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly node: readonly OnnxNode[];
  /** Names of attributes that a call must provide. */
  readonly attribute?: readonly string[];
  /** Attributes that a call may omit, with their default values. */
  readonly attributeDefaults?: readonly OnnxAttribute[];
  readonly opsetImport: Readonly<Record<string, number>>;
}

export interface OnnxModel {
  readonly irVersion: number;
  /** The version of each operator domain; `''` is ONNX's own. */
  readonly opsetImport: Readonly<Record<string, number>>;
  readonly producerName?: string;
  readonly producerVersion?: string;
  readonly metadataProps?: Readonly<Record<string, string>>;
  readonly graph: OnnxGraph;
  readonly functions?: readonly OnnxFunction[];
}

/** The bytes of the model's file. */
export function serializeOnnx(model: OnnxModel): Uint8Array {
  return Buffer.concat(modelMessage(model).parts);
}

/**
 * Writes the model to `path` and replaces an existing file. Large tensors are written from their own memory without a copy.
 */
export async function writeOnnx(model: OnnxModel, path: string): Promise<void> {
  await pipeline(Readable.from(modelMessage(model).parts), createWriteStream(path));
}

/** Builds a protobuf message as a list of byte ranges, so that nested messages are not copied. */
class Message {
  readonly parts: Uint8Array[] = [];
  length = 0;

  private add(part: Uint8Array): void {
    this.parts.push(part);
    this.length += part.length;
  }

  /** Omits absent fields, as protobuf does, so that every value may be `undefined`. */
  int(field: number, value: number | bigint | undefined): void {
    if (value === undefined) return;
    this.add(varint(field * 8));
    this.add(varint(value));
  }

  float(field: number, value: number): void {
    this.add(varint(field * 8 + 5));
    this.add(bytesOf(Float32Array.of(value)));
  }

  bytes(field: number, value: Uint8Array | undefined): void {
    if (value === undefined) return;
    this.add(varint(field * 8 + 2));
    this.add(varint(value.length));
    this.add(value);
  }

  string(field: number, value: string | undefined): void {
    if (value !== undefined) this.bytes(field, Buffer.from(value));
  }

  message(field: number, value: Message): void {
    this.add(varint(field * 8 + 2));
    this.add(varint(value.length));
    for (const part of value.parts) this.parts.push(part);
    this.length += value.length;
  }

  entries(field: number, record: Readonly<Record<string, string>> | undefined): void {
    for (const [key, value] of Object.entries(record ?? {})) {
      this.message(
        field,
        build((entry) => {
          entry.string(1, key);
          entry.string(2, value);
        }),
      );
    }
  }
}

function build(fill: (message: Message) => void): Message {
  const message = new Message();
  fill(message);
  return message;
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

function varints(values: Iterable<number | bigint> | undefined): Uint8Array | undefined {
  return values && Buffer.concat(Array.from(values, varint));
}

function bytesOf(array: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function modelMessage(model: OnnxModel): Message {
  return build((message) => {
    message.int(1, model.irVersion);
    message.string(2, model.producerName);
    message.string(3, model.producerVersion);
    message.message(7, graphMessage(model.graph));
    addOpsets(message, 8, model.opsetImport);
    message.entries(14, model.metadataProps);
    for (const defined of model.functions ?? []) message.message(25, functionMessage(defined));
  });
}

function addOpsets(message: Message, field: number, versions: Readonly<Record<string, number>>): void {
  for (const [domain, version] of Object.entries(versions)) {
    message.message(
      field,
      build((opset) => {
        opset.string(1, domain);
        opset.int(2, version);
      }),
    );
  }
}

function functionMessage(defined: OnnxFunction): Message {
  return build((message) => {
    message.string(1, defined.name);
    for (const name of defined.input) message.string(4, name);
    for (const name of defined.output) message.string(5, name);
    for (const name of defined.attribute ?? []) message.string(6, name);
    for (const node of defined.node) message.message(7, nodeMessage(node));
    addOpsets(message, 9, defined.opsetImport);
    message.string(10, defined.domain);
    for (const attribute of defined.attributeDefaults ?? []) message.message(11, attributeMessage(attribute));
  });
}

function graphMessage(graph: OnnxGraph): Message {
  return build((message) => {
    for (const node of graph.node) message.message(1, nodeMessage(node));
    message.string(2, graph.name);
    for (const tensor of graph.initializer ?? []) message.message(5, tensorMessage(tensor));
    for (const value of graph.input ?? []) message.message(11, valueInfoMessage(value));
    for (const value of graph.output ?? []) message.message(12, valueInfoMessage(value));
    for (const value of graph.valueInfo ?? []) message.message(13, valueInfoMessage(value));
  });
}

function nodeMessage(node: OnnxNode): Message {
  return build((message) => {
    for (const name of node.input) message.string(1, name);
    for (const name of node.output) message.string(2, name);
    message.string(3, node.name);
    message.string(4, node.opType);
    for (const attribute of node.attribute ?? []) message.message(5, attributeMessage(attribute));
    message.string(7, node.domain);
  });
}

function attributeMessage(attribute: OnnxAttribute): Message {
  return build((message) => {
    message.string(1, attribute.name);
    message.int(20, writeAttributeValue(message, attribute));
  });
}

/** Returns AttributeProto.AttributeType. */
function writeAttributeValue(message: Message, attribute: OnnxAttribute): number {
  if ('f' in attribute) {
    message.float(2, attribute.f);
    return 1;
  }
  if ('i' in attribute) {
    message.int(3, attribute.i);
    return 2;
  }
  if ('s' in attribute) {
    message.string(4, attribute.s);
    return 3;
  }
  if ('t' in attribute) {
    message.message(5, tensorMessage(attribute.t));
    return 4;
  }
  if ('g' in attribute) {
    message.message(6, graphMessage(attribute.g));
    return 5;
  }
  if ('floats' in attribute) {
    for (const value of attribute.floats) message.float(7, value);
    return 6;
  }
  if ('ints' in attribute) {
    for (const value of attribute.ints) message.int(8, value);
    return 7;
  }
  if ('reference' in attribute) {
    message.string(21, attribute.reference);
    return attribute.type;
  }
  for (const value of attribute.strings) message.string(9, value);
  return 8;
}

/** Writes dimensions one by one and typed data packed, like Python's onnx. */
function tensorMessage(tensor: OnnxTensor): Message {
  return build((message) => {
    for (const dim of tensor.dims) message.int(1, dim);
    message.int(2, tensor.dataType);
    message.bytes(4, tensor.floatData && bytesOf(Float32Array.from(tensor.floatData)));
    message.bytes(5, varints(tensor.int32Data));
    message.bytes(7, varints(tensor.int64Data));
    message.string(8, tensor.name);
    message.bytes(9, tensor.rawData);
    message.bytes(10, tensor.doubleData && bytesOf(Float64Array.from(tensor.doubleData)));
    message.entries(13, tensor.externalData);
    message.int(14, tensor.dataLocation ?? (tensor.externalData && 1));
  });
}

function valueInfoMessage(value: OnnxValueInfo): Message {
  const tensorType = build((message) => {
    message.int(1, value.elemType);
    if (value.shape) message.message(2, shapeMessage(value.shape));
  });
  const type = build((message) => {
    message.message(1, tensorType);
  });
  return build((message) => {
    message.string(1, value.name);
    message.message(2, type);
  });
}

function shapeMessage(shape: readonly (number | string | null)[]): Message {
  return build((message) => {
    for (const dim of shape) {
      message.message(
        1,
        build((dimension) => {
          if (typeof dim === 'number') dimension.int(1, dim);
          else if (dim !== null) dimension.string(2, dim);
        }),
      );
    }
  });
}
