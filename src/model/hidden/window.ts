/** Largest window, whatever the model allows: attention in most exports needs memory quadratic in the length. */
export const longestWindow = 4096;

/**
 * The part of a context that the model sees: all of it up to the model's number of positions (at most 4,096). Of a longer
 * context, the last tokens, preceded by BOS if the context starts with it, because attention relies on that token.
 *
 * @param positions `max_position_embeddings`, or `null` if the folder does not specify it
 * @param beginning the id of BOS, or `null`
 */
export function contextWindow(
  ids: readonly number[],
  positions: number | null,
  beginning: number | null,
): readonly number[] {
  const size = Math.min(positions ?? longestWindow, longestWindow);
  if (ids.length <= size) return ids;
  if (ids[0] !== beginning || size < 2) return ids.slice(-size);
  return [ids[0], ...ids.slice(1 - size)];
}
