import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';

/** A value of the metadata. Texts and lists are read when they are needed, from `offset` on. */
export type GgufValue =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'string'; readonly offset: number }
  | { readonly type: 'strings'; readonly offset: number; readonly count: number }
  | { readonly type: 'numbers'; readonly offset: number; readonly count: number; readonly of: NumberType };

/** The types of numbers in metadata, by their ids (gguf.md). */
const numberTypes = {
  0: { bytes: 1, read: (view: DataView, at: number) => view.getUint8(at) },
  1: { bytes: 1, read: (view: DataView, at: number) => view.getInt8(at) },
  2: { bytes: 2, read: (view: DataView, at: number) => view.getUint16(at, true) },
  3: { bytes: 2, read: (view: DataView, at: number) => view.getInt16(at, true) },
  4: { bytes: 4, read: (view: DataView, at: number) => view.getUint32(at, true) },
  5: { bytes: 4, read: (view: DataView, at: number) => view.getInt32(at, true) },
  6: { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
  10: { bytes: 8, read: (view: DataView, at: number) => Number(view.getBigUint64(at, true)) },
  11: { bytes: 8, read: (view: DataView, at: number) => Number(view.getBigInt64(at, true)) },
  12: { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) },
} as const;

export type NumberType = keyof typeof numberTypes;

const [booleanType, stringType, arrayType] = [7, 8, 9];

/** Names have at most 64 bytes and keys 65,535 (gguf.md). */
const longestName = 2 ** 16;
/** Chat templates have some ten thousand bytes. */
const longestString = 2 ** 24;
/** Bytes of a list of texts that are read at once. */
const stringsAtOnce = 2 ** 18;
/** A hundred times the largest vocabularies. */
const longestList = 2 ** 25;

/** Reads the values of a GGUF header one after the other. All methods throw a ModelError past the end of the file. */
export class GgufCursor {
  constructor(
    readonly source: ByteSource,
    public offset = 0,
  ) {}

  u32(): number {
    return this.#view(4).getUint32(0, true);
  }

  /** @throws ModelError beyond 2⁵³ */
  u64(): number {
    const value = this.#view(8).getBigUint64(0, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.#damaged(`the size ${value}`);
    return Number(value);
  }

  /** A stated number of entries. @throws ModelError if it is not possible */
  count(what: string, most: number): number {
    const count = this.u64();
    if (count > most) throw this.#damaged(`${count} ${what}`);
    return count;
  }

  text(bytes: number): string {
    const text = Buffer.from(this.source.view(this.offset, bytes)).toString('utf8');
    this.offset += bytes;
    return text;
  }

  name(): string {
    return this.text(this.count('bytes of a name', longestName));
  }

  string(): string {
    return this.text(this.count('bytes of text', longestString));
  }

  /** Texts whose bytes are one character each, which takes a fraction of the time of decoding them. */
  encodedStrings(count: number): string[] {
    const texts: string[] = [];
    let decoded: { readonly bytes: Buffer; readonly text: string } | undefined;
    this.#eachString(count, (bytes, start, end) => {
      if (decoded?.bytes !== bytes) decoded = { bytes, text: bytes.toString('latin1') };
      texts.push(decoded.text.slice(start, end));
    });
    return texts;
  }

  strings(count: number): string[] {
    return this.encodedStrings(count).map(decodedText);
  }

  numbers(type: NumberType, count: number): number[] {
    const { bytes, read } = numberTypes[type];
    const view = this.#view(count * bytes);
    return Array.from({ length: count }, (_, i) => read(view, i * bytes));
  }

  /** A typed value of the metadata; lists are passed over. @throws ModelError for unknown types and lists of lists */
  value(): GgufValue {
    const type = this.u32();
    if (isNumberType(type)) return { type: 'number', value: this.#number(type) };
    if (type === booleanType) return { type: 'boolean', value: this.#view(1).getUint8(0) !== 0 };
    if (type === stringType) {
      const offset = this.offset;
      this.#skip(this.count('bytes of text', longestString));
      return { type: 'string', offset };
    }
    if (type !== arrayType) throw this.#damaged(`a value of type ${type}`);
    return this.#list();
  }

  #list(): GgufValue {
    const of = this.u32();
    const count = this.count('entries in a list', longestList);
    const offset = this.offset;
    if (of === stringType) {
      this.#eachString(count);
      return { type: 'strings', offset, count };
    }
    const plain = of === booleanType ? 0 : of;
    if (!isNumberType(plain)) throw this.#damaged(`a list of type ${of}`);
    this.#skip(count * numberTypes[plain].bytes);
    return { type: 'numbers', offset, count, of: plain };
  }

  #number(type: NumberType): number {
    const { bytes, read } = numberTypes[type];
    return read(this.#view(bytes), 0);
  }

  /** Passes over texts, many in each read: vocabularies have some hundred thousand. */
  #eachString(count: number, visit?: (bytes: Buffer, start: number, end: number) => void): void {
    let bytes: Buffer = Buffer.alloc(0);
    let at = 0;
    const need = (length: number): void => {
      if (at + length <= bytes.length) return;
      this.offset += at;
      const rest = Math.max(length, Math.min(stringsAtOnce, this.source.size - this.offset));
      const view = this.source.view(this.offset, rest);
      bytes = Buffer.from(view.buffer, view.byteOffset, view.length);
      at = 0;
    };
    for (let i = 0; i < count; i++) {
      need(8);
      const length = bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
      if (length > longestString) throw this.#damaged(`${length} bytes of text`, this.offset + at);
      need(8 + length);
      visit?.(bytes, at + 8, at + 8 + length);
      at += 8 + length;
    }
    this.offset += at;
  }

  #skip(bytes: number): void {
    this.offset += bytes;
    if (this.offset > this.source.size) throw this.source.truncated(this.offset);
  }

  #view(bytes: number): DataView {
    const view = this.source.view(this.offset, bytes);
    this.offset += bytes;
    return new DataView(view.buffer, view.byteOffset, bytes);
  }

  #damaged(what: string, at = this.offset): ModelError {
    return new ModelError(`${this.source.label} states ${what} at byte ${at}; download it again.`);
  }
}

/** The text of bytes that are one character each. */
export function decodedText(encoded: string): string {
  return hasOnlyAscii.test(encoded) ? encoded : Buffer.from(encoded, 'latin1').toString();
}

// eslint-disable-next-line no-control-regex -- these are the characters of one byte
const hasOnlyAscii = /^[\x00-\x7f]*$/u;

function isNumberType(type: number): type is NumberType {
  return Object.hasOwn(numberTypes, type);
}
