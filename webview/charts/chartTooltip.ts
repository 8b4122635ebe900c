const distance = 8;

/**
 * The tooltip of the active cell: names, value, inner product. A separate element, because the policy forbids inline styles.
 */
export class ChartTooltip {
  readonly element = document.createElement('div');

  constructor() {
    this.element.className = 'chart-tooltip';
    this.element.role = 'status';
    this.element.hidden = true;
    this.quiet();
  }

  /** For the keyboard: screen readers announce every change. */
  speak(): void {
    this.element.ariaLive = 'polite';
  }

  /** For the mouse: screen readers announce nothing. */
  quiet(): void {
    this.element.ariaLive = 'off';
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Shows the lines below the box `at` (in window coordinates), or above it if there is no space below. */
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
