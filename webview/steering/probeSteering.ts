import { render } from 'lit';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { SteeredContext } from '../../src/protocol/steeringMessages';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { sliderEnd } from './alphas';
import { steeringBody } from './steeringBody';
import type { SteeringUi } from './steeringUi';

/** What {@link ProbeSteering} shows. */
export interface ShownSteering {
  readonly result: ProbeResult;
  readonly steered: SteeredContext;
  readonly ui: UiState;
  readonly actions: Actions;
}

/**
 * `<probe-steering>`: everything that follows α. It renders itself, at most once a frame, so that a slider that moves does not
 * render the rest of the panel. Set `shown`.
 */
export class ProbeSteering extends HTMLElement {
  #shown: ShownSteering | undefined;
  #end = 1;
  /** The frame that follows a drawing; 0 at rest. */
  #frame = 0;
  #isChanged = false;

  set shown(shown: ShownSteering) {
    this.#shown = shown;
    this.#end = Math.max(this.#end, sliderEnd(shown.ui.steering.alpha));
    this.#draw();
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** The first change is drawn at once, those that come before the next frame with it. */
  readonly #drawOnce = (): void => {
    this.#frame = 0;
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#frame = requestAnimationFrame(this.#drawOnce);
    this.#draw();
  };

  readonly #change = (change: Partial<SteeringUi>): void => {
    if (!this.#shown) return;
    const { ui } = this.#shown;
    this.#shown = { ...this.#shown, ui: { ...ui, steering: { ...ui.steering, ...change } } };
    this.#isChanged = true;
    if (this.#frame === 0) this.#drawOnce();
  };

  #draw(): void {
    if (!this.#shown) return;
    const { result, steered, ui, actions } = this.#shown;
    const body = steeringBody(result, steered.result, ui, this.#end, actions, {
      slide: (alpha) => {
        this.#change({ alpha });
      },
      type: (alpha) => {
        this.#end = sliderEnd(alpha);
        this.#change({ alpha });
        this.#keep();
      },
      choose: (change) => {
        this.#change(change);
        this.#keep();
      },
      keep: this.#keep,
    });
    render(body, this);
  }

  readonly #keep = (): void => {
    if (this.#shown) this.#shown.actions.keep({ steering: this.#shown.ui.steering });
  };
}

customElements.define('probe-steering', ProbeSteering);
