import { render } from 'lit';
import { firstTurn, turned, type Turn } from './rotation';
import { spacePicture, type Scene } from './spacePicture';

/** Radians per pixel of dragging, and per press of an arrow key. */
const perPixel = 0.011;
const perKey = Math.PI / 30;

/** `<point-space>`: a 3D picture that can be rotated by dragging, touch or the arrow keys. Set `scene`. */
export class PointSpace extends HTMLElement {
  #scene: Scene | undefined;
  #turn: Turn = firstTurn;
  #dragged: { readonly pointer: number; readonly x: number; readonly y: number } | undefined;
  #pending = 0;

  set scene(scene: Scene) {
    if (scene === this.#scene) return;
    this.#scene = scene;
    this.#drawSoon();
  }

  connectedCallback(): void {
    this.tabIndex = 0;
    this.role = 'group';
    this.addEventListener('pointerdown', this.#onDown);
    this.addEventListener('pointermove', this.#onMove);
    this.addEventListener('pointerup', this.#onUp);
    this.addEventListener('pointercancel', this.#onUp);
    this.addEventListener('keydown', this.#onKey);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.removeEventListener('pointerdown', this.#onDown);
    this.removeEventListener('pointermove', this.#onMove);
    this.removeEventListener('pointerup', this.#onUp);
    this.removeEventListener('pointercancel', this.#onUp);
    this.removeEventListener('keydown', this.#onKey);
    cancelAnimationFrame(this.#pending);
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.#dragged = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
  };

  readonly #onMove = (event: PointerEvent): void => {
    const from = this.#dragged;
    if (from?.pointer !== event.pointerId) return;
    this.#dragged = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
    this.#turnBy((event.clientX - from.x) * perPixel, (event.clientY - from.y) * perPixel);
  };

  readonly #onUp = (): void => {
    this.#dragged = undefined;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turns: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-perKey, 0],
      ArrowRight: [perKey, 0],
      ArrowUp: [0, -perKey],
      ArrowDown: [0, perKey],
    };
    const turn = turns[event.key];
    if (turn) this.#turnBy(...turn);
    else if (event.key === 'Home') this.#turnTo(firstTurn);
    else return;
    event.preventDefault();
  };

  #turnBy(yaw: number, pitch: number): void {
    this.#turnTo(turned(this.#turn, yaw, pitch));
  }

  #turnTo(turn: Turn): void {
    this.#turn = turn;
    this.#drawSoon();
  }

  #drawSoon(): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    if (this.#scene) render(spacePicture(this.#scene, this.#turn), this);
  }
}

customElements.define('point-space', PointSpace);
