import { writeFileSync } from 'node:fs';

/** A value of the metadata: its type is that of the JavaScript value, or stated. */
export type MetadataValue =
  | string
  | boolean
  | number
  | readonly string[]
  | { readonly u32: number }
  | { readonly i32: readonly number[] }
  | { readonly f32: readonly number[] };

export interface WrittenTensor {
  readonly name: string;
  /** Innermost first. */
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly data: Uint8Array;
}

export interface GgufContents {
  readonly version?: number;
  readonly metadata?: Readonly<Record<string, MetadataValue>>;
  readonly tensors?: readonly WrittenTensor[];
  /** Also written as general.alignment if it is not 32. */
  readonly alignment?: number;
}

/** A GGUF file as its specification describes it. */
export function ggufBytes({
  version = 3,
  metadata = {},
  tensors = [],
  alignment = 32,
}: GgufContents): Buffer {
  const all = alignment === 32 ? metadata : { ...metadata, 'general.alignment': { u32: alignment } };
  const entries = Object.entries(all);
  let offset = 0;
  const infos = tensors.map(({ name, dimensions, type, data }) => {
    const info = [text(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(offset)];
    offset += Math.ceil(data.length / alignment) * alignment;
    return Buffer.concat(info);
  });
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(version),
    u64(tensors.length),
    u64(entries.length),
    ...entries.flatMap(([key, value]) => [text(key), typed(value)]),
    ...infos,
  ]);
  return Buffer.concat([
    padded(header, alignment),
    ...tensors.map(({ data }) => padded(Buffer.from(data), alignment)),
  ]);
}

export function writeGguf(path: string, contents: GgufContents): void {
  writeFileSync(path, ggufBytes(contents));
}

function typed(value: MetadataValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([u32(8), text(value)]);
  if (typeof value === 'boolean') return Buffer.concat([u32(7), Buffer.of(value ? 1 : 0)]);
  if (typeof value === 'number') return Buffer.concat([u32(6), f32(value)]);
  if ('u32' in value) return Buffer.concat([u32(4), u32(value.u32)]);
  if ('i32' in value) return list(5, value.i32.map(i32));
  if ('f32' in value) return list(6, value.f32.map(f32));
  return list(8, value.map(text));
}

function list(type: number, entries: readonly Buffer[]): Buffer {
  return Buffer.concat([u32(9), u32(type), u64(entries.length), ...entries]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function i32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function padded(bytes: Buffer, alignment: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((alignment - (bytes.length % alignment)) % alignment)]);
}
