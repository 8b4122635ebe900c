/** Attention of most exports takes memory with the square of the length, so no window is longer, whatever the model says. */
const longestWindow = 4096;

/**
 * What of a context a model sees: all of it up to as many tokens as it has positions (and no more than 4,096); of a longer
 * one the last tokens, and before them the token that begins every text if the context begins with it, since attention
 * leans on it.
 *
 * @param positions `max_position_embeddings`, or `null` where the folder does not say
 * @param beginning the id of BOS, or `null`
 */
export function hiddenWindow(
  ids: readonly number[],
  positions: number | null,
  beginning: number | null,
): readonly number[] {
  const size = Math.min(positions ?? longestWindow, longestWindow);
  if (ids.length <= size) return ids;
  if (ids[0] !== beginning || size < 2) return ids.slice(-size);
  return [ids[0], ...ids.slice(1 - size)];
}
