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
