/**
 * The part of llama.cpp's Node binding that a forward pass needs. The binding is the one inside node-llama-cpp's packages of
 * binaries; node-llama-cpp itself returns only the hidden state at the end of a text, adds tokens of its own to it, and brings
 * a hundred packages that download and build llama.cpp. The versions of these packages are exact in package.json, because
 * this interface may change between them.
 */
export interface LlamaAddon {
  /** Called with what llama.cpp logs, up to the log level, when the event loop is free. */
  setLogger(logger: (level: number, message: string) => void): void;
  setLoggerLogLevel(level: number): void;
  /** Loads the libraries that compute: those that are linked, or those in a folder that suit this CPU. */
  loadBackends(folder?: string): void;
  setEnv(name: string, value: string): boolean;
  init(): Promise<void>;
  /** `undefined` before a backend is loaded. */
  getGpuType(): 'cuda' | 'vulkan' | 'metal' | false | undefined;
  /** @throws Error if the GPU or its driver is too old */
  ensureGpuDeviceIsSupported(): void;
  /** Number of cores that are useful for computing. */
  getMathCores(): number;
  getIsArchSupported(architecture: string): boolean;
  readonly AddonModel: new (
    path: string,
    options: {
      /** Keeps the addon in memory as long as the model. */
      readonly addonExports: LlamaAddon;
      readonly gpuLayers: number;
      readonly useMmap: boolean;
    },
  ) => AddonModel;
  readonly AddonContext: new (model: AddonModel, options: AddonContextOptions) => AddonContext;
}

/** The log level of errors; higher levels are warnings and information. */
export const errorLevel = 2;

/** GGML's id of float32. */
export const float32Type = 0;

export interface AddonModel {
  /** False if the model cannot be loaded. Nothing else may be called then. */
  init(): Promise<boolean>;
  getTrainContextSize(): number;
  getEmbeddingVectorSize(): number;
  shouldPrependBosToken(): boolean;
  tokenBos(): number;
  /** Whether a token ends a text or a turn. */
  isEogToken(id: number): boolean;
  dispose(): Promise<void>;
}

export interface AddonContextOptions {
  /** Positions in the key-value cache. */
  readonly contextSize: number;
  /** Most tokens that are decoded together. */
  readonly batchSize: number;
  readonly sequences: number;
  readonly embeddings: boolean;
  readonly threads: number;
  readonly flashAttention: boolean;
  readonly kvCacheKeyType: number;
  readonly kvCacheValueType: number;
  /** Keeps all positions of models with sliding-window attention. */
  readonly swaFullCache: boolean;
}

export interface AddonContext {
  /** False if there is not enough memory. */
  init(): Promise<boolean>;
  initBatch(size: number): void;
  /** @param outputs which of the tokens are wanted; with `embeddings`, all are computed anyway */
  addToBatch(sequence: number, firstPosition: number, tokens: Uint32Array, outputs: Uint32Array): Uint32Array;
  /** Rejects if the tokens cannot be decoded. */
  decodeBatch(): Promise<void>;
  /** The state after the final norm at the last token that was decoded. */
  getEmbedding(tokens: number): Float64Array;
  /** False if the model's memory cannot be cut there. */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  dispose(): Promise<void>;
}
