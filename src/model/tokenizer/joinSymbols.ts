/** Two adjacent symbols that can be joined. */
interface Candidate {
  readonly rank: number;
  readonly left: number;
  readonly right: number;
  /** Length of both when they were found. */
  readonly length: number;
}

/**
 * Byte-pair encoding: joins two adjacent symbols for as long as possible, always those of the lowest rank, the leftmost among
 * equals. In O(n log n) for n symbols, because SentencePiece joins across a whole text.
 *
 * @param rankOf undefined for two symbols that cannot be joined
 */
export function joinSymbols(
  symbols: readonly string[],
  rankOf: (left: string, right: string) => number | undefined,
): string[] {
  // A symbol that has been joined to the one before it is empty.
  const texts = [...symbols];
  const next = Int32Array.from(texts, (_, i) => i + 1);
  const previous = Int32Array.from(texts, (_, i) => i - 1);
  const queue: Candidate[] = [];
  const offer = (left: number, right: number): void => {
    if (left < 0 || right >= texts.length) return;
    const rank = rankOf(texts[left]!, texts[right]!);
    if (rank === undefined) return;
    push(queue, { rank, left, right, length: texts[left]!.length + texts[right]!.length });
  };
  for (let i = 1; i < texts.length; i++) offer(i - 1, i);
  for (let best = pop(queue); best; best = pop(queue)) {
    const { left, right, length } = best;
    const isCurrent = texts[left] !== '' && texts[right] !== '';
    if (!isCurrent || texts[left]!.length + texts[right]!.length !== length) continue;
    texts[left] = texts[left]! + texts[right]!;
    texts[right] = '';
    const after = next[right]!;
    next[left] = after;
    if (after < texts.length) previous[after] = left;
    offer(previous[left]!, left);
    offer(left, after);
  }
  return texts.filter((text) => text !== '');
}

function isBefore(one: Candidate, other: Candidate): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.left < other.left);
}

/** Adds to a binary heap. */
function push(heap: Candidate[], added: Candidate): void {
  let at = heap.length;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(added, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = added;
}

/** Takes the first of a binary heap. */
function pop(heap: Candidate[]): Candidate | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
