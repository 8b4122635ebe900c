import { ModelError } from '../../errors';
import type { ByteSource } from '../onnx/byteSource';
import { elementTypes } from '../onnx/elementTypes';
import { openExternalData } from '../onnx/externalData';
import { countOf, elementTypeName, type OnnxTensor } from '../onnx/tensor';
import { shown, wrongShape } from '../onnx/refusalText';
import type { BlockNumbers, StoredMatrix, StoredWeight } from './weight';
import { PackedMatrix, type Bytes } from '../onnx/packedMatrix';
import type { OpenBlocks, OpenWeight } from './weightLine';
import { typedBytes } from '../onnx/typedData';

/** Limits far beyond real models, whose vocabularies have at most a quarter of a million tokens. */
const mostRowElements = 2 ** 28;

/** The files with a head's tensors: the .onnx file and the external shards that it names, each opened once. */
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

  /** The .onnx file and the external shards that were needed. */
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

  #place(tensor: OnnxTensor, needed: number): { bytes: Bytes; start: number } {
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
    const source = openExternalData(location, tensor, this.file, this.modelFolder);
    this.#external.set(location, source);
    return source;
  }
}

/** NaN for types without a fixed width. */
function bytesOfShape(tensor: OnnxTensor): number {
  const bits = elementTypes.get(elementTypeName(tensor.dataType))?.bits ?? NaN;
  return Math.ceil((countOf(tensor) * bits) / 8);
}
