/** Replaces `[start, end)` of a text by `replacement`. Offsets in UTF-16 units. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The smallest single change from `before` to `after`, without their common prefix and suffix. */
export function smallestChange(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let common = 0;
  while (common < shorter - start && before.at(-1 - common) === after.at(-1 - common)) common++;
  return { start, end: before.length - common, replacement: after.slice(start, after.length - common) };
}
