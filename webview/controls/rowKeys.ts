/** How far a key moves; infinitely far for the first and last row. */
function stepOf(key: string, page: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
  };
  return steps[key];
}

/**
 * Up and down, page by page and to both ends of a list of {@link virtualRows}, whose rows have a button each: moves the focus
 * and scrolls it into view.
 */
export function moveBetweenRows(event: KeyboardEvent, count: number): void {
  const row = (event.target as Element).closest<HTMLElement>('[data-index]');
  const scroller = row?.closest<HTMLElement>('.rows-scroll');
  if (!row || !scroller || !(event.target instanceof HTMLButtonElement)) return;
  const height = row.offsetHeight;
  const step = stepOf(event.key, Math.max(1, Math.floor(scroller.clientHeight / height) - 1));
  if (step === undefined) return;
  event.preventDefault();
  const to = Math.max(0, Math.min(count - 1, Number(row.dataset['index']) + step));
  const head = scroller.querySelector('thead')?.offsetHeight ?? 0;
  if (!rowAt(scroller, to)) scroller.scrollTop = to * height + (head - scroller.clientHeight + height) / 2;
  // A row far away is in the document in the frame after the scrolling.
  const focus = (): void => {
    const found = rowAt(scroller, to);
    found?.querySelector('button')?.focus({ preventScroll: true });
    found?.scrollIntoView({ block: 'nearest' });
  };
  if (rowAt(scroller, to)) focus();
  else requestAnimationFrame(() => requestAnimationFrame(focus));
}

function rowAt(scroller: HTMLElement, index: number): HTMLElement | null {
  return scroller.querySelector(`[data-index="${index}"]`);
}
