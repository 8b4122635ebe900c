/** The reader's choices in a steered context. */
export interface SteeringUi {
  readonly alpha: number;
  /** Label of the shown pair of the steered concept; `null`: the first. */
  readonly pair: string | null;
  /** The concept and the pair of the second axis; `null`: the first. */
  readonly otherConcept: string | null;
  readonly otherPair: string | null;
  /** As typed; empty: 0, α/2 and α of the slider. */
  readonly alphas: string;
  readonly count: number;
  readonly temperature: number;
  /** `null`: the settings' seed. */
  readonly seed: number | null;
}

/** What the reader can change; each renders the body again. */
export interface SteeringChanges {
  /** The slider moves. */
  readonly slide: (alpha: number) => void;
  /** α is typed: the slider's ends follow it. */
  readonly type: (alpha: number) => void;
  readonly choose: (change: Partial<SteeringUi>) => void;
  /** Remembers where the slider stopped. */
  readonly keep: () => void;
}

/** Small enough to leave a sentence a sentence, large enough to see. */
const firstAlpha = 0.2;

/** Restores the valid part of an earlier session's choices. */
export function restoreSteeringUi(saved: unknown): SteeringUi {
  const from: Record<string, unknown> = typeof saved === 'object' && saved !== null ? { ...saved } : {};
  const text = (key: string) => (typeof from[key] === 'string' ? from[key] : null);
  const number = (key: string, otherwise: number) =>
    typeof from[key] === 'number' && Number.isFinite(from[key]) ? from[key] : otherwise;
  return {
    alpha: number('alpha', firstAlpha),
    pair: text('pair'),
    otherConcept: text('otherConcept'),
    otherPair: text('otherPair'),
    alphas: text('alphas') ?? '',
    count: number('count', 30),
    temperature: number('temperature', 0),
    seed: typeof from['seed'] === 'number' ? number('seed', 0) : null,
  };
}
