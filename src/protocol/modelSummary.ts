import type { WeightFormat } from './weightFormat';

/** How the file stores the unembedding matrix. */
export interface HeadSummary {
  readonly format: WeightFormat;
  /** The tensor's name in the file; several are joined. */
  readonly tensor: string;
  /** ONNX operator of the product that computes the logits; missing for other formats. */
  readonly operator?: string;
  /** Number of such products side by side along the vocabulary; missing if there is one. */
  readonly parts?: number;
  readonly elementType: string;
  /** `mixed` if several parts differ. */
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]' | 'mixed';
  /** Whether it is the same tensor as the token embedding. */
  readonly tied: boolean;
  /** Operations between the product and the logits, such as `scale 0.0625`; missing if there are none. */
  readonly after?: readonly string[];
  /** The output that holds the logits; missing if it is called `logits`. */
  readonly output?: string;
}

export interface ModelFile {
  /** Path inside the model folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
}

/** What a result says about its model. */
export interface ModelSummary {
  /** The folder's name. */
  readonly name: string;
  /** The file of weights that was read, or the index of its shards; path inside the folder. */
  readonly file: string;
  /** The other files of weights in the folder, which were not used. */
  readonly otherFiles: readonly string[];
  readonly architecture: string | null;
  /** Number of rows of the unembedding. */
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly head: HeadSummary;
  /** Number of rows without a token in the tokenizer, such as padding; `null` without a tokenizer. */
  readonly rowsWithoutToken: number | null;
}

/** Something that works with a model, or the reason why it does not. */
export interface ModelAbility {
  readonly name: string;
  readonly works: boolean;
  /** One sentence if it does not work. */
  readonly why?: string;
}

/** How a model is read over the network. */
export interface RemoteDetails {
  /** `hub:ORG/NAME@REVISION/FILE` */
  readonly reference: string;
  readonly commit: string;
  /** Number of bytes of its weights that were read so far, and are kept on this machine. */
  readonly bytesRead: number;
  /** Size of the head; `null` if it cannot be read. */
  readonly headBytes: number | null;
  /** Whether only single rows are read; otherwise the whole head is, when it is needed. */
  readonly rowsOnly: boolean;
}

/** What `concept-probe model` prints. If the head cannot be read it is `null`, and the sizes are those of config.json. */
export interface ModelDetails extends Omit<ModelSummary, 'vocabSize' | 'hiddenSize' | 'head'> {
  /** Where it comes from, such as `Ollama (ollama:llama2:7b)`. */
  readonly source: string;
  /** Its path on this machine; results do not include it. */
  readonly folder: string;
  readonly vocabSize: number | null;
  readonly hiddenSize: number | null;
  readonly head: HeadSummary | null;
  /** The outputs that may hold the logits, if several are possible and one must be named; otherwise empty. */
  readonly unclearOutputs: readonly string[];
  readonly tokenizer: string | null;
  readonly files: readonly ModelFile[];
  readonly abilities: readonly ModelAbility[];
  /** Only if the model is read over the network. */
  readonly remote?: RemoteDetails;
}
