/** How the ONNX file stores the unembedding matrix. */
export interface HeadSummary {
  /** ONNX operator of the product that makes the logits. */
  readonly operator: string;
  /** How many such products stand side by side along the vocabulary; left out where it is one. */
  readonly parts?: number;
  readonly elementType: string;
  /** Of several parts, `mixed` where they differ. */
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]' | 'mixed';
  /** Whether the token embedding is the same tensor. */
  readonly tied: boolean;
  /** What happens to the product before it is the logits, as `scale 0.0625`; left out where nothing does. */
  readonly after?: readonly string[];
  /** The output that holds the logits; left out where it is called `logits`. */
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
  /** The ONNX file that was read, inside the folder. */
  readonly file: string;
  /** The other ONNX files of the folder, which were not taken. */
  readonly otherFiles: readonly string[];
  readonly architecture: string | null;
  /** Rows of the unembedding. */
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly head: HeadSummary;
  /** Rows that no token of the tokenizer has, as padding; `null` without a tokenizer. */
  readonly rowsWithoutToken: number | null;
}

/** Something that can be done with a model, or why not. */
export interface ModelAbility {
  readonly name: string;
  readonly works: boolean;
  /** One sentence where it does not work. */
  readonly why?: string;
}

/** What `concept-probe model` prints. A head that is not read is `null`; its sizes are then those of config.json. */
export interface ModelDetails extends Omit<ModelSummary, 'vocabSize' | 'hiddenSize' | 'head'> {
  /** Its place on this machine; results do not tell it. */
  readonly folder: string;
  readonly vocabSize: number | null;
  readonly hiddenSize: number | null;
  readonly head: HeadSummary | null;
  /** The outputs that may hold the logits, where that is not clear and one must be named; otherwise empty. */
  readonly unclearOutputs: readonly string[];
  readonly tokenizer: string | null;
  readonly files: readonly ModelFile[];
  readonly abilities: readonly ModelAbility[];
}
