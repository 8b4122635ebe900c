/*
 * The tokens that two concepts share, and their weights in the two directions. Random concepts share no tokens, so real
 * concepts that share some are compared with random ones that share tokens in the same way.
 */

/** A difference of mean rows by its tokens: −1 for the base and 1 for the target if both are a single token. */
export type TokenWeights = ReadonlyMap<number, number>;

/** A weighted sum of rows; tokens are numbered within their part. */
export interface Term {
  readonly tokens: readonly number[];
  readonly weights: readonly number[];
}

/** The parts of two concepts' sums that consist of the same tokens. */
export interface SharingPart {
  readonly tokens: number;
  readonly first: readonly Term[];
  readonly second: readonly Term[];
}

/**
 * Two concepts up to renaming of tokens: drawing a random token for each preserves which tokens are shared in which role.
 */
export interface Sharing {
  /** Equal for concepts that share tokens in the same way, in either order. */
  readonly key: string;
  /** The part that depends on tokens of both directions. */
  readonly common: SharingPart;
  /** The parts that only one direction depends on. */
  readonly own: readonly [SharingPart, SharingPart];
}

/** All tokens of a concept. */
export function tokensOf(differences: readonly TokenWeights[]): ReadonlySet<number> {
  return new Set(differences.flatMap((weights) => [...weights.keys()]));
}

/**
 * @param normalised whether each difference has unit length, so that it is drawn as a whole instead of token by token
 * @returns `null` if the directions share no token
 */
export function sharingOf(
  first: readonly TokenWeights[],
  second: readonly TokenWeights[],
  normalised: boolean,
): Sharing | null {
  const sharing = normalised
    ? inOrder(sharedPairs(first, second), sharedPairs(second, first))
    : sharedTokens(rolesOf(first, second));
  return sharing.common.tokens === 0 ? null : sharing;
}

function inOrder<T extends { readonly key: string }>(here: T, there: T): T {
  return here.key <= there.key ? here : there;
}

/** Number of tokens with given weights in the first and the second sum. */
interface Role {
  readonly first: number;
  readonly second: number;
  readonly tokens: number;
}

/**
 * More tokens than this are represented by fewer in the same proportions: by the central limit theorem more make no
 * difference.
 */
const mostTokens = 512;

/**
 * The mean direction depends only on each token's total weight, so concepts with the same totals share tokens in the same
 * way.
 */
function rolesOf(first: readonly TokenWeights[], second: readonly TokenWeights[]): Role[] {
  const [here, there] = [totalWeights(first), totalWeights(second)];
  const counts = new Map<string, number>();
  const count = (a: number, b: number): void => {
    const key = `${a} ${b}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const [token, weight] of here) count(weight, there.get(token) ?? 0);
  for (const [token, weight] of there) if (!here.has(token)) count(0, weight);
  const total = [...counts.values()].reduce((sum, tokens) => sum + tokens, 0);
  const share = Math.min(1, mostTokens / total);
  return [...counts].map(([key, tokens]) => {
    const [a, b] = key.split(' ').map(Number) as [number, number];
    return { first: a, second: b, tokens: Math.round(tokens * share) };
  });
}

function sharedTokens(roles: readonly Role[]): Sharing {
  const sorted = (all: readonly Role[]): { readonly key: string; readonly roles: readonly Role[] } => {
    const order = all
      .filter(({ tokens }) => tokens > 0)
      .sort((a, b) => a.first - b.first || a.second - b.second);
    return {
      key: order.map((role) => `${role.first},${role.second} × ${role.tokens}`).join(';'),
      roles: order,
    };
  };
  const swapped = roles.map(({ first, second, tokens }) => ({ first: second, second: first, tokens }));
  const { key, roles: order } = inOrder(sorted(roles), sorted(swapped));
  const part = (isIn: (role: Role) => boolean): SharingPart => {
    const tokens = order.filter(isIn).flatMap((role) => new Array<Role>(role.tokens).fill(role));
    const terms = (side: 'first' | 'second'): Term[] =>
      tokens.flatMap((role, token) => (role[side] === 0 ? [] : [{ tokens: [token], weights: [role[side]] }]));
    return { tokens: tokens.length, first: terms('first'), second: terms('second') };
  };
  return {
    key: `tokens ${key}`,
    common: part(({ first, second }) => first !== 0 && second !== 0),
    own: [part(({ second }) => second === 0), part(({ first }) => first === 0)],
  };
}

const totals = new WeakMap<readonly TokenWeights[], TokenWeights>();

/**
 * The total weight of each token in the sum, memoized because it is needed again with every other concept. A token that is a
 * base as often as a target has weight 0. Shares of a mean are rounded, so that equal shares compare equal.
 */
function totalWeights(differences: readonly TokenWeights[]): TokenWeights {
  const known = totals.get(differences);
  if (known) return known;
  const sums = new Map<number, number>();
  for (const weights of differences)
    for (const [token, weight] of weights) sums.set(token, (sums.get(token) ?? 0) + weight);
  const total = new Map(
    [...sums]
      .map(([token, sum]) => [token, Math.round(sum * 1e9) / 1e9] as const)
      .filter(([, sum]) => sum !== 0),
  );
  totals.set(differences, total);
  return total;
}

/** Unit differences depend on both their tokens, so all differences connected to a common token are drawn together. */
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
