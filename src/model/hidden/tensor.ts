import { ModelError } from '../../errors';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { elementTypes } from '../storage/elementTypes';
import { float16Tensor, type Runtime } from '../runtime/sessionRuntime';

/** Supported types of decoder inputs. */
export const inputTypes: ReadonlySet<string> = new Set(['int64', 'int32', 'float32', 'bool', 'float16']);

/** A tensor of an input's type. @throws ModelError if an input with this meaning cannot have the type */
export function inputTensor(
  runtime: Runtime,
  { name, type }: InferenceSession.TensorValueMetadata,
  values: readonly number[],
  shape: readonly number[],
  label: string,
): Tensor {
  const { Tensor } = runtime;
  if (type === 'int64') return new Tensor(type, BigInt64Array.from(values, BigInt), shape);
  if (type === 'int32') return new Tensor(type, Int32Array.from(values), shape);
  if (type === 'float32') return new Tensor(type, Float32Array.from(values), shape);
  if (type === 'bool') return new Tensor(type, Uint8Array.from(values), shape);
  if (type !== 'float16') throw unknownInput(`${name} (${type})`, label);
  // As bits: a mask only needs 0 and 1, and the cache is empty.
  const bits = Uint16Array.from(values, (value) => (value === 0 ? 0 : 0x3c00));
  return float16Tensor(runtime, bits, shape);
}

/** Converts any float type that an export computes in to float32. */
export function floatsOf({ data, type }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data;
  const target = new Float32Array(data.length);
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    // Newer versions of Node have a float16 array, older ones see the bits. Both have the same bytes.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    elementTypes.get('float16')!.decode(bytes, Int32Array.from(target.keys()), 0, target);
    return target;
  }
  return Float32Array.from(data as ArrayLike<number>);
}

export function unknownInput(name: string, label: string): ModelError {
  return new ModelError(
    `${label} has an unknown input ${name}; export the model with input_ids, attention_mask, position_ids and past_key_values.`,
  );
}
