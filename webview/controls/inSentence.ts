import type { TemplateResult } from 'lit';

/** In a translated sentence: where the element at `index` stands, wherever the language has it. */
export function place(index: number): string {
  return `\ue000${index}\ue000`;
}

/** A sentence with its elements at their {@link place}s. */
export function withElements(sentence: string, ...elements: readonly TemplateResult[]): unknown[] {
  return sentence.split('\ue000').map((part, at) => (at % 2 === 0 ? part : elements[Number(part)]));
}
