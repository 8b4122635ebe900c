import { ModelError } from '../../errors';
import { isObject } from '../isObject';
import type { StoredTensor } from '../head/weight';
import type { ByteSource } from '../storage/byteSource';
import { shown } from '../storage/refusalText';

/** The names of the format's number types that can be read, and their keys in `elementTypes`. */
const elements: Readonly<Record<string, string>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F8_E4M3: 'float8_e4m3',
  F8_E5M2: 'float8_e5m2',
  I8: 'int8',
  U8: 'uint8',
};

/** The format's own limit. */
const longestHeader = 100_000_000;
const mostDimensions = 8;

/** The header of a .safetensors file: 8 bytes with its length, JSON, then the data (safetensors, README "Format"). */
export class SafetensorsFile {
  readonly #entries: Readonly<Record<string, unknown>>;
  readonly #dataStart: number;

  /** @throws ModelError if it is not a .safetensors file, damaged or truncated */
  constructor(readonly source: ByteSource) {
    const start = source.view(0, 8);
    const length = Number(new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true));
    if (length > longestHeader)
      throw new ModelError(
        `${source.label} states a header of ${length} bytes, more than the 100 MB that the format allows; it is damaged or not a .safetensors file.`,
      );
    const header = new Uint8Array(length);
    source.read(8, header);
    this.#entries = parseHeader(header, source.label);
    this.#dataStart = 8 + length;
  }

  get names(): readonly string[] {
    return Object.keys(this.#entries).filter((name) => name !== '__metadata__');
  }

  /** The type as the file states it, such as `BF16`; undefined if there is no such tensor. */
  typeOf(name: string): string | undefined {
    const entry = this.#entry(name);
    return typeof entry?.['dtype'] === 'string' ? entry['dtype'] : undefined;
  }

  /**
   * @returns undefined if there is no such tensor
   * @throws ModelError if its type cannot be read, or its shape does not fit its place
   */
  tensor(name: string): StoredTensor | undefined {
    const entry = this.#entry(name);
    if (!entry) return undefined;
    const { label, size } = this.source;
    const type = this.typeOf(name) ?? 'missing';
    const element = Object.hasOwn(elements, type) ? elements[type] : undefined;
    if (element === undefined)
      throw new ModelError(
        `${label} stores ${shown(name)} as ${shown(type)}, which cannot be read; save the model in float16 or float32.`,
      );
    const [shape, offsets] = [integers(entry['shape']), integers(entry['data_offsets'])];
    const [begin = 0, end = -1] = offsets ?? [];
    if (!shape || shape.length > mostDimensions || offsets?.length !== 2 || end < begin)
      throw new ModelError(`${label} gives ${shown(name)} an impossible shape or place; download it again.`);
    if (this.#dataStart + end > size) throw this.source.truncated(this.#dataStart + end);
    const data = { kind: 'inline', offset: this.#dataStart + begin, length: end - begin } as const;
    return { name, dimensions: shape, element, data };
  }

  #entry(name: string): Readonly<Record<string, unknown>> | undefined {
    const entry = Object.hasOwn(this.#entries, name) ? this.#entries[name] : undefined;
    return isObject(entry) ? entry : undefined;
  }
}

function parseHeader(bytes: Uint8Array, label: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the error for everything that is not a JSON object.
  }
  throw new ModelError(`${label} has no valid header; it is damaged or not a .safetensors file.`);
}

function integers(value: unknown): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.filter((each): each is number => Number.isSafeInteger(each) && each >= 0);
  return numbers.length === value.length ? numbers : undefined;
}
