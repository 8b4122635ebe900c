import type { CounterfactualPair } from '../concepts/concept';
import type { ProbeResult } from './probeResult';

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
}

export interface Progress {
  readonly message: string;
  /** Done so far, 0…1; `null` if unknown. */
  readonly fraction: number | null;
}

export type ExportFormat = 'json' | 'csv' | 'html';

/** Extension → panel: what changed of the state, so that progress does not carry the result along. */
export interface ToPanel {
  readonly type: 'state';
  readonly state: Partial<PanelState>;
}

/** Panel → extension. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'revealPair'; readonly concept: string; readonly pair: CounterfactualPair }
  | { readonly type: 'export'; readonly format: ExportFormat }
  | { readonly type: 'command'; readonly command: PanelCommand };

/** Commands that the panel's empty states offer. */
export type PanelCommand = 'addPair' | 'importPairs' | 'showLog';
