import type { HeadPart } from './head';
import { WeightLine, type OpenWeight } from './weightLine';

/** Reading a little too much is faster than seeking: columns closer than this are read at once. */
const largestGapBytes = 32 * 1024;

/** Number of stored rows transposed at a time; transposing number by number would miss the processor's cache each time. */
const stripLines = 16;

/** Numbers as stored, or the bits of float16 numbers. */
export type StoredNumbers = Float32Array | Uint16Array;

/** Reads the rows of U in one stored weight. Token indices are relative to the part's first token. */
export class PartReader {
  constructor(
    readonly part: HeadPart,
    private readonly weight: OpenWeight,
    private readonly hiddenSize: number,
  ) {}

  /**
   * @param tokens without duplicates
   * @param places the row of `target` for each token
   * @throws ModelError if the data is cut off
   */
  rows(tokens: readonly number[], places: readonly number[], target: Float32Array): void {
    const stored = tokens.map((token) => this.part.first + token);
    if (this.part.layout === '[vocab, hidden]') this.#readRows(stored, places, target);
    else this.#readColumns(stored, places, target);
  }

  /**
   * Consecutive tokens as stored, `[tokens, hidden]` or `[hidden, tokens]`; as bits of float16 if the whole weight is
   * float16.
   *
   * @param memory is reused if it has the right size
   * @throws ModelError if the data is cut off
   */
  stored(token: number, tokens: number, memory?: StoredNumbers): StoredNumbers {
    const { element } = this.part.weight.values;
    const isPlain = this.weight.scales === null && this.weight.zeroPoints === 0;
    if (isPlain && element === 'float16')
      return this.#copied(token, reused(memory, Uint16Array, tokens * this.hiddenSize));
    if (isPlain && element === 'float32')
      return this.#copied(token, reused(memory, Float32Array, tokens * this.hiddenSize));
    return this.decoded(token, tokens, memory);
  }

  /** See {@link PartReader.stored}, but always as float32. */
  decoded(token: number, tokens: number, memory?: StoredNumbers): Float32Array {
    const { row, rows, column, columns } = this.#rectangle(token, tokens);
    const line = new WeightLine(
      this.weight,
      Int32Array.from({ length: columns }, (_, j) => column + j),
    );
    const data = reused(memory, Float32Array, rows * columns);
    for (let i = 0; i < rows; i++) data.set(line.read(row + i), i * columns);
    return data;
  }

  /** Samples of the stored bytes, spread over all of them; see PackedMatrix. @throws ModelError if they cannot be read */
  samples(count: number, length: number): Generator<Uint8Array> {
    return this.weight.values.samples(this.part.weight.values.rows, count, length);
  }

  #rectangle(token: number, tokens: number) {
    const first = this.part.first + token;
    return this.part.layout === '[vocab, hidden]'
      ? { row: first, rows: tokens, column: 0, columns: this.hiddenSize }
      : { row: 0, rows: this.hiddenSize, column: first, columns: tokens };
  }

  #copied(token: number, data: StoredNumbers): StoredNumbers {
    const { row, rows, column, columns } = this.#rectangle(token, data.length / this.hiddenSize);
    const bytes = new Uint8Array(data.buffer);
    const rowBytes = columns * data.BYTES_PER_ELEMENT;
    for (let i = 0; i < rows; i++)
      this.weight.values.copy(row + i, column, bytes.subarray(i * rowBytes, (i + 1) * rowBytes));
    return data;
  }

  #readRows(tokens: readonly number[], places: readonly number[], target: Float32Array): void {
    const { hiddenSize } = this;
    this.weight.values.expect(tokens);
    const line = new WeightLine(
      this.weight,
      Int32Array.from({ length: hiddenSize }, (_, j) => j),
    );
    tokens.forEach((token, i) => {
      target.set(line.read(token), places[i]! * hiddenSize);
    });
  }

  #readColumns(tokens: readonly number[], places: readonly number[], target: Float32Array): void {
    const { hiddenSize } = this;
    for (const { columns, members } of clusters(tokens, (largestGapBytes * 8) / this.weight.bits)) {
      const line = new WeightLine(this.weight, columns);
      const strip = new Float32Array(stripLines * columns.length);
      for (let from = 0; from < hiddenSize; from += stripLines) {
        const lines = Math.min(stripLines, hiddenSize - from);
        for (let j = 0; j < lines; j++) strip.set(line.read(from + j), j * columns.length);
        for (let i = 0; i < members.length; i++) {
          const at = places[members[i]!]! * hiddenSize + from;
          for (let j = 0; j < lines; j++) target[at + j] = strip[j * columns.length + i]!;
        }
      }
    }
  }
}

function reused<A extends StoredNumbers>(
  memory: StoredNumbers | undefined,
  type: new (length: number) => A,
  length: number,
): A {
  return memory instanceof type && memory.length === length ? memory : new type(length);
}

/** Groups sorted ids with gaps smaller than `gap`. `columns[i]` is the id at index `members[i]` of `ids`. */
function clusters(ids: readonly number[], gap: number): { columns: Int32Array; members: Int32Array }[] {
  const order = Int32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]!);
  const starts = [...order.keys()].filter((i) => i === 0 || ids[order[i]!]! - ids[order[i - 1]!]! >= gap);
  return starts.map((start, i) => {
    const members = order.slice(start, starts[i + 1]);
    return { columns: members.map((index) => ids[index]!), members };
  });
}
