/**
 * An intervention on the last hidden state is a sum of two vectors of logits: U(λ + αv) = Uλ + α·Uv (Park et al.
 * 2311.03658, §4.3).
 */
export interface Steering {
  /** Uλ, `[vocab]` */
  readonly logits: Float32Array;
  /** Uv, `[vocab]` */
  readonly shift: Float32Array;
  /** Tokens that may occur: rows without a token have no probability. */
  readonly ids: Int32Array;
}

export interface LikelyToken {
  readonly id: number;
  readonly probability: number;
}

/** ln Σ exp(logit + α·shift) over the tokens. */
export function logNormalizer({ logits, shift, ids }: Steering, alpha: number): number {
  let most = -Infinity;
  for (const id of ids) most = Math.max(most, logits[id]! + alpha * shift[id]!);
  let sum = 0;
  for (const id of ids) sum += Math.exp(logits[id]! + alpha * shift[id]! - most);
  return most + Math.log(sum);
}

/** The most likely tokens after λ + αv, in descending order; of equal ones the smaller id first. */
export function topTokens(steering: Steering, alpha: number, count: number): LikelyToken[] {
  const { logits, shift, ids } = steering;
  const normalizer = logNormalizer(steering, alpha);
  // An insertion into a short list is faster than sorting the vocabulary at every step of a slider.
  const best: { readonly id: number; readonly logit: number }[] = [];
  for (const id of ids) {
    const logit = logits[id]! + alpha * shift[id]!;
    if (best.length === count && !(logit > best[count - 1]!.logit)) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.logit < logit) place--;
    best.splice(place, 0, { id, logit });
    if (best.length > count) best.pop();
  }
  return best.map(({ id, logit }) => ({ id, probability: Math.exp(logit - normalizer) }));
}

/** log P(target)/P(base) after λ + αv: the normalizer cancels. */
export function logOdds(
  { logits, shift }: Pick<Steering, 'logits' | 'shift'>,
  alpha: number,
  { base, target }: { readonly base: number; readonly target: number },
): number {
  return logits[target]! - logits[base]! + alpha * (shift[target]! - shift[base]!);
}

/** P(token) after λ + αv, given {@link logNormalizer} for the same α. */
export function probabilityOf(
  { logits, shift }: Pick<Steering, 'logits' | 'shift'>,
  alpha: number,
  id: number,
  normalizer: number,
): number {
  return Math.exp(logits[id]! + alpha * shift[id]! - normalizer);
}

/** 1 + the number of tokens with a greater logit after λ + αv. */
export function rankOf({ logits, shift, ids }: Steering, alpha: number, id: number): number {
  const own = logits[id]! + alpha * shift[id]!;
  let rank = 1;
  for (const other of ids) if (logits[other]! + alpha * shift[other]! > own) rank++;
  return rank;
}
