import { svgNumber } from '../../src/export/figures/svgText';
import { moved, type Transform } from './transform';

interface Arc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly start: number;
  readonly end: number;
  readonly counterclockwise: boolean;
}

/** The `d` of an SVG path. Points are transformed when they are added, as on a canvas. */
export class SvgPath {
  readonly #parts: string[] = [];

  get data(): string {
    return this.#parts.join('');
  }

  move(transform: Transform, x: number, y: number): void {
    this.#add('M', transform, x, y);
  }

  line(transform: Transform, x: number, y: number): void {
    this.#add(this.#parts.length === 0 ? 'M' : 'L', transform, x, y);
  }

  close(): void {
    if (this.#parts.length > 0) this.#parts.push('Z');
  }

  rectangle(transform: Transform, x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    const [right, bottom] = [x + width, y + height];
    const corner = (toX: number, toY: number) => {
      if (r > 0) this.#add(`A${svgNumber(r)} ${svgNumber(r)} 0 0 1 `, transform, toX, toY);
    };
    this.move(transform, x + r, y);
    this.line(transform, right - r, y);
    corner(right, y + r);
    this.line(transform, right, bottom - r);
    corner(right - r, bottom);
    this.line(transform, x + r, bottom);
    corner(x, bottom - r);
    this.line(transform, x, y + r);
    corner(x + r, y);
    this.close();
  }

  arc(transform: Transform, { x, y, radius, start, end, counterclockwise }: Arc): void {
    const full = 2 * Math.PI;
    const turn = counterclockwise ? start - end : end - start;
    const angle = turn >= full ? full : ((turn % full) + full) % full;
    const sign = counterclockwise ? -1 : 1;
    const at = (share: number) => {
      const here = start + sign * angle * share;
      return [x + radius * Math.cos(here), y + radius * Math.sin(here)] as const;
    };
    this.line(transform, ...at(0));
    const flags = `0 ${counterclockwise ? 0 : 1} `;
    const command = `A${svgNumber(radius)} ${svgNumber(radius)} 0 ${flags}`;
    // An arc of SVG is at most almost a circle: two halves are always one.
    this.#add(command, transform, ...at(0.5));
    this.#add(command, transform, ...at(1));
  }

  #add(command: string, transform: Transform, x: number, y: number): void {
    const [toX, toY] = moved(transform, x, y);
    this.#parts.push(`${command}${svgNumber(toX)} ${svgNumber(toY)}`);
  }
}
