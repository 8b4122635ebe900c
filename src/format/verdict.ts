import type { DirectionChance } from '../protocol/geometryResult';
import { formatResolution } from './statistics';

/** Level of the Benjamini–Hochberg procedure (1995): the accepted share of false discoveries. */
export const level = 0.05;

/** ".05" */
export const levelText = formatResolution(level);

/** Whether the directions of two different concepts are less orthogonal than random ones: q below the level. */
export function isDistinguished({ q }: DirectionChance, row: number, column: number): boolean {
  return row !== column && q.data[row * q.columns + column]! < level;
}

/** All pairs of concepts whose directions are less orthogonal than random ones, in row order. */
export function distinguishedPairs(
  chance: DirectionChance,
): readonly (readonly [row: number, column: number])[] {
  const { rows } = chance.q;
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) =>
    Array.from({ length: rows - row - 1 }, (_, offset) => [row, row + 1 + offset] as const).filter(
      ([, column]) => isDistinguished(chance, row, column),
    ),
  );
}
