/** Where the mouse is, in pixels from the upper left corner of an element. */
export function placeAt(
  { clientX, clientY }: MouseEvent,
  element: HTMLElement,
): readonly [x: number, y: number] {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}
