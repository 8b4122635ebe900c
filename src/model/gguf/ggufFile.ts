import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { shown } from '../storage/refusalText';
import { GgufCursor, type GgufValue } from './ggufCursor';

/** A tensor of a GGUF file. */
export interface GgufTensor {
  readonly name: string;
  /** As in the file, innermost first: `[hidden, vocab]` is `vocab` rows of `hidden` numbers. */
  readonly dimensions: readonly number[];
  /** The id of its format, see ggmlTypes.ts. */
  readonly type: number;
  /** Byte offset in the file. */
  readonly offset: number;
}

const newestVersion = 3;
const defaultAlignment = 32;
/** Far beyond real files, which have some dozen entries and some thousand tensors. */
const mostEntries = 2 ** 20;
const mostDimensions = 4;

/**
 * The header of a GGUF file (version 2 or 3, little-endian; gguf.md of ggml): its metadata and the places of its tensors.
 *
 * Hugging Face's own parser (`@huggingface/gguf`) reads everything asynchronously and into memory. This one reads by offset
 * from a file of any size, decodes the long lists of a vocabulary only if they are needed, and bounds every size that the
 * file states.
 */
export class GgufFile {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;

  /** @throws ModelError if it is not a GGUF file, of an unsupported version, damaged or truncated */
  constructor(readonly source: ByteSource) {
    const cursor = new GgufCursor(source);
    if (cursor.text(4) !== 'GGUF')
      throw new ModelError(`${source.label} is not a GGUF file; choose another file or download it again.`);
    refuseOtherVersions(cursor.u32(), source.label);
    const tensors = cursor.count('tensors', mostEntries);
    this.metadata = readMetadata(cursor, cursor.count('metadata entries', mostEntries));
    const alignment = this.number('general.alignment') ?? defaultAlignment;
    if (!(alignment >= 1 && alignment <= 2 ** 20 && Number.isInteger(alignment)))
      throw new ModelError(
        `${source.label} states an alignment of ${alignment} bytes; it is damaged, download it again.`,
      );
    const found = readTensors(cursor, tensors);
    const start = Math.ceil(cursor.offset / alignment) * alignment;
    this.tensors = new Map(
      [...found].map(([name, each]) => [name, { ...each, offset: each.offset + start }]),
    );
  }

  /** A text of the metadata; undefined if it is missing or something else. @throws ModelError if it is too long */
  string(key: string): string | undefined {
    const value = this.metadata.get(key);
    return value?.type === 'string' ? new GgufCursor(this.source, value.offset).string() : undefined;
  }

  number(key: string): number | undefined {
    const value = this.metadata.get(key);
    return value?.type === 'number' ? value.value : undefined;
  }

  boolean(key: string): boolean | undefined {
    const value = this.metadata.get(key);
    return value?.type === 'boolean' ? value.value : undefined;
  }

  /** A list of texts; undefined if it is missing or something else. @throws ModelError if it is truncated */
  strings(key: string): string[] | undefined {
    const value = this.metadata.get(key);
    return value?.type === 'strings'
      ? new GgufCursor(this.source, value.offset).strings(value.count)
      : undefined;
  }

  /** The same, in bytes of one character each: see {@link decodedText}. @throws ModelError if it is truncated */
  encodedStrings(key: string): string[] | undefined {
    const value = this.metadata.get(key);
    return value?.type === 'strings'
      ? new GgufCursor(this.source, value.offset).encodedStrings(value.count)
      : undefined;
  }

  /** A list of numbers; undefined if it is missing or something else. @throws ModelError if it is truncated */
  numbers(key: string): number[] | undefined {
    const value = this.metadata.get(key);
    if (value?.type !== 'numbers') return undefined;
    return new GgufCursor(this.source, value.offset).numbers(value.of, value.count);
  }
}

function refuseOtherVersions(version: number, label: string): void {
  if (version === 2 || version === newestVersion) return;
  // A big-endian file has its version in the other end of the number.
  if (version % 2 ** 16 === 0 && version > 0)
    throw new ModelError(`${label} is a big-endian GGUF file; convert the model for little-endian machines.`);
  throw new ModelError(
    `${label} is a GGUF file of version ${version}; only versions 2 and ${newestVersion} can be read, so convert the model again.`,
  );
}

function readMetadata(cursor: GgufCursor, count: number): Map<string, GgufValue> {
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < count; i++) metadata.set(cursor.name(), cursor.value());
  return metadata;
}

/** Offsets count from the start of the data. */
function readTensors(cursor: GgufCursor, count: number): Map<string, GgufTensor> {
  const { label } = cursor.source;
  const tensors = new Map<string, GgufTensor>();
  for (let i = 0; i < count; i++) {
    const name = cursor.name();
    const rank = cursor.u32();
    if (rank > mostDimensions)
      throw new ModelError(
        `${label} gives ${shown(name)} ${rank} dimensions; it is damaged, download it again.`,
      );
    const dimensions = Array.from({ length: rank }, () => cursor.u64());
    const type = cursor.u32();
    if (tensors.has(name))
      throw new ModelError(`${label} contains ${shown(name)} twice; it is damaged, download it again.`);
    tensors.set(name, { name, dimensions, type, offset: cursor.u64() });
  }
  return tensors;
}
