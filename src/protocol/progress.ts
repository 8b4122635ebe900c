import type { ProbeResult } from './probeResult';

export interface Progress {
  readonly message: string;
  /** Share that is done, 0…1; `null` if unknown. */
  readonly fraction: number | null;
}

/** What the engine reports while a call runs. */
export interface EngineProgress extends Progress {
  /** See `early` in `ProbeRequest`. */
  readonly early?: ProbeResult;
}

/** Called with progress. Awaiting the returned value gives the message time to be sent. */
export type ReportProgress = (progress: EngineProgress) => unknown;
