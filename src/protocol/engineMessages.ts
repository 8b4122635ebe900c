import type { VectorsRequest, VectorsResult } from './vectorsResult';
import type { Concept } from '../concepts/concept';
import type { TokenRule } from '../concepts/tokenRule';
import type { Matrix } from '../geometry/matrix';
import type { AxisRequest } from './axisRequest';
import type { BetweenRequest, BetweenResult } from './betweenResult';
import type {
  AlignRequest,
  AlignResult,
  ContinueRequest,
  ContinueResult,
  MeasureRequest,
  MeasureResult,
  SteerRequest,
  SteerResult,
  TintRequest,
  TintResult,
} from './contextResult';
import type { CategoriesRequest, CategoriesResult } from './categoriesResult';
import type { EmbedRequest, EmbedResult } from './embedResult';
import type { FoundModel, ModelsRequest } from './foundModel';
import type { InnerProduct } from './geometryResult';
import type { ModelChoice } from './modelChoice';
import type { ManyModels, ManyModelsRequest } from './manyModels';
import type { ModelComparison } from './modelComparison';
import type { ModelDetails } from './modelSummary';
import type { ProbeResult, ProbeSettings } from './probeResult';
import type {
  AnalogiesResult,
  DirectionResult,
  FoundPairsResult,
  NearestResult,
  NeighboursResult,
  VocabularyResult,
  VocabularyWord,
} from './vocabularyResult';

export type { ModelChoice };

export interface ProbeRequest {
  readonly model: ModelChoice;
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  readonly seed: number;
  readonly settings: ProbeSettings;
  /** Whether to report the results that are known before the statistics. */
  readonly early?: true;
}

/** Compares `model` with another model on the same concepts. */
export interface CompareRequest extends ProbeRequest {
  readonly other: ModelChoice;
}

export interface RowsRequest {
  readonly model: ModelChoice;
  readonly ids: readonly number[];
}

export interface TokensRequest {
  readonly model: ModelChoice;
  readonly words: readonly string[];
  readonly leadingSpace: boolean;
}

export interface WordsRequest {
  readonly model: ModelChoice;
  readonly prefix: string;
  readonly leadingSpace: boolean;
  readonly count: number;
}

/** `x` and `y` are names of concepts in the request. */
export interface VocabularyRequest extends AxisRequest {
  readonly x: string;
  readonly y: string | null;
}

export interface NeighboursRequest extends AxisRequest {
  readonly concept: string;
  readonly base: string;
}

/** The same in several inner products. */
export interface NearestRequest extends Omit<NeighboursRequest, 'product'> {
  readonly products: readonly InnerProduct[];
}

export interface FindPairsRequest extends AxisRequest {
  readonly concept: string;
}

/** Covers every concept of the request. */
export type AnalogiesRequest = Omit<AxisRequest, 'count'>;

export interface DirectionRequest extends Omit<AxisRequest, 'count' | 'product'> {
  readonly concept: string;
  readonly products: readonly InnerProduct[];
}

/** The covariances cached on disk. */
export interface CacheReport {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  readonly limit: number;
  /** After clearing: cache files that could not be removed. */
  readonly left?: number;
  /** What was read of models on the Hub: number of files of weights, and bytes of them. */
  readonly remote: Pick<CacheReport, 'folder' | 'files' | 'bytes' | 'limit'>;
}

/** Every call that the engine answers. The types of requests, replies and the client are derived from this table. */
export interface EngineCalls {
  probe: { params: ProbeRequest; result: ProbeResult };
  compare: { params: CompareRequest; result: ModelComparison };
  /** Opens one model after the other. */
  compareMany: { params: ManyModelsRequest; result: ManyModels };
  details: { params: { readonly model: ModelChoice }; result: ModelDetails };
  /** The models on this machine. */
  models: { params: ModelsRequest; result: readonly FoundModel[] };
  rows: { params: RowsRequest; result: Matrix };
  tokens: {
    params: TokensRequest;
    result: readonly WordCut[];
  };
  /** Words that begin with a prefix and are single tokens. */
  words: { params: WordsRequest; result: readonly VocabularyWord[] };
  embed: { params: EmbedRequest; result: EmbedResult };
  categories: { params: CategoriesRequest; result: CategoriesResult };
  between: { params: BetweenRequest; result: BetweenResult };
  vocabulary: { params: VocabularyRequest; result: VocabularyResult };
  neighbours: { params: NeighboursRequest; result: NeighboursResult };
  nearest: { params: NearestRequest; result: NearestResult };
  findPairs: { params: FindPairsRequest; result: FoundPairsResult };
  analogies: { params: AnalogiesRequest; result: AnalogiesResult };
  direction: { params: DirectionRequest; result: DirectionResult };
  vectors: { params: VectorsRequest; result: VectorsResult };
  measure: { params: MeasureRequest; result: MeasureResult };
  align: { params: AlignRequest; result: AlignResult };
  steer: { params: SteerRequest; result: SteerResult };
  continue: { params: ContinueRequest; result: ContinueResult };
  tint: { params: TintRequest; result: TintResult };
  /** What the cache holds, or held before it was cleared. */
  cache: { params: { readonly clear: boolean }; result: CacheReport };
}

/** How the model tokenizes a word. */
export interface WordCut {
  readonly word: string;
  readonly ids: readonly number[];
  readonly pieces: readonly string[];
}

export type EngineMethod = keyof EngineCalls;
