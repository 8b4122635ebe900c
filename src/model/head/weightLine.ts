import type { PackedMatrix } from '../onnx/packedMatrix';

/** Numbers of blocks, opened; see `BlockNumbers` in headWeight.ts. */
export interface OpenBlocks {
  readonly matrix: PackedMatrix;
  readonly blockRows: number;
  readonly blockColumns: number;
  readonly flat: boolean;
}

export interface OpenWeight {
  readonly values: PackedMatrix;
  readonly columns: number;
  /** Of one value. */
  readonly bits: number;
  readonly scales: OpenBlocks | null;
  readonly zeroPoints: OpenBlocks | number;
}

/** Reads the same columns of one stored row after another, dequantised. */
export class WeightLine {
  readonly #values: Float32Array;
  readonly #scales: BlockLine | null;
  readonly #zeroPoints: BlockLine | number;

  /** @param positions columns, ascending, at least one */
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

/** The blocks' numbers spread over the positions of a line; a row of blocks is read once while the lines stay in it. */
class BlockLine {
  readonly #numbers: Float32Array;
  /** Which of the gathered blocks each position lies in. */
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
    // Flat blocks run on through the rows: a row starts in the middle of one where the sizes do not match.
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
