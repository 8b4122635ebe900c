import {
  onnxDataType,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
} from '../../../src/model/onnx/writer';

/** 7 tokens of 40 dimensions: odd, and not a multiple of a block. */
export const vocab = 7;
export const hidden = 40;

/** A head to write, and U from a plain computation that shares no code with src/. */
export interface HeadForm {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  /** `[vocab, hidden]` */
  readonly truth: (token: number, dimension: number) => number;
  readonly elementType: string;
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]';
  readonly after?: readonly string[];
  /** Why ONNX Runtime's CPU provider cannot run it, or is not a valid reference. */
  readonly withoutRuntime?: string;
}

/** A head that its operator cannot have, and what the refusal says. */
export interface RefusedForm {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly form: string;
  readonly remedy: string;
}

/** The same numbers in every run: a multiplicative congruential generator, random enough for tests. */
export function numbers(count: number, seed: number): number[] {
  let state = seed * 7919 + 1;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647 - 0.5;
  });
}

export function codes(count: number, bits: number, seed: number): number[] {
  return numbers(count, seed).map((value) => Math.min(2 ** bits - 1, Math.floor((value + 0.5) * 2 ** bits)));
}

/** Packs several codes into a byte, the first in the low bits, or in the high bits with `highFirst`. */
export function packed(values: readonly number[], bits: number, highFirst = false): Uint8Array {
  const perByte = 8 / bits;
  const bytes = new Uint8Array(Math.ceil(values.length / perByte));
  values.forEach((value, i) => {
    const place = highFirst ? perByte - 1 - (i % perByte) : i % perByte;
    bytes[Math.floor(i / perByte)]! |= (value & (2 ** bits - 1)) << (place * bits);
  });
  return bytes;
}

export function floats(name: string, dims: readonly number[], values: readonly number[]): OnnxTensor {
  return {
    name,
    dims,
    dataType: onnxDataType.float,
    rawData: new Uint8Array(Float32Array.from(values).buffer),
  };
}

export function bytes(
  name: string,
  dims: readonly number[],
  dataType: number,
  data: Iterable<number>,
): OnnxTensor {
  return { name, dims, dataType, rawData: Uint8Array.from(data) };
}

/** float16 or bfloat16 from their bits. */
export function halves(
  name: string,
  dims: readonly number[],
  dataType: number,
  bits: readonly number[],
): OnnxTensor {
  return { name, dims, dataType, rawData: new Uint8Array(Uint16Array.from(bits).buffer) };
}

export function node(
  opType: string,
  input: readonly string[],
  output: string,
  attribute: readonly OnnxAttribute[] = [],
): OnnxNode {
  const [domain, name] = opType.includes('.')
    ? ['com.microsoft', opType.slice('com.microsoft.'.length)]
    : ['', opType];
  return { opType: name, domain, input, output: output.split(' '), attribute };
}

export function ints(values: Readonly<Record<string, number>>): OnnxAttribute[] {
  return Object.entries(values).map(([name, i]) => ({ name, i }));
}

/** Rounds to float32, as stored numbers are. */
export const f = Math.fround;
