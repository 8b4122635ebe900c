import { matrix, type Matrix } from '../../geometry/matrix';
import type { ByteSource } from '../onnx/byteSource';
import type { Head } from './head';
import { RowCache } from './rowCache';
import { shown } from '../onnx/refusalText';
import { ModelError } from '../modelError';
import { WeightFiles } from './weightFiles';
import { WeightLine, type OpenWeight } from './weightLine';

/** Reading a little too much beats seeking: columns nearer than this are read in one go. */
const largestGapBytes = 32 * 1024;

/** Some tokens' rows of U, in the head's own layout. */
export interface HeadTile {
  readonly first: number;
  readonly tokens: number;
  /** Numbers, or float16 as its bits. */
  readonly data: Float32Array | Uint16Array;
}

/** Stored rows that are turned at a time: one number after the other would miss the processor's cache every time. */
const stripLines = 16;

/**
 * Rows of U read by offset from the file: neither the model nor the matrix is ever loaded.
 */
export class Unembedding {
  readonly #files: WeightFiles;
  readonly #weight: OpenWeight;
  /** How messages name the file. */
  readonly label: string;
  readonly #cache: RowCache;

  /**
   * @param file the ONNX file, open
   * @throws ModelError if the weight's data is missing, outside the folder, or shorter than its shape
   */
  constructor(
    readonly head: Head,
    file: ByteSource,
    modelFolder: string,
  ) {
    this.label = file.label;
    this.#cache = new RowCache(head.hiddenSize);
    this.#files = new WeightFiles(file, modelFolder);
    try {
      this.#weight = this.#files.open(head.weight);
    } catch (error) {
      this.#files.close();
      throw error;
    }
  }

  /**
   * γ(y) for each id, `[ids, hidden]` float32, in the order of `ids`.
   *
   * @throws RangeError if an id is outside the vocabulary
   * @throws ModelError if the data is cut off, or holds infinite numbers or none
   */
  rows(ids: readonly number[]): Matrix {
    const { vocabSize, hiddenSize } = this.head;
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
    if (wrong !== undefined) {
      throw new RangeError(`Token id ${wrong} is outside the vocabulary of ${vocabSize} tokens.`);
    }
    const data = new Float32Array(ids.length * hiddenSize);
    /** Where each row that is not kept goes first. */
    const places = new Map<number, number>();
    ids.forEach((id, place) => {
      const known = this.#cache.get(id);
      if (known) data.set(known, place * hiddenSize);
      else if (!places.has(id)) places.set(id, place);
    });
    this.#read(places, data);
    ids.forEach((id, place) => {
      const first = places.get(id) ?? place;
      if (first !== place) data.copyWithin(place * hiddenSize, first * hiddenSize, (first + 1) * hiddenSize);
    });
    return matrix(ids.length, hiddenSize, data);
  }

  /**
   * γ(y) of `tokens` tokens from `first` on, as they are stored: `[tokens, hidden]` or `[hidden, tokens]` by the head's
   * layout. Nothing is checked or kept: this is for a pass over the whole head.
   *
   * @param memory of an earlier tile that is no longer needed, to be written over if it is as large
   * @throws ModelError if the data is cut off
   */
  tile(first: number, tokens: number, memory?: HeadTile): HeadTile {
    const { hiddenSize, layout } = this.head;
    return layout === '[vocab, hidden]'
      ? { first, tokens, data: this.#stored(first, tokens, 0, hiddenSize, memory) }
      : { first, tokens, data: this.#stored(0, hiddenSize, first, tokens, memory) };
  }

  /** The files that hold the head. */
  get files(): readonly string[] {
    return this.#files.sources.map(({ path }) => path);
  }

  /** Stretches of the stored bytes, spread over all of them: see PackedMatrix. @throws ModelError */
  samples(count: number, length: number): Generator<Uint8Array> {
    return this.#weight.values.samples(this.head.weight.values.rows, count, length);
  }

  close(): void {
    this.#files.close();
  }

  #stored(row: number, rows: number, column: number, columns: number, memory?: HeadTile): HeadTile['data'] {
    const { values, scales, zeroPoints } = this.#weight;
    const { element } = this.head.weight.values;
    const isPlain = scales === null && zeroPoints === 0 && (element === 'float16' || element === 'float32');
    if (!isPlain) {
      const line = new WeightLine(
        this.#weight,
        Int32Array.from({ length: columns }, (_, j) => column + j),
      );
      const data = reused(memory, Float32Array, rows * columns);
      for (let i = 0; i < rows; i++) data.set(line.read(row + i), i * columns);
      return data;
    }
    const count = rows * columns;
    const data =
      element === 'float16' ? reused(memory, Uint16Array, count) : reused(memory, Float32Array, count);
    const bytes = new Uint8Array(data.buffer);
    const rowBytes = columns * data.BYTES_PER_ELEMENT;
    for (let i = 0; i < rows; i++)
      values.copy(row + i, column, bytes.subarray(i * rowBytes, (i + 1) * rowBytes));
    return data;
  }

  /**
   * Reads rows from the file, and keeps them unless they are a good part of the whole.
   *
   * @param places row of `data` for each id
   */
  #read(places: ReadonlyMap<number, number>, data: Float32Array): void {
    const { hiddenSize, layout } = this.head;
    if (layout === '[vocab, hidden]') this.#readRows(places, data);
    else this.#readColumns([...places.keys()], [...places.values()], data);
    for (const [id, place] of places) {
      const row = data.subarray(place * hiddenSize, (place + 1) * hiddenSize);
      this.#refuseInfinite(id, row);
      if (places.size <= this.#cache.capacity) this.#cache.set(id, row.slice());
    }
  }

  /** One such number would turn every measure of its token into none, far from where it came from. */
  #refuseInfinite(id: number, row: Float32Array): void {
    let at = 0;
    while (at < row.length && Number.isFinite(row[at]!)) at++;
    if (at === row.length) return;
    throw new ModelError(
      `${this.label} holds a number that is not finite for token ${id}, in ${shown(this.head.weight.values.tensor.name)}; export or copy the model again.`,
    );
  }

  #readRows(places: ReadonlyMap<number, number>, target: Float32Array): void {
    const { hiddenSize } = this.head;
    const line = new WeightLine(
      this.#weight,
      Int32Array.from({ length: hiddenSize }, (_, j) => j),
    );
    for (const [id, place] of places) target.set(line.read(id), place * hiddenSize);
  }

  #readColumns(ids: readonly number[], places: readonly number[], target: Float32Array): void {
    const { hiddenSize } = this.head;
    for (const { columns, members } of clusters(ids, (largestGapBytes * 8) / this.#weight.bits)) {
      const line = new WeightLine(this.#weight, columns);
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

function reused<A extends HeadTile['data']>(
  memory: HeadTile | undefined,
  type: new (length: number) => A,
  length: number,
): A {
  const { data } = memory ?? {};
  return data instanceof type && data.length === length ? data : new type(length);
}

/** Groups ids whose neighbours lie less than `gap` apart. `columns[i]` is the id at place `members[i]` of `ids`. */
function clusters(ids: readonly number[], gap: number): { columns: Int32Array; members: Int32Array }[] {
  const order = Int32Array.from(ids.keys()).sort((a, b) => ids[a]! - ids[b]!);
  const starts = [...order.keys()].filter((i) => i === 0 || ids[order[i]!]! - ids[order[i - 1]!]! >= gap);
  return starts.map((start, i) => {
    const members = order.slice(start, starts[i + 1]);
    return { columns: members.map((index) => ids[index]!), members };
  });
}
