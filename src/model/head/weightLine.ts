import type { PackedMatrix } from '../storage/packedMatrix';

/** Opened {@link BlockNumbers}. */
export interface OpenBlocks {
  readonly matrix: PackedMatrix;
  readonly blockRows: number;
  readonly blockColumns: number;
  readonly flat: boolean;
}

export interface OpenWeight {
  readonly values: PackedMatrix;
  readonly columns: number;
  /** Width of one value. */
  readonly bits: number;
  readonly scales: OpenBlocks | null;
  readonly zeroPoints: OpenBlocks | number;
}

/** Reads the same columns of successive stored rows and dequantizes them. */
export class WeightLine {
  readonly #values: Float32Array;
  readonly #scales: BlockLine | null;
  readonly #zeroPoints: BlockLine | number;

  /** @param positions at least one column, in ascending order */
  constructor(
    private readonly weight: OpenWeight,
    private readonly positions: Int32Array,
  ) {
    const { columns, scales, zeroPoints } = weight;
    this.#values = new Float32Array(positions.length);
    this.#scales = scales && new BlockLine(scales, columns, positions);
    this.#zeroPoints =
      typeof zeroPoints === 'number' ? zeroPoints : new BlockLine(zeroPoints, columns, positions);
  }

  /** (value − zero point) · scale at the positions of `row`, valid until the next call. @throws ModelError */
  read(row: number): Float32Array {
    const values = this.#values;
    this.weight.values.gather(row, this.positions, values);
    if (typeof this.#zeroPoints !== 'number') {
      const zeroPoints = this.#zeroPoints.read(row);
      for (let i = 0; i < values.length; i++) values[i]! -= zeroPoints[i]!;
    } else if (this.#zeroPoints !== 0) {
      for (let i = 0; i < values.length; i++) values[i]! -= this.#zeroPoints;
    }
    if (this.#scales) {
      const scales = this.#scales.read(row);
      for (let i = 0; i < values.length; i++) values[i]! *= scales[i]!;
    }
    return values;
  }
}

/** Expands block numbers to the positions of a row. A row of blocks is read once for all rows in it. */
class BlockLine {
  readonly #numbers: Float32Array;
  /** Index of the gathered block for each position. */
  readonly #slots: Int32Array;
  #blocks = new Int32Array(0);
  #gathered = new Float32Array(0);
  #row = -1;
  #phase = -1;

  constructor(
    private readonly open: OpenBlocks,
    private readonly columns: number,
    private readonly positions: Int32Array,
  ) {
    this.#numbers = new Float32Array(positions.length);
    this.#slots = new Int32Array(positions.length);
  }

  read(row: number): Float32Array {
    const { matrix, blockRows, blockColumns, flat } = this.open;
    const blockRow = flat ? row : Math.floor(row / blockRows);
    if (blockRow === this.#row) return this.#numbers;
    // Flat blocks continue across rows, so that a row may start in the middle of one.
    const phase = flat ? (row * this.columns) % blockColumns : 0;
    if (phase !== this.#phase) this.#place(phase);
    const first = flat ? Math.floor((row * this.columns) / blockColumns) : 0;
    matrix.gather(
      flat ? 0 : blockRow,
      first === 0 ? this.#blocks : this.#blocks.map((block) => block + first),
      this.#gathered,
    );
    for (let i = 0; i < this.#slots.length; i++) this.#numbers[i] = this.#gathered[this.#slots[i]!]!;
    this.#row = blockRow;
    return this.#numbers;
  }

  #place(phase: number): void {
    const blocks: number[] = [];
    for (let i = 0; i < this.positions.length; i++) {
      const block = Math.floor((this.positions[i]! + phase) / this.open.blockColumns);
      if (blocks.at(-1) !== block) blocks.push(block);
      this.#slots[i] = blocks.length - 1;
    }
    this.#blocks = Int32Array.from(blocks);
    this.#gathered = new Float32Array(blocks.length);
    this.#phase = phase;
  }
}
