/*
 * Which tokens two concepts have in common, and what each of them counts in the two directions. Random concepts have
 * nothing in common, so real ones that do are compared with random ones that do in the same way.
 */

/** A difference of mean rows by its tokens: −1 for the base and 1 for the target where both are a single token. */
export type TokenWeights = ReadonlyMap<number, number>;

/** A weighted sum of rows; tokens are numbered within their part. */
export interface Term {
  readonly tokens: readonly number[];
  readonly weights: readonly number[];
}

/** What of two concepts' sums is made of the same tokens. */
export interface SharingPart {
  readonly tokens: number;
  readonly first: readonly Term[];
  readonly second: readonly Term[];
}

/** Two concepts up to the names of their tokens: drawing a random token for each keeps who shares what in which role. */
export interface Sharing {
  /** Equal for concepts that share alike, in either order. */
  readonly key: string;
  /** Tokens on which both directions depend. */
  readonly common: SharingPart;
  /** What only one direction depends on; the other has no terms in it. */
  readonly own: readonly [SharingPart, SharingPart];
}

/** All tokens of a concept. */
export function tokensOf(differences: readonly TokenWeights[]): ReadonlySet<number> {
  return new Set(differences.flatMap((weights) => [...weights.keys()]));
}

/**
 * @param normalised whether each difference counts at unit length: then it is drawn as a whole, else token by token
 * @returns `null` if the directions have no token in common
 */
export function sharingOf(
  first: readonly TokenWeights[],
  second: readonly TokenWeights[],
  normalised: boolean,
): Sharing | null {
  const make = normalised ? sharedPairs : sharedTokens;
  const [here, there] = [make(first, second), make(second, first)];
  if (here.common.tokens === 0) return null;
  return here.key <= there.key ? here : there;
}

/** The mean direction needs each token's total only, so that concepts with the same totals share alike. */
function sharedTokens(first: readonly TokenWeights[], second: readonly TokenWeights[]): Sharing {
  const totals = [first, second].map(totalWeights);
  const roles = [...new Set(totals.flatMap((weights) => [...weights.keys()]))]
    .map((token) => totals.map((weights) => weights.get(token) ?? 0) as [number, number])
    .sort(([a, b], [c, d]) => a - c || b - d);
  const part = (wanted: (a: number, b: number) => boolean): SharingPart => {
    const tokens = roles.filter(([a, b]) => wanted(a, b));
    const terms = (side: 0 | 1): Term[] =>
      tokens.flatMap((weights, token) =>
        weights[side] === 0 ? [] : [{ tokens: [token], weights: [weights[side]] }],
      );
    return { tokens: tokens.length, first: terms(0), second: terms(1) };
  };
  return {
    key: `tokens ${inRuns(roles.map((weights) => weights.join()))}`,
    common: part((a, b) => a !== 0 && b !== 0),
    own: [part((a, b) => a !== 0 && b === 0), part((a, b) => a === 0 && b !== 0)],
  };
}

/** A token that is a base as often as a target is not in the sum. Shares of a mean are rounded, to be equal when they are. */
function totalWeights(differences: readonly TokenWeights[]): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  for (const weights of differences)
    for (const [token, weight] of weights) totals.set(token, (totals.get(token) ?? 0) + weight);
  return new Map(
    [...totals]
      .map(([token, total]) => [token, Math.round(total * 1e9) / 1e9] as const)
      .filter(([, total]) => total !== 0),
  );
}

/** "-1,-1 × 20;0,1 × 20" */
function inRuns(sorted: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value} × ${count}`).join(';');
}

/** Differences at unit length depend on both their tokens: what hangs together with a common token is drawn as one. */
function sharedPairs(first: readonly TokenWeights[], second: readonly TokenWeights[]): Sharing {
  const inSecond = tokensOf(second);
  const joined = new Set([...tokensOf(first)].filter((token) => inSecond.has(token)));
  const isJoined = (weights: TokenWeights): boolean => [...weights.keys()].some((token) => joined.has(token));
  for (let before = -1; before !== joined.size;) {
    before = joined.size;
    for (const weights of [...first, ...second])
      if (isJoined(weights)) [...weights.keys()].forEach((token) => joined.add(token));
  }
  const part = (a: readonly TokenWeights[], b: readonly TokenWeights[]): SharingPart => {
    const numbers = new Map<number, number>();
    const numberOf = (token: number): number => {
      const known = numbers.get(token) ?? numbers.size;
      numbers.set(token, known);
      return known;
    };
    const term = (weights: TokenWeights): Term => ({
      tokens: [...weights.keys()].map(numberOf),
      weights: [...weights.values()],
    });
    const [terms, others] = [a.map(term), b.map(term)];
    return { tokens: numbers.size, first: terms, second: others };
  };
  const alone = (all: readonly TokenWeights[]): TokenWeights[] => all.filter((weights) => !isJoined(weights));
  const parts = {
    common: part(first.filter(isJoined), second.filter(isJoined)),
    own: [part(alone(first), []), part([], alone(second))],
  } as const;
  return { key: `pairs ${JSON.stringify([parts.common, ...parts.own])}`, ...parts };
}
