import { chunksOf, type Chunk } from './chunks';

/** A range of a text in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The tokens of a chunk: where each lies in the chunk's text, and the value of each concept after it. */
export interface MeasuredPart {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly values: readonly Float64Array[];
}

/** A chunk that has to be measured, with the text before it that the model reads first. */
export interface MissingChunk {
  readonly key: string;
  readonly context: string;
  readonly text: string;
}

/** Chunks of earlier versions of a text that are kept for undo. */
const mostOutdated = 256;

/**
 * A text with the measured values of its tokens. Chunks are recognized by their content and the content before them, so
 * that an edit leaves only the chunks missing that it changed.
 */
export class TextTint {
  #text = '';
  #chunks: readonly (Chunk & { readonly key: string })[] = [];
  #tokens: MeasuredPart | undefined;
  readonly #parts = new Map<string, MeasuredPart>();

  /** @param concepts how many are measured */
  constructor(private readonly concepts: number) {}

  get text(): string {
    return this.#text;
  }

  /** Share of the chunks that are measured; 1 for a text without any. */
  get share(): number {
    const done = this.#chunks.reduce((sum, { key }) => sum + Number(this.#parts.has(key)), 0);
    return this.#chunks.length === 0 ? 1 : done / this.#chunks.length;
  }

  /** Continues with a new version of the text. */
  read(text: string): void {
    this.#text = text;
    this.#tokens = undefined;
    let before = '';
    this.#chunks = chunksOf(text).map((chunk) => {
      const own = hashOf(text, chunk);
      const key = `${before}|${own}`;
      before = own;
      return { ...chunk, key };
    });
    const current = new Set(this.#chunks.map(({ key }) => key));
    const outdated = [...this.#parts.keys()].filter((key) => !current.has(key));
    for (const key of outdated.slice(0, -mostOutdated)) this.#parts.delete(key);
  }

  /** Drops all values, for new ones of other concepts or of another model. */
  forget(): void {
    this.#parts.clear();
    this.#tokens = undefined;
  }

  /** The next chunks to measure: those closest to what is visible first. */
  missing(visible: readonly Span[], count: number): MissingChunk[] {
    const found = new Map<string, Chunk & { readonly distance: number }>();
    for (const chunk of this.#chunks) {
      const distance = Math.min(...visible.map((span) => gap(chunk, span)));
      const same = found.get(chunk.key);
      if (this.#parts.has(chunk.key) || (same && same.distance <= distance)) continue;
      found.set(chunk.key, { ...chunk, distance });
    }
    return [...found]
      .sort(([, a], [, b]) => compare(a.distance, b.distance) || a.start - b.start)
      .slice(0, count)
      .map(([key, { contextStart, start, end }]) => ({
        key,
        context: this.#text.slice(contextStart, start),
        text: this.#text.slice(start, end),
      }));
  }

  isMeasured({ start, end }: Span): boolean {
    return this.#chunks.every(
      (chunk) => chunk.end <= start || chunk.start >= end || this.#parts.has(chunk.key),
    );
  }

  /** What {@link missing} asked for. */
  take(chunks: readonly MissingChunk[], parts: readonly MeasuredPart[]): void {
    this.#tokens = undefined;
    chunks.forEach(({ key }, i) => {
      const { starts, ends, values } = parts[i]!;
      this.#parts.set(key, { starts, ends, values });
    });
  }

  /** All measured tokens in their order, with places in the whole text. The same object until something changes. */
  get tokens(): MeasuredPart {
    this.#tokens ??= this.#joined();
    return this.#tokens;
  }

  /** The text that the model read up to a place, from the beginning of the context of the chunk there. */
  contextUpTo({ start, end }: Span): string {
    const chunk = this.#chunks.find((one) => one.start <= start && start < one.end);
    return this.#text.slice(chunk?.contextStart ?? 0, end);
  }

  #joined(): MeasuredPart {
    const parts = this.#chunks.flatMap(({ start, key }) => {
      const part = this.#parts.get(key);
      return part ? [{ start, part }] : [];
    });
    const count = parts.reduce((sum, { part }) => sum + part.starts.length, 0);
    const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
    const values = Array.from({ length: this.concepts }, () => new Float64Array(count));
    let at = 0;
    for (const { start, part } of parts) {
      for (let i = 0; i < part.starts.length; i++) {
        starts[at + i] = start + part.starts[i]!;
        ends[at + i] = start + part.ends[i]!;
      }
      values.forEach((all, concept) => {
        all.set(part.values[concept]!, at);
      });
      at += part.starts.length;
    }
    return { starts, ends, values };
  }
}

/** The index of the token at a place; `undefined` if there is none. */
export function tokenAt({ starts, ends }: MeasuredPart, place: number): number | undefined {
  const index = firstEndAfter(ends, place);
  return index < ends.length && starts[index]! <= place ? index : undefined;
}

/** The indices of the tokens that overlap a range: from the first to before the second. */
export function tokensWithin({ starts, ends }: MeasuredPart, { start, end }: Span): [number, number] {
  const first = firstEndAfter(ends, start);
  let last = first;
  while (last < starts.length && starts[last]! < end) last++;
  return [first, last];
}

function firstEndAfter(ends: Int32Array, place: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

function gap(a: Span, b: Span): number {
  return Math.max(0, b.start - a.end, a.start - b.end);
}

/** Infinity, without anything visible, equals itself. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** Two 32-bit hashes (FNV-1a from different starts) and the length. */
function hashOf(text: string, { start, end }: Span): string {
  let [one, other] = [0x811c9dc5, 0x2f0b4c47];
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 13);
  }
  return `${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}.${end - start}`;
}
