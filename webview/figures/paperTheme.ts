import { conceptColorNumber, type Theme } from '../charts/theme';

/** The concepts' colours on white, those of VS Code's light theme. */
export const paperConcepts = [
  '#0072b2',
  '#c25400',
  '#007a5a',
  '#a3417f',
  '#8a6d00',
  '#4f5bb5',
  '#a8322b',
  '#4d6470',
] as const;

/** Black on white in the reader's sans-serif font, whatever the panel's theme. */
export const paperTheme: Theme = {
  isDark: false,
  foreground: '#1f1f1f',
  background: '#ffffff',
  muted: '#5f6368',
  line: '#c4c7cb',
  fontFamily: 'sans-serif',
  concept: (index) => paperConcepts[conceptColorNumber(index) - 1]!,
};

/** A dash for every colour, because the colours alone look alike to some readers, and in grey. */
const dashes: readonly (readonly number[])[] = [
  ...[[], [7, 3], [2, 2], [8, 3, 2, 3]],
  ...[
    [12, 4],
    [4, 4],
    [8, 2, 2, 2, 2, 2],
    [1, 4],
  ],
];

export function paperDash(color: number): readonly number[] {
  return dashes[color % dashes.length]!;
}
