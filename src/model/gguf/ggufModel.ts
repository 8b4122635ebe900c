import { basename, dirname, join } from 'node:path';
import { Unembedding } from '../head/unembedding';
import { ByteSource } from '../storage/byteSource';
import { openNamedFile } from '../storage/namedFile';
import { GgufFile } from './ggufFile';
import { ggufHead } from './ggufHead';
import { partsOf } from './splitFiles';

/** A GGUF model, open: one file, or the parts of a split one. */
export class GgufModel {
  readonly files: readonly GgufFile[];

  /**
   * @param path the file, or the first part
   * @param name the model's name in messages
   * @throws ModelError if a part is missing or not a GGUF file
   */
  constructor(path: string, name: string) {
    const files: GgufFile[] = [];
    const sources: ByteSource[] = [];
    try {
      for (const part of partsOf(basename(path))) {
        const source =
          files.length === 0
            ? new ByteSource(join(dirname(path), part), `${name}/${part}`)
            : openPart(part, path, name);
        sources.push(source);
        files.push(new GgufFile(source));
      }
    } catch (error) {
      for (const source of sources) source.close();
      throw error;
    }
    this.files = files;
  }

  /** The file with the metadata. */
  get first(): GgufFile {
    return this.files[0]!;
  }

  /** @throws ModelError if the head is missing, has an unsupported format or is truncated */
  openUnembedding(): Unembedding {
    const { head, file } = ggufHead(this.files);
    return new Unembedding(head, file.source, dirname(file.source.path));
  }

  close(): void {
    for (const { source } of this.files) source.close();
  }
}

function openPart(part: string, first: string, name: string): ByteSource {
  return openNamedFile(
    {
      ...{ location: part, namedBy: first, owner: 'first part' },
      ...{ modelFolder: dirname(first), label: `${name}/${part}` },
    },
    `${name}/${basename(first)} continues in ${part}`,
  );
}
