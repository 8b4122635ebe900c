/** x′ = ax + cy + e, y′ = bx + dy + f; a rotation and a shift. */
export interface Transform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const identity: Transform = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

export function moved({ a, b, c, d, e, f }: Transform, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function translated(transform: Transform, x: number, y: number): Transform {
  const [e, f] = moved(transform, x, y);
  return { ...transform, e, f };
}

/** Clockwise, in radians. */
export function rotated({ a, b, c, d, e, f }: Transform, angle: number): Transform {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { a: a * cos + c * sin, b: b * cos + d * sin, c: c * cos - a * sin, d: d * cos - b * sin, e, f };
}
