import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ByteSource } from './byteSource';
import { findHead } from './head';
import { openModelFolder, type ModelFolder } from './modelFolder';
import { readOnnxGraph } from './onnxGraph';
import { WordTokenizer } from './tokenizer';
import { Unembedding } from './unembedding';

/** An open model folder: its head's rows by offset, its tokenizer when first asked for. Nothing else is loaded. */
export class Model {
  readonly folder: ModelFolder;
  readonly unembedding: Unembedding;
  readonly #file: ByteSource;
  #tokenizer: WordTokenizer | undefined;

  /** @param path a model folder or an .onnx file @throws ModelError if no head can be read from it */
  constructor(path: string) {
    this.folder = openModelFolder(path);
    const onnxPath = join(this.folder.path, this.folder.onnxFile);
    this.#file = new ByteSource(onnxPath, `${this.folder.name}/${this.folder.onnxFile}`);
    try {
      const head = findHead(readOnnxGraph(this.#file), this.#file.label);
      this.unembedding = new Unembedding(head, this.#file, dirname(onnxPath), this.folder.path);
    } catch (error) {
      this.#file.close();
      throw error;
    }
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
    this.unembedding.close();
    this.#file.close();
  }
}
