import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ByteSource } from './onnx/byteSource';
import { openModelFolder, type ModelFolder } from './modelFolder';
import { WordTokenizer } from './tokenizer';
import { openUnembedding } from './head/openUnembedding';
import type { Unembedding } from './head/unembedding';

/** A model folder; its head and its tokenizer are opened when first asked for, and nothing else is loaded. */
export class Model {
  readonly folder: ModelFolder;
  #file: ByteSource | undefined;
  #unembedding: Unembedding | undefined;
  #tokenizer: WordTokenizer | undefined;

  /** @param path a model folder or an .onnx file @throws ModelError if there is none */
  constructor(path: string) {
    this.folder = openModelFolder(path);
  }

  /** @throws ModelError if the head cannot be read */
  get unembedding(): Unembedding {
    this.#unembedding ??= this.#openUnembedding();
    return this.#unembedding;
  }

  /** @throws ModelError if the folder's tokenizer is missing or unreadable */
  get tokenizer(): WordTokenizer {
    this.#tokenizer ??= new WordTokenizer(this.folder.path);
    return this.#tokenizer;
  }

  get hasTokenizer(): boolean {
    return existsSync(join(this.folder.path, 'tokenizer.json'));
  }

  get architecture(): string | null {
    const { architectures, model_type: type } = this.folder.config;
    const first: unknown = Array.isArray(architectures) ? architectures[0] : type;
    return typeof first === 'string' ? first : null;
  }

  close(): void {
    this.#unembedding?.close();
    this.#file?.close();
  }

  #openUnembedding(): Unembedding {
    const { name, path, onnxFile } = this.folder;
    const onnxPath = join(path, onnxFile);
    this.#file ??= new ByteSource(onnxPath, `${name}/${onnxFile}`);
    return openUnembedding(this.#file, path);
  }
}
