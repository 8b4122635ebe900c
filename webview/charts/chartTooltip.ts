const distance = 8;

/** The small box beside the marked cell: names, value, inner product. Its own element, because the policy forbids style text. */
export class ChartTooltip {
  readonly element = document.createElement('div');

  constructor() {
    this.element.className = 'chart-tooltip';
    this.element.role = 'status';
    this.element.hidden = true;
    this.quiet();
  }

  /** Screen readers say every change: for the keyboard. */
  speak(): void {
    this.element.ariaLive = 'polite';
  }

  /** Screen readers are spared what the mouse passes over. */
  quiet(): void {
    this.element.ariaLive = 'off';
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Shows the lines below the box `at` (in the window), or above it where there is no room. */
  show(lines: readonly string[], at: DOMRect): void {
    this.element.replaceChildren(...lines.map(line));
    this.element.hidden = false;
    const { offsetWidth, offsetHeight } = this.element;
    const below = at.bottom + distance;
    const top = below + offsetHeight > window.innerHeight ? at.top - distance - offsetHeight : below;
    const left = Math.min(at.left, document.documentElement.clientWidth - offsetWidth - distance);
    this.element.style.top = `${Math.max(0, top)}px`;
    this.element.style.left = `${Math.max(distance, left)}px`;
  }
}

function line(text: string): HTMLElement {
  const element = document.createElement('div');
  element.textContent = text;
  return element;
}
