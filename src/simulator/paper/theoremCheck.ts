/** A theorem of J tried out: plain data. */
export interface TheoremCheck {
  readonly theorem: string;
  readonly prediction: string;
  readonly measured: readonly { readonly name: string; readonly value: number }[];
  readonly holds: boolean;
  /** What was found, in words. */
  readonly verdict: string;
}

/** @param found what was found, without whether that is what the theorem says */
export function theoremCheck(
  theorem: string,
  prediction: string,
  measured: Readonly<Record<string, number>>,
  holds: boolean,
  found: string,
): TheoremCheck {
  return {
    ...{ theorem, prediction, holds },
    measured: Object.entries(measured).map(([name, value]) => ({ name, value })),
    verdict: `${holds ? 'Holds' : 'Does not hold here'}. ${found}`,
  };
}
