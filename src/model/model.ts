import { join } from 'node:path';
import { ModelError } from '../errors';
import { GgufModel } from './gguf/ggufModel';
import { isOnnxHead, type OnnxHead } from './head/head';
import { openCheckpoint } from './safetensors/checkpoint';
import { ByteSource } from './storage/byteSource';
import { isHubReference } from '../protocol/hubReference';
import { openHubModel } from './remote/openHubModel';
import { readOnnxGraph } from './onnx/readOnnxGraph';
import { openModelFolder, type ModelFolder } from './modelFolder';
import { orUndefined } from './orUndefined';
import { findTokenizer, type FoundTokenizer } from './tokenizer/findTokenizer';
import { WordTokenizer } from './tokenizer/wordTokenizer';
import { logitsCandidates } from './head/logitsOutput';
import { openUnembedding } from './head/openUnembedding';
import type { Unembedding } from './head/unembedding';

/** A model folder. Its head and tokenizer are opened when first requested, and nothing else is loaded. */
export class Model {
  readonly folder: ModelFolder;
  #file: ByteSource | undefined;
  #gguf: GgufModel | undefined;
  #unembedding: Unembedding | undefined;
  #found: FoundTokenizer | undefined;
  #tokenizer: WordTokenizer | undefined;

  /**
   * @param path a model folder, a file of weights, or a reference to a model of the Hub (`hub:ORG/NAME`)
   * @param output the output that holds the logits; `null`: detected by its name and shape
   * @param name the model's name, if its path does not show it
   * @throws ModelError if the folder or file does not exist
   */
  constructor(
    path: string,
    private readonly output: string | null = null,
    name?: string,
  ) {
    this.folder = isHubReference(path) ? openHubModel(path) : openModelFolder(path, undefined, name);
  }

  /** @throws ModelError if the head cannot be read */
  get unembedding(): Unembedding {
    this.#unembedding ??= this.#openUnembedding();
    return this.#unembedding;
  }

  /** The head in the graph of an ONNX model. @throws ModelError if the model has none */
  get onnxHead(): OnnxHead {
    const { head } = this.unembedding;
    if (isOnnxHead(head)) return head;
    const { name, file, format } = this.folder;
    throw new ModelError(
      `${name}/${file} is a ${format} file, which cannot be run here; choose a GGUF file or an ONNX export of the model.`,
    );
  }

  /** The open GGUF file or files. @throws ModelError if the file is damaged or not a GGUF file */
  get gguf(): GgufModel {
    const { name, path, file } = this.folder;
    this.#gguf ??= new GgufModel(join(path, file), name);
    return this.#gguf;
  }

  /** @throws ModelError if the model's tokenizer is missing or unreadable */
  get tokenizer(): WordTokenizer {
    this.#tokenizer ??= new WordTokenizer(this.#foundTokenizer.source);
    return this.#tokenizer;
  }

  /** Where the tokenizer comes from, such as `tokenizer.json`. @throws ModelError if there is none */
  get tokenizerPlace(): string {
    return this.#foundTokenizer.place;
  }

  get #foundTokenizer(): FoundTokenizer {
    this.#found ??= findTokenizer(this.folder, this.folder.format === 'GGUF' ? this.gguf.first : null);
    return this.#found;
  }

  /**
   * The outputs that may hold the logits; a single one if it is certain, and none if the model is not an ONNX file.
   *
   * @throws ModelError if the file is damaged or not an ONNX file
   */
  get logitsCandidates(): readonly string[] {
    if (this.folder.format !== 'ONNX') return [];
    return this.output === null
      ? logitsCandidates(readOnnxGraph(this.#openFile()), this.folder.logits)
      : [this.output];
  }

  /** As a GGUF file or config.json names it; `null` if neither does. */
  get architecture(): string | null {
    const own =
      this.folder.format === 'GGUF'
        ? orUndefined(() => this.gguf.first.string('general.architecture'))
        : undefined;
    if (own !== undefined) return own;
    const { architectures, model_type: type } = this.folder.config;
    const first: unknown = Array.isArray(architectures) ? architectures[0] : type;
    return typeof first === 'string' ? first : null;
  }

  close(): void {
    this.#unembedding?.close();
    this.#file?.close();
    this.#gguf?.close();
  }

  #openUnembedding(): Unembedding {
    const { name, path, file, format, config, logits: configured } = this.folder;
    if (format === 'GGUF') return this.gguf.openUnembedding();
    if (format === 'ONNX')
      return openUnembedding(this.#openFile(), path, { chosen: this.output, configured });
    const opened = openCheckpoint({ path: join(path, file), name, config });
    this.#file = opened.file;
    return opened.unembedding;
  }

  #openFile(): ByteSource {
    const { name, path, file } = this.folder;
    this.#file ??= new ByteSource(join(path, file), `${name}/${file}`);
    return this.#file;
  }
}
