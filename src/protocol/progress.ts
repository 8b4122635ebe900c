import type { ProbeResult } from './probeResult';

export interface Progress {
  readonly message: string;
  /** Done so far, 0…1; `null` if unknown. */
  readonly fraction: number | null;
}

/** What the engine tells on the way. */
export interface EngineProgress extends Progress {
  /** See `early` of a ProbeRequest. */
  readonly early?: ProbeResult;
}

/** Told of progress; waiting for the answer lets it be sent. */
export type ReportProgress = (progress: EngineProgress) => unknown;
