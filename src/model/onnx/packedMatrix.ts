import type { ElementType } from './elementTypes';

/** Bytes that are read by offset: a file, or a small tensor that had to be decoded into memory. */
export interface Bytes {
  readonly label: string;
  readonly size: number;
  /** Fills `target` from `offset` on. @throws ModelError past the end */
  read(offset: number, target: Uint8Array): void;
}

export interface PackedPlace {
  readonly bytes: Bytes;
  /** Of the first byte. */
  readonly start: number;
  readonly element: ElementType;
  /** Elements from one row's start to the next's; elements smaller than a byte need not start at one. */
  readonly stride: number;
}

/** A matrix of numbers of any width in a file, of which elements of one row are read at a time. */
export class PackedMatrix {
  readonly #place: PackedPlace;
  #buffer = new Uint8Array(0);

  /** @param place must lie inside its bytes */
  constructor(place: PackedPlace) {
    this.#place = place;
  }

  /** The stored bytes of elements from `column` of `row` on, as many as `target` holds; for elements of whole bytes. */
  copy(row: number, column: number, target: Uint8Array): void {
    const { bytes, start, element, stride } = this.#place;
    bytes.read(start + ((row * stride + column) * element.bits) / 8, target);
  }

  /** `count` stretches of `length` bytes, spread over the `rows` rows: what changes with the content, without reading it all. */
  *samples(rows: number, count: number, length: number): Generator<Uint8Array> {
    const { bytes, start, element, stride } = this.#place;
    const total = Math.ceil((rows * stride * element.bits) / 8);
    const stretch = new Uint8Array(Math.min(length, total));
    for (let i = 0; i < count; i++) {
      bytes.read(start + Math.floor(((total - stretch.length) * i) / Math.max(1, count - 1)), stretch);
      yield stretch;
    }
  }

  /** Elements of `row` at `positions` (ascending, inside the row), as float32 into `target`: one read. */
  gather(row: number, positions: Int32Array, target: Float32Array): void {
    const { bytes, start, element, stride } = this.#place;
    const { bits } = element;
    const origin = row * stride;
    const firstByte = Math.floor(((origin + positions[0]!) * bits) / 8);
    const endByte = Math.ceil(((origin + positions.at(-1)! + 1) * bits) / 8);
    if (this.#buffer.length !== endByte - firstByte) this.#buffer = new Uint8Array(endByte - firstByte);
    bytes.read(start + firstByte, this.#buffer);
    element.decode(this.#buffer, positions, origin - (firstByte * 8) / bits, target);
  }
}
