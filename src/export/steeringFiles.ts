import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import type { DirectionResult } from '../protocol/vocabularyResult';

/** A vector with the name of its file or tensor. `[hidden]` */
export interface NamedVector {
  readonly name: 'unembedding_direction' | 'causal_dual';
  readonly values: Float32Array;
}

/** The vectors of a direction: γ̄_W and its dual. */
export function directionVectors({ unembeddingDirection, causalDual }: DirectionResult): NamedVector[] {
  const vectors: NamedVector[] = [];
  if (unembeddingDirection) vectors.push({ name: 'unembedding_direction', values: unembeddingDirection });
  if (causalDual) vectors.push({ name: 'causal_dual', values: causalDual });
  return vectors;
}

/** The origin of the vectors, as text for a file's metadata. */
export function directionMetadata(result: DirectionResult, version: string): Record<string, string> {
  const { concept, pairs, direction, ridge, model } = result;
  return {
    concept,
    pairs: String(pairs),
    direction,
    ...(ridge !== null && { covariance_ridge: String(ridge) }),
    model: model.name,
    file: model.file,
    producer: `Concept Probe ${version}`,
  };
}

/**
 * The last block, whose output the head reads through the final norm. @throws UserError if the number of layers is not
 * known
 */
export function lastLayer({ layers, model }: DirectionResult): SteeredLayers {
  if (layers !== null) return { first: layers - 1, last: layers - 1 };
  throw new UserError(
    t`config.json of ${model.name} does not say how many layers there are; name them on the command line with --layers.`,
  );
}

/** The control vector of a direction: its dual, which steers, or γ̄_W if there is no dual. @throws UserError */
export function directionControlVector(
  result: DirectionResult,
  version: string,
  layers: SteeredLayers = lastLayer(result),
): Uint8Array {
  const { name, values } = directionVectors(result).at(-1)!;
  const metadata = { ...directionMetadata(result, version), vector: name };
  return controlVectorFile(values, layers, result.modelType ?? 'unknown', metadata);
}

/**
 * A safetensors file: the length of the header, a JSON header, and the vectors as float32. Metadata is text under
 * `__metadata__`.
 */
export function safetensorsFile(
  vectors: readonly NamedVector[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  const tensors = vectors.map(({ name, values }) => {
    const start = end;
    end += values.byteLength;
    return [name, { dtype: 'F32', shape: [values.length], data_offsets: [start, end] }] as const;
  });
  const json = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(tensors) }));
  // Data starts at a multiple of 8 bytes; the header may end with spaces.
  const header = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...vectors.map(({ values }) => bytesOf(values))]);
}

/** Blocks of a model, counted from 0 as in llama.cpp. */
export interface SteeredLayers {
  readonly first: number;
  readonly last: number;
}

const ggufVersion = 3;
const ggufAlignment = 32;
const ggufType = { uint32: 4, string: 8 } as const;
const ggmlFloat32 = 0;

/**
 * A control vector for llama.cpp: a GGUF file with `direction.N` `[hidden]` for every block N from 1 to the last steered
 * one. llama.cpp adds it to the residual stream after that block. Blocks before the first steered one get zeros.
 *
 * @throws UserError if block 0 is to be steered, which the format does not support
 */
export function controlVectorFile(
  vector: Float32Array,
  { first, last }: SteeredLayers,
  modelHint: string,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  if (first < 1 || last < first)
    throw new UserError(
      t`A control vector steers blocks from 1 on, so it cannot steer ${first} to ${last}; name others with --layers.`,
    );
  const fields: Buffer[] = [
    textField('general.architecture', 'controlvector'),
    textField('controlvector.model_hint', modelHint),
    Buffer.concat([text('controlvector.layer_count'), uint32(ggufType.uint32), uint32(last)]),
    ...Object.entries(metadata).map(([key, value]) => textField(`concept_probe.${key}`, value)),
  ];
  const stride = aligned(vector.byteLength);
  const tensors = Array.from({ length: last }, (_, index) =>
    Buffer.concat([
      text(`direction.${index + 1}`),
      ...[uint32(1), uint64(vector.length), uint32(ggmlFloat32), uint64(index * stride)],
    ]),
  );
  const head = Buffer.concat([
    ...[Buffer.from('GGUF'), uint32(ggufVersion), uint64(tensors.length), uint64(fields.length)],
    ...fields,
    ...tensors,
  ]);
  const data = Buffer.alloc(last * stride);
  for (let block = first; block <= last; block++) data.set(bytesOf(vector), (block - 1) * stride);
  return Buffer.concat([head, Buffer.alloc(aligned(head.length) - head.length), data]);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function aligned(length: number): number {
  return Math.ceil(length / ggufAlignment) * ggufAlignment;
}

function textField(key: string, value: string): Buffer {
  return Buffer.concat([text(key), uint32(ggufType.string), text(value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
