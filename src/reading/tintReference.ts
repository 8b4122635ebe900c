import { chunksOf } from './chunks';
import type { MeasuredPart } from './textTint';

/** Texts that a document is standardized against in place of its own tokens. */
export interface TintReference {
  readonly name: string;
  readonly parts: readonly { readonly context: string; readonly text: string }[];
  /** The values after every token of the parts, or only after the last one, which stands for the whole context. */
  readonly which: 'all' | 'last';
}

/** Chunks of a reference text that are measured: about 6,000 tokens of English, more than enough for a mean. */
const mostChunks = 64;

/** Another text: all of it, or chunks at equal distances of a long one. */
export function referenceText(name: string, text: string): TintReference {
  const chunks = chunksOf(text);
  const count = Math.min(mostChunks, chunks.length);
  const parts = Array.from({ length: count }, (_, i) => {
    const { contextStart, start, end } = chunks[Math.floor((i * chunks.length) / count)]!;
    return { context: text.slice(contextStart, start), text: text.slice(start, end) };
  });
  return { name, parts, which: 'all' };
}

/** Reference contexts, such as a set of the concept file. */
export function referenceContexts(name: string, texts: readonly string[]): TintReference {
  return { name, parts: texts.map((text) => ({ context: '', text })), which: 'last' };
}

/** The values of measured parts that count, of each concept. */
export function referenceValues(
  { which }: Pick<TintReference, 'which'>,
  parts: readonly MeasuredPart[],
  concepts: number,
): Float64Array[] {
  return Array.from({ length: concepts }, (_, concept) =>
    Float64Array.from(
      parts.flatMap(({ values }) => [...(which === 'all' ? values[concept]! : values[concept]!.slice(-1))]),
    ),
  );
}
