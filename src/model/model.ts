import { join } from 'node:path';
import { ByteSource } from './onnx/byteSource';
import { readOnnxGraph } from './onnx/readOnnxGraph';
import { openModelFolder, placeOf, type ModelFolder } from './modelFolder';
import { WordTokenizer } from './tokenizer';
import { logitsCandidates } from './head/logitsOutput';
import { openUnembedding } from './head/openUnembedding';
import type { Unembedding } from './head/unembedding';

/** A model folder. Its head and tokenizer are opened when first requested, and nothing else is loaded. */
export class Model {
  readonly folder: ModelFolder;
  #file: ByteSource | undefined;
  #unembedding: Unembedding | undefined;
  #tokenizer: WordTokenizer | undefined;

  /**
   * @param path a model folder or an .onnx file
   * @param output the output that holds the logits; `null`: detected by its name and shape
   * @throws ModelError if the folder or file does not exist
   */
  constructor(
    path: string,
    private readonly output: string | null = null,
  ) {
    this.folder = openModelFolder(path);
  }

  /** @throws ModelError if the head cannot be read */
  get unembedding(): Unembedding {
    this.#unembedding ??= this.#openUnembedding();
    return this.#unembedding;
  }

  /** @throws ModelError if the folder's tokenizer is missing or unreadable */
  get tokenizer(): WordTokenizer {
    this.#tokenizer ??= new WordTokenizer(this.tokenizerFolder ?? this.folder.path);
    return this.#tokenizer;
  }

  /** The folder that contains `tokenizer.json`, `null` if there is none. */
  get tokenizerFolder(): string | null {
    return placeOf(this.folder.places, 'tokenizer.json') ?? null;
  }

  /**
   * The outputs that may hold the logits; a single one if it is certain.
   *
   * @throws ModelError if the file is damaged or not an ONNX file
   */
  get logitsCandidates(): readonly string[] {
    return this.output === null
      ? logitsCandidates(readOnnxGraph(this.#openFile()), this.folder.logits)
      : [this.output];
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
    const { path, logits: configured } = this.folder;
    return openUnembedding(this.#openFile(), path, { chosen: this.output, configured });
  }

  #openFile(): ByteSource {
    const { name, path, onnxFile } = this.folder;
    this.#file ??= new ByteSource(join(path, onnxFile), `${name}/${onnxFile}`);
    return this.#file;
  }
}
