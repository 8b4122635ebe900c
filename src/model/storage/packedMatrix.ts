import type { ElementType } from './elementType';

/** Bytes read by offset: a file, or a small tensor decoded into memory. */
export interface Bytes {
  readonly label: string;
  readonly size: number;
  /** Fills `target` from `offset` on. @throws ModelError past the end */
  read(offset: number, target: Uint8Array): void;
  /** Announces reads, which a remote file fetches together. */
  expect?(ranges: readonly { readonly start: number; readonly end: number }[]): void;
}

export interface PackedPlace {
  readonly bytes: Bytes;
  /** Offset of the first byte. */
  readonly start: number;
  readonly element: ElementType;
  /** Elements between the starts of consecutive rows, which need not be byte-aligned for elements smaller than a byte. */
  readonly stride: number;
}

/** A matrix of numbers of any width in a file, read by elements of one row at a time. */
export class PackedMatrix {
  readonly #place: PackedPlace;
  #buffer = new Uint8Array(0);

  /** @param place must be within its bytes */
  constructor(place: PackedPlace) {
    this.#place = place;
  }

  /** Fills `target` with the stored bytes of elements starting at `column` of `row`, for elements of whole bytes. */
  copy(row: number, column: number, target: Uint8Array): void {
    const { bytes, start, element, stride } = this.#place;
    bytes.read(start + ((row * stride + column) * element.bits) / 8, target);
  }

  /** Announces that whole rows will be read. */
  expect(rows: readonly number[]): void {
    const { bytes, start, element, stride } = this.#place;
    const offset = (row: number): number => start + (row * stride * element.bits) / 8;
    bytes.expect?.(rows.map((row) => ({ start: Math.floor(offset(row)), end: Math.ceil(offset(row + 1)) })));
  }

  /** `count` samples of `length` bytes, spread over the `rows` rows, which detect changes without reading everything. */
  *samples(rows: number, count: number, length: number): Generator<Uint8Array> {
    const { bytes, start, element, stride } = this.#place;
    const total = Math.ceil((rows * stride * element.bits) / 8);
    const stretch = new Uint8Array(Math.min(length, total));
    for (let i = 0; i < count; i++) {
      bytes.read(start + Math.floor(((total - stretch.length) * i) / Math.max(1, count - 1)), stretch);
      yield stretch;
    }
  }

  /** Decodes the elements of `row` at `positions` (ascending, within the row) to float32 in `target`, with a single read. */
  gather(row: number, positions: Int32Array, target: Float32Array): void {
    const { bytes, start, element, stride } = this.#place;
    const { bits, blockSize = 1 } = element;
    const origin = row * stride;
    const first = Math.floor((origin + positions[0]!) / blockSize) * blockSize;
    const end = Math.ceil((origin + positions.at(-1)! + 1) / blockSize) * blockSize;
    const firstByte = Math.floor((first * bits) / 8);
    const endByte = Math.ceil((end * bits) / 8);
    if (this.#buffer.length !== endByte - firstByte) this.#buffer = new Uint8Array(endByte - firstByte);
    bytes.read(start + firstByte, this.#buffer);
    element.decode(this.#buffer, positions, origin - (firstByte * 8) / bits, target);
  }
}
