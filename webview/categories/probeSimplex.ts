import { t } from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import { matrix } from '../../src/geometry/matrix';
import { fileNamePart } from '../../src/export/fileNamePart';
import { isolated } from '../../src/format/isolated';
import { formatDecimal, productName, sampleSize } from '../../src/format/numbers';
import type { Siblings } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import { drawSimplex, type Rotation } from './simplexDrawing';

/** What {@link ProbeSimplex} shows. */
export interface ShownSimplex {
  readonly siblings: Siblings;
  readonly probed: ProbeResult;
  readonly title: string;
}

/** Degrees for each pixel that the mouse moves. */
const perPixel = 0.5;

/**
 * `<probe-simplex>`: a simplex that the reader turns by dragging or with two sliders. It renders itself, so that turning it
 * renders nothing else. Set `shown`.
 */
export class ProbeSimplex extends HTMLElement {
  #shown: ShownSimplex | undefined;
  #rotation: Rotation = { turn: 25, tilt: 20 };
  #drag: { readonly x: number; readonly y: number; readonly from: Rotation } | undefined;

  set shown(shown: ShownSimplex) {
    if (shown.siblings === this.#shown?.siblings && shown.probed === this.#shown.probed) return;
    this.#shown = shown;
    this.#draw();
  }

  readonly #turn = ({ turn, tilt }: Rotation): void => {
    const around = ((((turn + 180) % 360) + 360) % 360) - 180;
    this.#rotation = { turn: Math.round(around), tilt: Math.round(Math.max(-90, Math.min(90, tilt))) };
    this.#draw();
  };

  readonly #start = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#drag = { x: event.clientX, y: event.clientY, from: this.#rotation };
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  readonly #move = (event: PointerEvent): void => {
    if (!this.#drag) return;
    const { x, y, from } = this.#drag;
    this.#turn({
      turn: from.turn + perPixel * (event.clientX - x),
      tilt: from.tilt + perPixel * (event.clientY - y),
    });
  };

  readonly #end = (): void => {
    this.#drag = undefined;
  };

  #draw(): void {
    if (!this.#shown) return;
    const { siblings, probed, title } = this.#shown;
    const names = siblings.names.map(isolated);
    const drawing = drawSimplex(siblings, this.#rotation);
    const view = html`<div
        class="simplex"
        @pointerdown=${this.#start}
        @pointermove=${this.#move}
        @pointerup=${this.#end}
        @pointercancel=${this.#end}
      >
        <probe-picture
          .sentence=${t`The vectors of ${names.join(', ')} as corners, with their words, in three axes.`}
          .drawing=${drawing}
          aria-label=${t('Simplex. Arrow keys go from corner to corner, then from word to word; the sliders turn it.')}
        ></probe-picture>
      </div>
      <div class="choices">
        ${this.#slider('turn', t('Turn'), 180)} ${this.#slider('tilt', t('Tilt'), 90)}
      </div>
      ${figureMenu({
        name: `simplex.${fileNamePart(siblings.parent ?? 'roots')}`,
        facts: probeFacts(probed, {
          title,
          product: productName('causal'),
          n: siblings.names
            .map((name, i) => `${isolated(name)} ${sampleSize(siblings.wordsOf[i]!.length)}`)
            .join(', '),
          comparedWith: null,
          notes: [
            t`The axes show ${formatDecimal(100 * siblings.shown, 0)}\u00a0% of the corners’ squared distances.`,
          ],
        }),
        drawing,
        keys: siblings.names.map((name, color) => ({ text: isolated(name), color, look: 'circle' })),
        table: () => ({
          caption: title,
          noun: 'Category',
          rows: [...names, ...siblings.wordsOf.flatMap((words) => words.map(isolated))],
          columns: ['1', '2', '3'],
          values: matrix(
            siblings.corners.rows + siblings.words.rows,
            3,
            Float64Array.from([...siblings.corners.data, ...siblings.words.data]),
          ),
        }),
      })}`;
    render(view, this);
  }

  #slider(key: keyof Rotation, label: string, most: number): TemplateResult {
    const value = this.#rotation[key];
    return html`<label class="field"
      ><span>${label}</span
      ><input
        type="range"
        data-testid="simplex-${key}"
        min=${-most}
        max=${most}
        step="1"
        .value=${String(value)}
        aria-valuetext="${value}°"
        @input=${(event: Event) => {
          this.#turn({ ...this.#rotation, [key]: (event.currentTarget as HTMLInputElement).valueAsNumber });
        }}
    /></label>`;
  }
}

customElements.define('probe-simplex', ProbeSimplex);
