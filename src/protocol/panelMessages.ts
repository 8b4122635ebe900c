import type { CounterfactualPair } from '../concepts/concept';
import type { InnerProduct } from './geometryResult';
import type { ProbeResult } from './probeResult';
import type { VocabularyResult } from './vocabularyResult';

/** What the panel shows: derived, never edited there. */
export interface PanelState {
  /** Name of the concept file, `null` if the workspace has none. */
  readonly conceptFile: string | null;
  /** The newest result; it stays while a newer one is computed. */
  readonly result: ProbeResult | null;
  /** What is being done now, `null` at rest. */
  readonly progress: Progress | null;
  /** Why there is no newer result: one sentence. */
  readonly problem: string | null;
  /** The same concepts in a second model, for comparison. */
  readonly comparison: ProbeResult | null;
  /** The vocabulary on one or two directions, when asked for. */
  readonly vocabulary: VocabularyResult | null;
}

export interface Progress {
  readonly message: string;
  /** Done so far, 0…1; `null` if unknown. */
  readonly fraction: number | null;
}

export type ExportFormat = 'json' | 'csv' | 'npy' | 'html';

/** Extension → panel: what changed of the state, so that progress does not carry the result along. */
export interface ToPanel {
  readonly type: 'state';
  readonly state: Partial<PanelState>;
}

/** Nothing to show yet. */
export const emptyPanelState: PanelState = {
  conceptFile: null,
  result: null,
  progress: null,
  problem: null,
  comparison: null,
  vocabulary: null,
};

/** Panel → extension. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'revealPair'; readonly concept: string; readonly pair: CounterfactualPair }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | {
      readonly type: 'vocabulary';
      readonly product: InnerProduct;
      readonly x: string;
      readonly y: string | null;
    }
  | { readonly type: 'findPairs'; readonly concept: string; readonly product: InnerProduct }
  | { readonly type: 'close'; readonly view: 'vocabulary' | 'comparison' }
  | { readonly type: 'command'; readonly command: PanelCommand };

/** Commands that the panel's empty states offer. */
export type PanelCommand = 'addPair' | 'importPairs' | 'showLog';
