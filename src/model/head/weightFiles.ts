import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { elementTypes } from '../storage/elementTypes';
import { openNamedFile } from '../storage/namedFile';
import { countOf } from '../onnx/tensor';
import { shown, wrongShape } from '../storage/refusalText';
import type { BlockNumbers, StoredMatrix, StoredTensor, StoredWeight } from './weight';
import { PackedMatrix, type Bytes } from '../storage/packedMatrix';
import type { OpenBlocks, OpenWeight } from './weightLine';
import { typedBytes } from '../onnx/typedData';

/** Limits far beyond real models, whose vocabularies have at most a quarter of a million tokens. */
const mostRowElements = 2 ** 28;

/** The files with a head's tensors: a weight file and, for ONNX, the external shards that it names, each opened once. */
export class WeightFiles {
  readonly #external = new Map<string, ByteSource>();

  constructor(
    private readonly file: ByteSource,
    private readonly modelFolder: string,
  ) {}

  /** @throws ModelError if data is missing, outside the folder, or does not have the size of its shape */
  open({ values, scales, zeroPoints }: StoredWeight): OpenWeight {
    return {
      values: this.#matrix(values),
      columns: values.columns,
      bits: elementTypes.get(values.element)!.bits,
      scales: scales && this.#blocks(scales),
      zeroPoints: typeof zeroPoints === 'number' ? zeroPoints : this.#blocks(zeroPoints),
    };
  }

  /** The weight file and the external shards that were needed. */
  get sources(): readonly ByteSource[] {
    return [this.file, ...this.#external.values()];
  }

  close(): void {
    for (const source of this.#external.values()) source.close();
    this.#external.clear();
  }

  #blocks(stored: BlockNumbers): OpenBlocks {
    const { blockRows, blockColumns, flat } = stored;
    return { matrix: this.#matrix(stored), blockRows, blockColumns, flat };
  }

  #matrix({ tensor, element: name, rows, columns, stride }: StoredMatrix): PackedMatrix {
    const element = elementTypes.get(name)!;
    const needed = Math.ceil((rows * stride * element.bits) / 8);
    const isPossible =
      Number.isSafeInteger(rows * stride * element.bits) && needed > 0 && stride <= mostRowElements;
    if (!isPossible || bytesOfShape(tensor) !== needed)
      throw wrongShape(this.file.label, tensor, `${rows} × ${columns} numbers are needed`);
    const { bytes, start } = this.#place(tensor, needed);
    return new PackedMatrix({ bytes, start, element, stride });
  }

  #place(tensor: StoredTensor, needed: number): { bytes: Bytes; start: number } {
    const { data } = tensor;
    const { label } = this.file;
    if (data.kind === 'none') {
      throw new ModelError(`${label} has no data for ${shown(tensor.name)}; export the model again.`);
    }
    if (data.kind === 'typed') return typedBytes(this.file, tensor, data, needed);
    const length = data.length ?? needed;
    if (length !== needed) {
      throw new ModelError(
        `${label} stores ${length} bytes for ${shown(tensor.name)}, but its shape needs ${needed}; export the model again.`,
      );
    }
    const bytes = data.kind === 'inline' ? this.file : this.#shard(data.location, tensor.name);
    if (data.offset + needed > bytes.size) throw bytes.truncated(data.offset + needed);
    return { bytes, start: data.offset };
  }

  #shard(location: string, tensor: string): ByteSource {
    const known = this.#external.get(location);
    if (known) return known;
    const source = openNamedFile(
      {
        ...{ location, namedBy: this.file.path, owner: '.onnx file' },
        ...{ modelFolder: this.modelFolder, label: shown(location) },
      },
      `${this.file.label} keeps ${shown(tensor)} in ${shown(location)}`,
    );
    this.#external.set(location, source);
    return source;
  }
}

/** NaN for types without a fixed width. */
function bytesOfShape(tensor: StoredTensor): number {
  const bits = elementTypes.get(tensor.element)?.bits ?? NaN;
  return Math.ceil((countOf(tensor) * bits) / 8);
}
