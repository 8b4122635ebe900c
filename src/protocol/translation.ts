import { jsonElement } from './jsonElement';

/** The display language, and the texts in it. */
export interface Translation {
  /** A language tag, such as `de`. */
  readonly language: string;
  /** By their English original; `null` for English. */
  readonly texts: Readonly<Record<string, unknown>> | null;
}

export const english: Translation = { language: 'en', texts: null };

/** The `id` of the element that {@link translationElement} makes. */
export const translationId = 'translation';

/** Passes a translation to a page. */
export function translationElement({ texts }: Translation): string {
  return jsonElement(translationId, texts);
}
