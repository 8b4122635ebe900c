import { t } from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Figure } from './figure';
import { figureActions, type FigureAction } from './figureActions';

/**
 * `<figure-menu>`: saves and copies the figure that it stands in. Set `figure`. Its button opens a menu that is used with the
 * arrow keys (WAI-ARIA's menu button). Files leave it as `save-file` events.
 */
export class FigureMenu extends HTMLElement {
  /** What its button says. */
  label = t('Save or copy');
  #figure: Figure | undefined;
  #isOpen = false;
  /** What the last action did, read out by screen readers too. */
  #said = '';

  set figure(figure: Figure) {
    this.#figure = figure;
  }

  get shownFigure(): Figure | undefined {
    return this.#figure;
  }

  connectedCallback(): void {
    this.addEventListener('keydown', this.#onKey);
    this.addEventListener('focusout', this.#onLeave);
    this.#render();
  }

  disconnectedCallback(): void {
    this.removeEventListener('keydown', this.#onKey);
    this.removeEventListener('focusout', this.#onLeave);
    this.#isOpen = false;
  }

  #render(): void {
    render(this.#view(), this);
  }

  #view(): TemplateResult {
    const toggled = () => {
      this.#said = '';
      if (this.#isOpen) this.#close();
      else this.#open();
    };
    return html`<button
        class="figure-menu-button"
        aria-haspopup="menu"
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        @click=${toggled}
      >
        ${this.label}
      </button>
      ${
        this.#isOpen
          ? html`<div class="figure-menu-items" role="menu" aria-label=${t('Save or copy this figure')}>
              ${figureActions.map((action) => this.#itemView(action))}
            </div>`
          : nothing
      }
      <span class="figure-menu-said" role="status">${this.#said}</span>`;
  }

  #itemView({ label, startsGroup, run }: FigureAction): TemplateResult {
    const clicked = () => {
      this.#close();
      this.querySelector('button')?.focus();
      void this.#run(run);
    };
    return html`${startsGroup ? html`<div role="separator"></div>` : nothing}<button
        role="menuitem"
        tabindex="-1"
        @click=${clicked}
      >
        ${label}
      </button>`;
  }

  async #run(run: FigureAction['run']): Promise<void> {
    if (!this.#figure) return;
    try {
      this.#said = (await run(this.#figure, this)) ?? '';
    } catch (error) {
      this.#said = t`Could not save or copy the figure: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.#render();
  }

  #open(): void {
    this.#isOpen = true;
    this.#render();
    this.#place();
    this.#items[0]?.focus();
  }

  /** Above the button where the menu does not fit below and has more room above. */
  #place(): void {
    const menu = this.querySelector('[role=menu]')!;
    const { top, bottom } = this.getBoundingClientRect();
    const isCut = menu.getBoundingClientRect().bottom > innerHeight;
    menu.classList.toggle('above', isCut && top > innerHeight - bottom);
  }

  #close(): void {
    this.#isOpen = false;
    this.#render();
  }

  get #items(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!this.#isOpen) {
      if (event.key !== 'ArrowDown') return;
      this.#open();
      event.preventDefault();
      return;
    }
    const items = this.#items;
    const at = items.findIndex((item) => item === document.activeElement);
    const next: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    if (event.key === 'Escape') {
      this.#close();
      this.querySelector('button')?.focus();
    } else if (event.key in next) items[next[event.key]!]?.focus();
    else return;
    event.preventDefault();
  };

  readonly #onLeave = ({ relatedTarget }: FocusEvent): void => {
    if (this.#isOpen && !(relatedTarget instanceof Node && this.contains(relatedTarget))) this.#close();
  };
}

customElements.define('figure-menu', FigureMenu);

/** The menu of a figure, for the end of its `<figure>`. */
export function figureMenu(figure: Figure, label = t('Save or copy')): TemplateResult {
  return html`<figure-menu .figure=${figure} .label=${label}></figure-menu>`;
}
