import { ref } from 'lit/directives/ref.js';

/**
 * Gives an input its text at every drawing, unless it means the value already: “0.” and “.50” are not written over while
 * somebody types.
 *
 * @param means whether a text means the value
 */
export function fieldValue(text: string, means: (text: string) => boolean) {
  return ref((element) => {
    if (!(element instanceof HTMLInputElement) || element.value === text) return;
    const isTyping = document.activeElement === element;
    if (isTyping && (element.validity.badInput || means(element.value))) return;
    element.value = text;
  });
}
