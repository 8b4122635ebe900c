import { matrix, type Matrix } from '../geometry/matrix';
import type { ByteSource } from './byteSource';
import { decoders } from './elementTypes';
import { openExternalData } from './externalData';
import type { Head } from './head';
import { ModelError } from './modelError';

/** Reading a little too much beats seeking: columns nearer than this are read in one go. */
const largestGap = 32 * 1024;

/**
 * Rows of U read by offset from the file: neither the model nor the matrix is ever loaded.
 */
export class Unembedding {
  readonly #source: ByteSource;
  readonly #start: number;
  readonly #ownsSource: boolean;

  /**
   * @param file the ONNX file, open
   * @throws ModelError if the weight's data is missing, outside the folder, or shorter than its shape
   */
  constructor(
    readonly head: Head,
    file: ByteSource,
    onnxFolder: string,
    modelFolder: string,
  ) {
    const { tensor, vocabSize, hiddenSize } = head;
    const bytes = vocabSize * hiddenSize * this.#decoder.bytes;
    if (!Number.isSafeInteger(bytes) || bytes <= 0) {
      throw new ModelError(
        `${file.label} gives ${tensor.name} the shape [${tensor.dimensions.join(', ')}], which cannot be; export the model again.`,
      );
    }
    const { data } = tensor;
    if (data.kind === 'typed' || data.kind === 'none') {
      throw new ModelError(
        `${file.label}: this head form is not read yet: ${head.elementType} weights in ${data.kind === 'typed' ? 'a typed field' : 'no place'}; export the model again.`,
      );
    }
    const length = data.length ?? bytes;
    if (length !== bytes) {
      throw new ModelError(
        `${file.label} stores ${length} bytes for ${tensor.name} where its shape needs ${bytes}; export the model again.`,
      );
    }
    this.#ownsSource = data.kind === 'external';
    this.#source =
      data.kind === 'external'
        ? openExternalData(data.location, tensor.name, file, onnxFolder, modelFolder)
        : file;
    this.#start = data.offset;
    if (data.offset + bytes > this.#source.size) {
      this.close();
      throw this.#source.truncated(data.offset + bytes);
    }
  }

  /**
   * γ(y) for each id, `[ids, hidden]` float32, in the order of `ids`.
   *
   * @throws RangeError if an id is outside the vocabulary
   */
  rows(ids: readonly number[]): Matrix {
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= this.head.vocabSize);
    if (wrong !== undefined) {
      throw new RangeError(`Token id ${wrong} is outside the vocabulary of ${this.head.vocabSize} tokens.`);
    }
    const data = new Float32Array(ids.length * this.head.hiddenSize);
    if (this.head.layout === '[vocab, hidden]') this.#readRows(ids, data);
    else this.#readColumns(ids, data);
    return matrix(ids.length, this.head.hiddenSize, data);
  }

  close(): void {
    if (this.#ownsSource) this.#source.close();
  }

  get #decoder() {
    return decoders[this.head.elementType]!;
  }

  #readRows(ids: readonly number[], target: Float32Array): void {
    const { hiddenSize } = this.head;
    const { bytes, decode } = this.#decoder;
    const buffer = new Uint8Array(hiddenSize * bytes);
    const view = new DataView(buffer.buffer);
    ids.forEach((id, index) => {
      this.#source.read(this.#start + id * buffer.length, buffer);
      for (let j = 0; j < hiddenSize; j++) target[index * hiddenSize + j] = decode(view, j * bytes);
    });
  }

  #readColumns(ids: readonly number[], target: Float32Array): void {
    const { hiddenSize, vocabSize } = this.head;
    const { bytes, decode } = this.#decoder;
    for (const { first, last, members } of clusters(ids, largestGap / bytes)) {
      const buffer = new Uint8Array((last - first + 1) * bytes);
      const view = new DataView(buffer.buffer);
      for (let j = 0; j < hiddenSize; j++) {
        this.#source.read(this.#start + (j * vocabSize + first) * bytes, buffer);
        for (const index of members)
          target[index * hiddenSize + j] = decode(view, (ids[index]! - first) * bytes);
      }
    }
  }
}

/** Groups ids whose neighbours lie less than `gap` apart. `members` are positions in `ids`. */
function clusters(ids: readonly number[], gap: number): { first: number; last: number; members: number[] }[] {
  const order = ids.map((_, index) => index).sort((a, b) => ids[a]! - ids[b]!);
  const found: { first: number; last: number; members: number[] }[] = [];
  for (const index of order) {
    const id = ids[index]!;
    const current = found.at(-1);
    if (current && id - current.last < gap) {
      current.last = id;
      current.members.push(index);
    } else found.push({ first: id, last: id, members: [index] });
  }
  return found;
}
