/** How the ONNX file stores the unembedding matrix. */
export interface HeadSummary {
  /** ONNX operator of the product that makes the logits. */
  readonly operator: string;
  readonly elementType: string;
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]';
  /** Whether the token embedding is the same tensor. */
  readonly tied: boolean;
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
  readonly folder: string;
  /** The ONNX file that was read, inside the folder. */
  readonly file: string;
  /** The other ONNX files of the folder, which were not taken. */
  readonly otherFiles: readonly string[];
  readonly architecture: string | null;
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly head: HeadSummary;
}

/** What `concept-probe model` prints: the summary, its files and what can be done with them. */
export interface ModelDetails extends ModelSummary {
  readonly tokenizer: string | null;
  readonly files: readonly ModelFile[];
  readonly abilities: readonly { readonly name: string; readonly works: boolean; readonly why?: string }[];
}
