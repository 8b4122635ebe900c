import type { CounterfactualPair } from '../concepts/concept';
import type { AlignResult, MeasureResult } from './contextResult';
import type { CategoriesResult } from './categoriesResult';
import type { BetweenResult } from './betweenResult';
import type { InnerProduct } from './geometryResult';
import type { ManyModels } from './manyModels';
import type { ModelComparison } from './modelComparison';
import type { ProbeResult } from './probeResult';
import type { Progress } from './progress';
import type { ContinuationState, ContinueChoice, SteeredContext, SteeringChange } from './steeringMessages';
import {
  emptySimulatorState,
  type SavedSimulation,
  type SimulationAction,
  type SimulationTask,
  type SimulatorState,
} from './simulationMessages';
import type { AnalogiesResult, NearestResult, VocabularyResult } from './vocabularyResult';

/** What the *Geometry* page shows. It is derived and cannot be edited there. */
export interface GeometryState {
  /** Name of the concept file; `null` if the workspace has none. */
  readonly conceptFile: string | null;
  /** The newest result; it stays visible while a newer one is computed. */
  readonly result: ProbeResult | null;
  /** What the running computation has found before its statistics; `null` when idle. */
  readonly early: ProbeResult | null;
  /** What is currently running; `null` when idle. */
  readonly progress: Progress | null;
  /** The view that is being computed beside an up-to-date result; `null` while the result itself is computed, or idle. */
  readonly computing: ClosableView | null;
  /** Why there is no newer result: one sentence. */
  readonly problem: string | null;
  /** The line of the concept file that causes the problem; `null` for other problems. */
  readonly problemLine: number | null;
  /** The result does not match the current concepts, model and settings, and no new one is being computed. */
  readonly isOutdated: boolean;
  /** The same concepts in a second model, for comparison. */
  readonly comparison: ModelComparison | null;
  /** The same concepts in any number of models, if requested. */
  readonly manyModels: ManyModels | null;
  /** The pairs of one concept against those of another, if requested. */
  readonly between: BetweenResult | null;
  /** The vocabulary on one or two directions, if requested. */
  readonly vocabulary: VocabularyResult | null;
  /** The tokens nearest to a word moved along a concept, if requested. */
  readonly nearest: NearestResult | null;
  /** Analogy accuracy in each inner product, if requested. */
  readonly analogies: readonly AnalogiesResult[] | null;
  /** The file's context pairs and the concepts in each inner product, if requested. */
  readonly alignment: readonly AlignResult[] | null;
  /** The concepts in the file's labelled contexts in each inner product, if requested. */
  readonly measurement: readonly MeasureResult[] | null;
  /** The vectors of the file's categories, if requested. */
  readonly categories: CategoriesResult | null;
  /** A context and the direction that it is steered along, when asked for. */
  readonly steering: SteeredContext | null;
  /** What the steered context goes on with; apart from it, because its progress changes often. */
  readonly continuation: ContinuationState | null;
}

/** Views that are shown next to the result on request. */
export const closableViews = [
  'between',
  'vocabulary',
  'nearest',
  'comparison',
  'manyModels',
  'analogies',
  'alignment',
  'measurement',
  'categories',
  'steering',
] as const;
export type ClosableView = (typeof closableViews)[number];

/** What the panel shows. */
export interface PanelState extends GeometryState {
  readonly simulator: SimulatorState;
  /** Simulations, newest first. They are separate from the simulator's state, which changes many times a second. */
  readonly simulations: readonly SavedSimulation[];
}

/** A file that the panel makes. */
export interface NamedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Which figures to export: those of the page that is shown, or those of every concept. */
export const figureScopes = ['shown', 'all'] as const;
export type FigureScope = (typeof figureScopes)[number];

/** A figure's files, and how many figures are still to come. */
export interface FiguresMade {
  readonly files: readonly NamedFile[];
  readonly left: number;
  /** Why this figure has no files; otherwise `null`. */
  readonly problem: string | null;
}

export const exportFormats = ['json', 'csv', 'npy', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The panel's pages. */
export const panelPages = ['geometry', 'simulator'] as const;
export type PanelPage = (typeof panelPages)[number];

/** A pair by value rather than by position, because the file may have changed. */
export interface PairReference {
  readonly concept: string;
  readonly pair: CounterfactualPair;
}

/** Extension → panel; sent packed (`packed.ts`). */
export type ToPanel =
  /** Only the part of the state that changed, so that progress updates do not send the result again. */
  | { readonly type: 'state'; readonly state: Partial<PanelState> }
  /** Without a page, the panel stays on its own. */
  | ({ readonly type: 'show'; readonly page?: PanelPage } & ShownItem)
  /** The pairs of the word at the cursor in the text. */
  | { readonly type: 'cursor'; readonly pairs: readonly PairReference[] }
  /** Asks for figures; `null`: no more are wanted. */
  | { readonly type: 'figures'; readonly scope: FigureScope | null };

/** What is selected on a page that is shown: a concept by its name, or a simulation by its id. */
export interface ShownItem {
  readonly concept?: string | undefined;
  readonly simulation?: string | undefined;
}

/** Nothing to show yet. */
export const emptyGeometryState: GeometryState = {
  conceptFile: null,
  result: null,
  early: null,
  progress: null,
  computing: null,
  problem: null,
  problemLine: null,
  isOutdated: false,
  comparison: null,
  manyModels: null,
  between: null,
  vocabulary: null,
  nearest: null,
  analogies: null,
  alignment: null,
  measurement: null,
  categories: null,
  steering: null,
  continuation: null,
};

export const emptyPanelState: PanelState = {
  ...emptyGeometryState,
  simulator: emptySimulatorState,
  simulations: [],
};

/** Panel → extension. */
export type FromPanel =
  /** The page has loaded, or needs the complete state again. */
  | { readonly type: 'ready' }
  /** Something arrived corrupted and is not shown; `reason` is for the log. */
  | { readonly type: 'damaged'; readonly reason: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'revealPair'; readonly concept: string; readonly pair: CounterfactualPair }
  /** The concept that is shown in detail, to be emphasized in the text; `null` for none. */
  | { readonly type: 'choose'; readonly concept: string | null }
  | { readonly type: 'revealContexts'; readonly set: string; readonly pair: CounterfactualPair }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | { readonly type: 'saveFile'; readonly file: NamedFile }
  | { readonly type: 'exportFigures' }
  | ({ readonly type: 'figures' } & FiguresMade)
  | {
      readonly type: 'vocabulary';
      readonly product: InnerProduct;
      readonly x: string;
      readonly y: string | null;
    }
  | { readonly type: 'findPairs'; readonly concept: string; readonly product: InnerProduct }
  /** The pairs of concept `a` against those of `b`. */
  | { readonly type: 'between'; readonly a: string; readonly b: string }
  | { readonly type: 'analogies' }
  | ({ readonly type: 'steer' } & SteeringChange)
  | ({ readonly type: 'continue' } & ContinueChoice)
  | { readonly type: 'copyContinuations' }
  | { readonly type: 'exportDirection'; readonly concept: string }
  /** *Include again* beside a pair that is left out. */
  | { readonly type: 'includePair'; readonly concept: string; readonly pair: CounterfactualPair }
  /** *Add Pair* under a concept. */
  | { readonly type: 'typePairs'; readonly concept: string }
  | { readonly type: 'close'; readonly view: ClosableView }
  | { readonly type: 'command'; readonly command: PanelCommand }
  | { readonly type: 'simulate'; readonly task: SimulationTask }
  | { readonly type: 'simulation'; readonly action: SimulationAction }
  | { readonly type: 'savedSimulation'; readonly id: string; readonly action: SavedAction };

/** Actions on a simulation in the list; `json`, `csv` and `npy` export it. */
export const savedActions = ['rename', 'save', 'delete', 'open', 'json', 'csv', 'npy'] as const;
export type SavedAction = (typeof savedActions)[number];

/** Commands that the panel offers in its empty states and next to problems. */
export type PanelCommand =
  'addPair' | 'importPairs' | 'openExample' | 'howToRead' | 'showLog' | 'openProblem';
