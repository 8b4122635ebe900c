/** The rotation of a 3D picture, in radians. */
export interface Turn {
  /** Around the vertical axis. */
  readonly yaw: number;
  /** Forward. */
  readonly pitch: number;
}

/** From the upper right, so that no two corners of a cube hide each other. */
export const firstTurn: Turn = { yaw: 0.52, pitch: 0.36 };

/** Limits the pitch, because left and right would swap beyond the poles. */
export function turned({ yaw, pitch }: Turn, byYaw: number, byPitch: number): Turn {
  const most = Math.PI / 2;
  return { yaw: yaw + byYaw, pitch: Math.max(-most, Math.min(most, pitch + byPitch)) };
}

/** A point of the unit ball on the screen (y points down), and its nearness, −1 … 1. */
export interface Projected {
  readonly x: number;
  readonly y: number;
  readonly near: number;
}

/** Distance of the viewer from the centre of the unit ball. */
const distance = 5;

export function projected([x = 0, y = 0, z = 0]: readonly number[], { yaw, pitch }: Turn): Projected {
  const across = x * Math.cos(yaw) + z * Math.sin(yaw);
  const deep = z * Math.cos(yaw) - x * Math.sin(yaw);
  const up = y * Math.cos(pitch) - deep * Math.sin(pitch);
  const near = deep * Math.cos(pitch) + y * Math.sin(pitch);
  const scale = distance / (distance - near);
  return { x: across * scale, y: -up * scale, near };
}
